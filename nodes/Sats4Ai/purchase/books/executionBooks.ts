import { randomBytes } from 'node:crypto';
import type { Family } from './family';
import type { Delivered, LedgerState } from './ledgerState';
import { committedMsat, type OpenPurchase } from './openPurchase';
import type { PurchaseMemory } from './purchaseMemory';
import { sumOf } from './readState';

/**
 * The books of one node in one execution: which purchases are open, what was delivered, what is
 * spent. They are kept here, where nobody else can write, and every change is copied to where n8n
 * saves it.
 */
export class ExecutionBooks {
	readonly open = new Map<string, OpenPurchase>();
	readonly delivered = new Map<number, Delivered>();
	readonly family: Family;
	/** One loading of saved books: a *Retry* is another attempt at the same execution. */
	readonly attempt = newKey();
	/** The attempts that these books have come from. */
	private readonly ancestors: ReadonlySet<string>;
	private readonly spent: Record<string, string>;
	private saved: LedgerState;

	/**
	 * @param state What was read of the saved books; null where there are none.
	 * @param save Puts the copy where n8n saves it. Called with every change.
	 */
	constructor(
		state: LedgerState | null,
		readonly memory: PurchaseMemory,
		private readonly save: (saved: LedgerState) => void,
	) {
		const id = state === null || state.family === '' ? newKey() : state.family;
		this.family = memory.familyOf(id);
		for (const purchase of Object.values(state?.open ?? {})) {
			this.open.set(purchase.paymentHash, frozen(purchase));
		}
		for (const [index, entry] of Object.entries(state?.delivered ?? {})) {
			this.delivered.set(Number(index), entry);
		}
		this.spent = { ...state?.spent };
		this.ancestors = new Set(Object.keys(this.spent));
		for (const [attempt, msat] of Object.entries(this.spent)) {
			this.family.learn(attempt, BigInt(msat));
		}
		this.saved = this.copy();
		this.save(this.saved);
	}

	/** Whether an attempt is this one, or one that it comes from. */
	isOurs(attempt: string): boolean {
		return attempt === this.attempt || this.ancestors.has(attempt);
	}

	/** Counts on what is open; to be called as a run begins. */
	reserveOpen(): void {
		for (const purchase of this.open.values()) {
			const { paymentHash } = purchase;
			if (this.memory.fateOf(paymentHash) === undefined) {
				this.reserve(this.memory.get(paymentHash) ?? purchase);
			}
		}
	}

	put(purchase: OpenPurchase): OpenPurchase {
		const { paymentHash } = purchase;
		const kept = frozen(purchase);
		this.open.set(paymentHash, kept);
		this.reserve(kept);
		this.write(({ open }) => {
			open[paymentHash] = kept;
		});
		return kept;
	}

	drop(paymentHash: string): void {
		this.open.delete(paymentHash);
		this.write(({ open }) => {
			delete open[paymentHash];
		});
	}

	/** Copies what this attempt has spent. */
	noteSpent(): void {
		this.spent[this.attempt] = String(this.family.spentBy(this.attempt));
		this.write((saved) => {
			saved.spent = { ...this.spent };
			saved.spentMsat = String(sumOf(this.spent));
		});
	}

	shelve(itemIndex: number, entry: Delivered): void {
		this.delivered.set(itemIndex, entry);
		this.write(({ delivered }) => {
			delivered[itemIndex] = entry;
		});
	}

	unshelve(itemIndex: number): void {
		this.delivered.delete(itemIndex);
		this.write(({ delivered }) => {
			delete delivered[itemIndex];
		});
	}

	clearShelf(): void {
		this.delivered.clear();
		this.write((saved) => {
			saved.delivered = {};
		});
	}

	/** What another execution has paid for is in its budget. */
	private reserve(purchase: OpenPurchase): void {
		if (purchase.family !== this.family.id) return;
		this.family.reserve(purchase.paymentHash, committedMsat(purchase));
	}

	/** Where an expression has spoiled the copy, a new one takes its place. */
	private write(change: (saved: LedgerState) => void): void {
		try {
			change(this.saved);
		} catch {
			this.saved = this.copy();
		}
		this.save(this.saved);
	}

	private copy(): LedgerState {
		return {
			family: this.family.id,
			spentMsat: String(sumOf(this.spent)),
			spent: { ...this.spent },
			open: Object.fromEntries(this.open),
			delivered: Object.fromEntries(this.delivered),
		};
	}
}

function newKey(): string {
	return randomBytes(8).toString('hex');
}

/** Nobody who gets hold of it changes it. */
function frozen(purchase: OpenPurchase): OpenPurchase {
	const { refund, claim } = purchase;
	return Object.freeze({
		...purchase,
		...(refund === undefined ? {} : { refund: Object.freeze({ ...refund }) }),
		...(claim === undefined ? {} : { claim: Object.freeze({ ...claim }) }),
	});
}
