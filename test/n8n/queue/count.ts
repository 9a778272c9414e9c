import type { LedgerEntry } from '../../../sandbox/ledger';
import { plainPicture } from '../../../sandbox/pictures/plainPicture';
import { sha256Hex } from '../../../sandbox/requestLog';
import type { Execution } from '../rig/execution';
import { PICTURES } from './orderWorkflows';
import type { Orders } from './orders';
import type { Owner, World } from './world';

/** The books of both sides about some orders, and what n8n's executions say. */
export interface Count extends Owner {
	readonly sentAgain: number;
	readonly leftRunning: number;
	/** Different pictures that were ordered. */
	readonly pictures: number;
	/** Payments that the wallet has settled, and invoices that the service counts as paid. */
	readonly payments: number;
	readonly paidInvoices: number;
	/** What left the wallet, with fees, and what the receipts of all executions add up to. In sat. */
	readonly spentSat: number;
	readonly reportedSat: number;
	/** Ordered pictures of which one is where it belongs. */
	readonly held: number;
	/** Payments beyond the first for an ordered picture. */
	readonly again: number;
	/** The same, for pictures of orders that their owner has not sent again. */
	readonly againBySelf: number;
	/** Payments whose picture is nowhere. */
	readonly lost: number;
	/** Pay calls beyond the first for an invoice. */
	readonly payCallsTooMany: number;
}

/** Counts from now on. */
export class Counting {
	private readonly paymentsBefore: number;

	constructor(private readonly orders: Orders) {
		this.paymentsBefore = orders.sandbox.wallet.payments.length;
	}

	/** Payments that the wallet has settled. */
	get settled() {
		return this.begun.filter(({ status }) => status === 'success');
	}

	async count(world: World, sent: readonly number[], owner: Owner): Promise<Count> {
		const paid = this.orders.paidFor(sent);
		const held = await world.held(sent);
		const isHeld = ({ serial }: { readonly serial: number }): boolean =>
			held.has(sha256Hex(plainPicture(serial).bytes));
		const spentMsat = this.settled.reduce((sum, each) => sum + each.amountMsat + each.feeMsat, 0);
		const hashes = new Set(this.settled.map(({ paymentHash }) => paymentHash));
		const receipts = receiptsIn(await world.executions());
		const reported = [...receipts].filter(([paymentHash]) => hashes.has(paymentHash));
		return {
			...owner,
			sentAgain: owner.resent.length,
			leftRunning: owner.left.length,
			pictures: sent.length * PICTURES,
			payments: this.settled.length,
			paidInvoices: paid.length,
			spentSat: spentMsat / 1000,
			reportedSat: reported.reduce((sum, [, msat]) => sum + msat, 0) / 1000,
			held: new Set(paid.filter(isHeld).map(({ bodySha256 }) => bodySha256)).size,
			again: repeated(paid),
			againBySelf: repeated(this.orders.paidFor(sent.filter((one) => !owner.resent.includes(one)))),
			lost: paid.filter((entry) => !isHeld(entry)).length,
			payCallsTooMany: this.begun.reduce((sum, { payCalls }) => sum + payCalls - 1, 0),
		};
	}

	private get begun() {
		return this.orders.sandbox.wallet.payments.slice(this.paymentsBefore);
	}
}

/** Payments beyond the first for a picture. */
function repeated(paid: readonly LedgerEntry[]): number {
	return paid.length - new Set(paid.map(({ bodySha256 }) => bodySha256)).size;
}

/** What each receipt says that its payment has cost, in msat. */
function receiptsIn(executions: readonly Execution[]): Map<string, number> {
	const receipts = new Map<string, number>();
	for (const { data } of executions) {
		for (const run of Object.values(data.resultData.runData).flat()) {
			for (const { json } of run.data?.main?.flatMap((items) => items ?? []) ?? []) {
				const { status, paymentHash, priceSat, feeMsat } = (json.payment ?? {}) as Receipt;
				if (status !== 'paid' || paymentHash === undefined) continue;
				receipts.set(paymentHash, (priceSat ?? 0) * 1000 + (feeMsat ?? 0));
			}
		}
	}
	return receipts;
}

interface Receipt {
	readonly status?: string;
	readonly paymentHash?: string;
	readonly priceSat?: number;
	readonly feeMsat?: number | null;
}

type Numbers = Omit<Count, 'resent' | 'left'>;

const COLUMNS: ReadonlyArray<readonly [title: string, of: keyof Numbers]> = [
	['pictures', 'pictures'],
	['payments', 'payments'],
	['invoices', 'paidInvoices'],
	['sat left', 'spentSat'],
	['reported', 'reportedSat'],
	['held', 'held'],
	['again', 'again'],
	['lost', 'lost'],
	['retried', 'retried'],
	['resent', 'sentAgain'],
	['hanging', 'leftRunning'],
];

let isHeaded = false;

/** A line of a table; the first one has its head above. */
export function countLine(what: string, count: Count): string {
	const cells = (of: (column: (typeof COLUMNS)[number]) => string | number): string =>
		COLUMNS.map((column) => String(of(column)).padStart(8)).join('  ');
	const head = isHeaded ? '' : `      ${''.padEnd(64)}${cells(([title]) => title)}\n`;
	isHeaded = true;
	return `${head}      ${what.padEnd(64)}${cells(([, of]) => count[of])}\n`;
}
