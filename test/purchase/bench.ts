import type { HttpAnswer, HttpOutcome, HttpRequest } from '../../nodes/Sats4Ai/l402/http';
import type { LookupOutcome, PayOutcome } from '../../nodes/Sats4Ai/l402/payer';
import { ExecutionBooks } from '../../nodes/Sats4Ai/purchase/books/executionBooks';
import { Ledger } from '../../nodes/Sats4Ai/purchase/books/ledger';
import type { LedgerState } from '../../nodes/Sats4Ai/purchase/books/ledgerState';
import { PurchaseMemory } from '../../nodes/Sats4Ai/purchase/books/purchaseMemory';
import { SavedShelf } from '../../nodes/Sats4Ai/purchase/books/shelf';
import type { Ports } from '../../nodes/Sats4Ai/purchase/ports';
import { PurchaseFailure } from '../../nodes/Sats4Ai/purchase/report/failure';
import type { Receipt } from '../../nodes/Sats4Ai/purchase/report/receipt';
import { encodeBody, orderDigest, type Order } from '../../nodes/Sats4Ai/purchase/service/order';
import { serviceOver } from '../../nodes/Sats4Ai/purchase/service/service';
import type { Picture } from '../../nodes/Sats4Ai/purchase/service/storePicture';
import type { Terms } from '../../nodes/Sats4Ai/purchase/terms';
import { PICTURE } from '../model/simulatedService';
import { VirtualTime } from '../model/virtualTime';
import { mint, NOW, paidPurchase } from './openPurchases';

export const SERVICE = 'https://service.example';
export const TOKEN = 'QUJD';
export const REQUEST_MS = 120_000;
export const PAYMENT_MS = 60_000;

export interface Item {
	readonly picture: Picture;
	readonly receipt: Receipt;
}

export const answer = (
	status: number,
	body: object | string | Buffer = '',
	headers: Record<string, string> = {},
): HttpAnswer => ({
	kind: 'answer',
	status,
	headers,
	body: Buffer.isBuffer(body)
		? body
		: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
export const lost: HttpOutcome = { kind: 'lost', reason: 'reset' };
export const delivered = answer(200, PICTURE);

export const terms: Terms = {
	network: 'regtest',
	maxPriceMsat: 50_000n,
	maxPaymentMsat: 1_000_000n,
	maxFeeMsat: 2_000n,
	maxTotalMsat: null,
	paymentTimeoutMs: PAYMENT_MS,
	requestTimeoutMs: REQUEST_MS,
};

export function orderOf(prompt = 'a boat', itemIndex = 0): Order {
	const [url, json] = [`${SERVICE}/api/l402/image`, JSON.stringify({ prompt })];
	const digest = orderDigest(url, json, undefined);
	const body = encodeBody(json, undefined);
	return { operation: 'test', url, json, body, digest, itemIndex, skipDedup: false };
}

/** A service and a wallet that say what a test has them say; the last answer of a list is given again and again. */
export class Bench {
	readonly time = new VirtualTime(NOW);
	readonly memory = new PurchaseMemory(() => this.time.now);
	readonly invoice = mint();
	readonly says = {
		ask: [this.offer()] as HttpOutcome[],
		redeem: [delivered] as HttpOutcome[],
		link: [delivered] as HttpOutcome[],
	};
	pay: PayOutcome = { status: 'paid', preimage: this.invoice.preimage, feeMsat: 500n };
	lookups: LookupOutcome[] = [{ status: 'notFound' }];
	storing: (picture: Picture, receipt: Receipt) => Promise<Item> = async (picture, receipt) => ({
		picture,
		receipt,
	});
	readonly requests: HttpRequest[] = [];
	readonly payCalls: string[] = [];
	lookedUp = 0;
	saved: LedgerState | null = null;
	readonly ledger: Ledger;
	readonly ports: Ports<Item>;

	constructor(state: LedgerState | null = null) {
		const books = new ExecutionBooks(state, this.memory, (saved) => {
			this.saved = saved;
		});
		const { clock } = this.time;
		this.ledger = new Ledger(books, clock, 0);
		this.ports = {
			clock,
			ledger: this.ledger,
			shelf: new SavedShelf<Item>(books, () => true),
			service: serviceOver(async (request) => await this.answer(request), clock, REQUEST_MS),
			serviceUrl: SERVICE,
			wallet: 'lnd',
			walletKey: 'feed',
			buyer: 'b0b0',
			day: null,
			refunds: null,
			payer: {
				notFoundFinalAfterMs: 60_000,
				payInvoice: async ({ text }) => {
					this.payCalls.push(text);
					return this.pay;
				},
				lookupPayment: async () => {
					const next = this.lookups[Math.min(this.lookedUp, this.lookups.length - 1)];
					this.lookedUp += 1;
					return next ?? { status: 'unknown', reason: 'silence' };
				},
			},
			store: async (picture, receipt) => await this.storing(picture, receipt),
		};
	}

	offer(invoice = this.invoice.text, token = TOKEN): HttpAnswer {
		return answer(402, '', { 'www-authenticate': `L402 token="${token}", invoice="${invoice}"` });
	}

	/** What has been sent: asks and proofs in their order, and links by their address. */
	get sent(): string[] {
		return this.requests.map(({ method, url, headers }) => {
			if (method === 'GET') return url;
			return headers.Authorization === undefined ? 'ask' : 'proof';
		});
	}

	/** Lets time pass until it has ended: its result, or what is reported of its failure. */
	async run<Result>(work: () => Promise<Result>) {
		return await this.time.runUntil(
			work().then(
				(item) => ({ item, report: undefined }),
				(cause: unknown) => {
					if (!(cause instanceof PurchaseFailure)) throw cause;
					return { item: undefined, report: cause.report };
				},
			),
		);
	}

	/** Another attempt at the same execution, and what it is about to buy for the first item: it is paid. */
	otherAttempt(digest: string, state: LedgerState) {
		const books = new ExecutionBooks(state, this.memory, () => undefined);
		const other = new Ledger(books, this.time.clock, 0);
		const { text: invoice, paymentHash, preimage } = mint();
		const own = { digest, invoice, paymentHash, preimage, family: state.family };
		return { other, purchase: paidPurchase(own) };
	}

	private async answer(request: HttpRequest): Promise<HttpOutcome> {
		this.requests.push(request);
		const isAsk = request.headers.Authorization === undefined;
		const kind = request.method === 'GET' ? 'link' : isAsk ? 'ask' : 'redeem';
		const left = this.says[kind];
		const next = left.length > 1 ? left.shift() : left[0];
		return await Promise.resolve(next ?? lost);
	}
}
