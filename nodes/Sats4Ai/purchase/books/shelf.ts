import type { ExecutionBooks } from './executionBooks';

/**
 * Delivered items that n8n has not taken over yet. A node run that fails throws them away; kept
 * here, with the execution, n8n's *Retry* of it finds them and buys only what is missing.
 */
export interface Shelf<Item> {
	/** What was delivered for these bytes and this item, or undefined. */
	take(digest: string, itemIndex: number): Item | undefined;
	put(digest: string, itemIndex: number, item: Item): void;
}

/** A shelf in the node's saved context. */
export class SavedShelf<Item extends object> implements Shelf<Item> {
	/** @param isSmall Whether an item may be saved: pictures themselves do not belong there. */
	constructor(
		private readonly books: ExecutionBooks,
		private readonly isSmall: (item: Item) => boolean,
	) {}

	take(digest: string, itemIndex: number): Item | undefined {
		const saved = this.books.delivered.get(itemIndex);
		return saved?.digest === digest ? ({ ...saved.item } as Item) : undefined;
	}

	put(digest: string, itemIndex: number, item: Item): void {
		if (this.isSmall(item)) this.books.shelve(itemIndex, { digest, item });
	}

	/** For runs whose items n8n takes over in any case: they take from the shelf and put nothing there. */
	get takeOnly(): Shelf<Item> {
		return {
			take: (digest, itemIndex) => {
				const item = this.take(digest, itemIndex);
				if (item !== undefined) this.books.unshelve(itemIndex);
				return item;
			},
			put: () => undefined,
		};
	}

	/** n8n has taken the items over. */
	clear(): void {
		this.books.clearShelf();
	}
}
