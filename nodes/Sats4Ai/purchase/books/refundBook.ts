import type { OpenPurchase } from './openPurchase';
import type { PurchaseMemory } from './purchaseMemory';

/**
 * Which refunds are asked for: by which link, and to which invoice of ours. An invoice of ours is
 * never to be paid by us, though a service may offer it as its own; a link is used by one purchase.
 */
export class RefundBook {
	constructor(
		/** Of this execution, by payment hash. */
		private readonly open: ReadonlyMap<string, OpenPurchase>,
		private readonly memory: PurchaseMemory,
	) {}

	/** Enters a claim; false where another purchase has asked by the same link. */
	enter(paymentHash: string, link: string, invoiceHash: string): boolean {
		if ((this.purchaseOf(link) ?? paymentHash) !== paymentHash) return false;
		this.memory.refunds.set(link, paymentHash);
		this.memory.refunds.set(invoiceHash, paymentHash);
		return true;
	}

	/** Whether this is the payment hash of an invoice that a refund is paid to. */
	isOurInvoice(paymentHash: string): boolean {
		return this.purchaseOf(paymentHash) !== undefined;
	}

	/** Whether this process has had the invoice made: saved books may name a stranger's. */
	hasMade(invoiceHash: string): boolean {
		return this.memory.refunds.get(invoiceHash) !== undefined;
	}

	private purchaseOf(linkOrHash: string): string | undefined {
		const saved = [...this.open.values()].find(
			({ refund, claim }) =>
				claim !== undefined &&
				(claim.paymentHash === linkOrHash || refund?.link?.url === linkOrHash),
		);
		return this.memory.refunds.get(linkOrHash) ?? saved?.paymentHash;
	}
}
