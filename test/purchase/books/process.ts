import { ExecutionBooks } from '../../../nodes/Sats4Ai/purchase/books/executionBooks';
import { Ledger } from '../../../nodes/Sats4Ai/purchase/books/ledger';
import type { LedgerState } from '../../../nodes/Sats4Ai/purchase/books/ledgerState';
import type { OpenPurchase } from '../../../nodes/Sats4Ai/purchase/books/openPurchase';
import { PurchaseMemory } from '../../../nodes/Sats4Ai/purchase/books/purchaseMemory';
import { NOW } from '../openPurchases';

const FAMILY = 'f'.repeat(16);

/** Executions of one process; each run has a ledger of its own. */
export class Process {
	nowMs = NOW;
	readonly memory = new PurchaseMemory(() => this.nowMs);
	saved: LedgerState | null = null;

	/** An execution that begins with these books, or with none. */
	execution(state: LedgerState | null = null) {
		const books = new ExecutionBooks(state, this.memory, (saved) => {
			this.saved = saved;
		});
		const back = { comes: false };
		const run = (runIndex: number | null = 0) =>
			new Ledger(books, { elapsedMs: () => 0 }, runIndex, () => back.comes);
		return { books, run, back };
	}

	ledger(...open: OpenPurchase[]): Ledger {
		return this.execution(open.length === 0 ? null : stateOf(...open)).run();
	}
}

export function stateOf(...open: OpenPurchase[]): LedgerState {
	const byHash = Object.fromEntries(open.map((purchase) => [purchase.paymentHash, purchase]));
	return { family: FAMILY, spentMsat: '0', spent: {}, open: byHash, delivered: {} };
}
