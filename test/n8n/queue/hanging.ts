import type { LedgerEntry } from '../../../sandbox/ledger';
import { serialOfPlainPicture } from '../../../sandbox/pictures/plainPicture';
import { until } from '../scenarios/until';
import type { Orders } from './orders';

const HANGS_WITHIN_MS = 180_000;

/** Whether this purchase is the one that hangs. */
type Match = (subject: { readonly paymentHash: string | null }) => boolean;

/** Where a purchase may hang for ever, and what has happened by then. */
const PLACES = {
	/** The wallet has paid, and does not answer. */
	pay: ({ sandbox }: Orders, match: Match) =>
		sandbox.faults.push({ at: 'pay', fault: { kind: 'hangAfter' }, match }),
	/** It is paid; nothing comes of the paid request. */
	redeem: ({ sandbox }: Orders, match: Match) =>
		sandbox.faults.push({ at: 'redeem', fault: { kind: 'hang' }, match }),
	/** The picture was delivered; nothing comes of its upload. */
	upload: (orders: Orders, match: Match) => hangUpload(orders, match, 'hang'),
	/** The picture is uploaded; that is not answered. */
	uploaded: (orders: Orders, match: Match) => hangUpload(orders, match, 'hangAfter'),
};

export type Place = keyof typeof PLACES;

function hangUpload({ sandbox, drive }: Orders, match: Match, fault: 'hang' | 'hangAfter'): void {
	drive.uploadFault = ({ bytes }) => {
		const serial = serialOfPlainPicture(bytes);
		const paymentHash = sandbox.ledger.find((entry) => entry.serial === serial)?.paymentHash;
		if (!match({ paymentHash: paymentHash ?? null })) return null;
		// Once: whoever uploads it again is answered.
		drive.uploadFault = () => null;
		return fault;
	};
}

/** One purchase that hangs for ever. */
export class Hanging {
	private readonly seen = new Set<string>();
	private struck: string | null = null;

	/** `count`: how many purchases of these orders get there before it strikes, itself included. */
	constructor(
		private readonly orders: Orders,
		private readonly place: Place,
		count: number,
		of: readonly number[],
	) {
		const match: Match = ({ paymentHash }) => {
			if (paymentHash === null) return false;
			// The sandbox asks more than once about the same request.
			if (this.struck !== null) return this.struck === paymentHash;
			if (!of.includes(orders.orderOf(this.entryOf(paymentHash)))) return false;
			this.seen.add(paymentHash);
			if (this.seen.size < count) return false;
			this.struck = paymentHash;
			return true;
		};
		PLACES[place](orders, match);
	}

	/** Waits until it hangs. Answers the execution that waits there. */
	async execution(): Promise<string> {
		await until(`a hanging ${this.place}`, () => this.struck !== null, HANGS_WITHIN_MS);
		return this.orders.executionOf(this.orders.orderOf(this.entryOf(this.struck)));
	}

	private entryOf(hash: string | null): LedgerEntry {
		const entry = this.orders.sandbox.ledger.find(({ paymentHash }) => paymentHash === hash);
		if (entry === undefined) throw new Error('What hangs is in no book');
		return entry;
	}
}
