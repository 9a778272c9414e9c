import type { HttpOutcome, HttpRequest } from '../../../nodes/Sats4Ai/l402/http';
import type {
	MakeOutcome,
	ReceiveOutcome,
	WantedInvoice,
} from '../../../nodes/Sats4Ai/l402/receiver';
import type { OpenPurchase } from '../../../nodes/Sats4Ai/purchase/books/openPurchase';
import type { RefundTaker } from '../../../nodes/Sats4Ai/purchase/ports';
import type {
	OfferedRefund,
	RefundClaim,
} from '../../../nodes/Sats4Ai/purchase/report/offeredRefund';
import { answer, Bench } from '../bench';
import { DAY_MS, NOW, paidPurchase } from '../openPurchases';

export const LINK = 'https://refunds.example/w';
export const CALLBACK = 'https://refunds.example/cb';
export const OUR_HASH = 'cc'.repeat(32);
export const CLAIM_MS = 60_000;

export const refund: OfferedRefund = {
	amountSat: 5,
	said: 'pending',
	link: { lnurl: 'LNURL1X', url: LINK },
	text: 'LNURL1X',
};
export const claim: RefundClaim = {
	invoice: 'lnbcrt1ours',
	paymentHash: OUR_HASH,
	amountMsat: '5000',
	expiresAt: NOW + DAY_MS,
	walletKey: 'feed',
	end: 'unknown',
};

export const withdrawal = (change: object = {}) =>
	answer(200, {
		tag: 'withdrawRequest',
		callback: CALLBACK,
		k1: 'k',
		minWithdrawable: 1_000,
		maxWithdrawable: 5_000,
		...change,
	});

/** A service that gives money back, and a wallet that takes it; the last answer of a list is repeated. */
export class RefundBench extends Bench {
	atLink: HttpOutcome[] = [withdrawal()];
	atCallback: HttpOutcome[] = [answer(200, { status: 'OK' })];
	made: MakeOutcome = {
		status: 'made',
		text: claim.invoice,
		paymentHash: OUR_HASH,
		expiresAt: claim.expiresAt,
	};
	received: ReceiveOutcome[] = [{ status: 'received' }];
	/** What happens before an invoice is handed in. */
	beforeCallback: () => void = () => undefined;
	readonly gets: HttpRequest[] = [];
	readonly wanted: WantedInvoice[] = [];
	/** What each look-up of an incoming payment might take, in ms. */
	readonly looks: number[] = [];

	taker(change: Partial<RefundTaker> = {}): RefundTaker {
		return {
			clock: this.time.clock,
			receiver: {
				makeInvoice: async (wanted) => {
					this.wanted.push(wanted);
					return this.made;
				},
				lookupReceived: async (_, timeoutMs) => {
					this.looks.push(timeoutMs);
					return take(this.received) ?? { status: 'waiting' };
				},
			},
			walletKey: 'feed',
			network: 'regtest',
			http: async (request) => {
				this.gets.push(request);
				const isCallback = request.url.startsWith(CALLBACK);
				if (isCallback) this.beforeCallback();
				return (
					take(isCallback ? this.atCallback : this.atLink) ?? { kind: 'lost', reason: 'reset' }
				);
			},
			mayLeadInside: false,
			timeoutMs: CLAIM_MS,
			...change,
		};
	}

	/** Writes a paid purchase down, as it stands after the service has offered its refund. */
	open(change: Partial<OpenPurchase> = {}): OpenPurchase {
		const purchase = paidPurchase({ refund, ...change });
		this.ledger.put(purchase);
		return purchase;
	}
}

function take<Value>(values: Value[]): Value | undefined {
	return values.length > 1 ? values.shift() : values[0];
}
