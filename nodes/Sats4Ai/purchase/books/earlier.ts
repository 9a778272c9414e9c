import type { ExecutionBooks } from './executionBooks';
import type { OpenPurchase } from './openPurchase';
import type { RunHolds, Wanted } from './runHolds';

/** What is open for an item, and who has it. */
export type Earlier =
	| { readonly status: 'none' }
	/** It is held for this item from now on. */
	| { readonly status: 'held'; readonly purchase: OpenPurchase }
	/** Another attempt at the same execution works on it, or another run is between two tries of it. */
	| { readonly status: 'elsewhere'; readonly purchase: OpenPurchase }
	/** Another attempt has delivered it. */
	| { readonly status: 'delivered'; readonly purchase: OpenPurchase };

/**
 * Finds an open purchase for this item and holds it. What another item of this run has held stays
 * that item's: two equal prompts are two purchases. What another attempt has of this execution's own
 * is never taken for none.
 */
export function findEarlier(wanted: Wanted, books: ExecutionBooks, holds: RunHolds): Earlier {
	const { itemIndex } = wanted;
	const { memory } = books;
	const own = ownPurchases(wanted, books, holds);
	const begun = begunElsewhere(wanted, books, holds);
	const isForItem = (purchase: OpenPurchase) => purchase.itemIndex === itemIndex;
	const known = [...own.filter(isForItem), ...(begun === null ? [] : [begun])];
	const delivered = known.find(({ paymentHash }) => memory.isOver(paymentHash));
	if (delivered !== undefined) return { status: 'delivered', purchase: delivered };
	const candidates = [...own, ...memory.matching(wanted.digest, wanted.buyer)]
		.filter(({ paymentHash }) => !memory.isOver(paymentHash))
		.filter(({ paymentHash }) => (holds.itemOf(paymentHash) ?? itemIndex) === itemIndex)
		.sort((a, b) => Number(isForItem(b)) - Number(isForItem(a)));
	const held = candidates.find(({ paymentHash }) => holds.take(paymentHash, itemIndex));
	if (held !== undefined) return { status: 'held', purchase: held };
	// What another run is between two tries of ends soon: well, or as anybody's.
	const elsewhere =
		known.find(({ paymentHash }) => holds.isElsewhere(paymentHash)) ??
		candidates.find(({ paymentHash }) => holds.isAwaited(paymentHash));
	return elsewhere === undefined
		? { status: 'none' }
		: { status: 'elsewhere', purchase: elsewhere };
}

/**
 * What another attempt at this execution has begun to buy for this item, and works on or has
 * delivered: these books have come from before it. Null where there is nothing.
 */
export function begunElsewhere(
	wanted: Wanted,
	books: ExecutionBooks,
	holds: RunHolds,
): OpenPurchase | null {
	const { memory } = books;
	const begun = lastBegun(wanted, books, holds);
	if (begun === null) return null;
	const isDelivered = memory.fateOf(begun.paymentHash) === 'delivered';
	return isDelivered || holds.isElsewhere(begun.paymentHash) ? begun : null;
}

/**
 * Whether another attempt at this execution has begun to buy for this item what is not to be bought
 * again: it works on it, has delivered it, or has left it open, to be finished by this one. What is
 * open is found by `findEarlier`; it was not yet there when that looked.
 */
export function isBegunMeanwhile(wanted: Wanted, books: ExecutionBooks, holds: RunHolds): boolean {
	if (begunElsewhere(wanted, books, holds) !== null) return true;
	const { digest, itemIndex, buyer } = wanted;
	const left = lastBegun(wanted, books, holds)?.paymentHash;
	if (left === undefined || !holds.isFreeFor(left, itemIndex)) return false;
	return books.memory.matching(digest, buyer).some(({ paymentHash }) => paymentHash === left);
}

/** What was last begun for this item, if by an attempt that these books do not come from. */
function lastBegun(wanted: Wanted, books: ExecutionBooks, holds: RunHolds): OpenPurchase | null {
	const { memory, family } = books;
	const item = holds.itemKey(family.id, wanted);
	const begun = item === null ? undefined : memory.begun.get(item);
	return begun === undefined || books.isOurs(begun.attempt) ? null : begun.purchase;
}

/**
 * This execution's own, in the process's newer version where there is one: of the same order, and
 * what an earlier try of this run has begun for this item, whatever it was for.
 */
function ownPurchases(wanted: Wanted, books: ExecutionBooks, holds: RunHolds): OpenPurchase[] {
	const { memory } = books;
	const own: OpenPurchase[] = [];
	for (const purchase of books.open.values()) {
		const { paymentHash, digest } = purchase;
		if (digest !== wanted.digest && holds.itemOf(paymentHash) !== wanted.itemIndex) continue;
		const fate = memory.fateOf(paymentHash);
		if (fate === 'unpaid' || fate === 'refunded') books.drop(paymentHash);
		else own.push(memory.get(paymentHash) ?? purchase);
	}
	return own;
}
