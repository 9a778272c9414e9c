import type { OpenPurchase } from './openPurchase';
import type { PurchaseMemory } from './purchaseMemory';

/**
 * Which refunds are asked for: by which link, and to which invoice of ours. An invoice of ours is
 * never to be paid by us, though a service may offer it as its own; a link is used by one purchase.
 */
export class RefundBook {
	constructor(
		/** Of this execution, by payment hash. */
		private readonly open: Readonly<Record<string, OpenPurchase>>,
		private readonly memory: PurchaseMemory,
	) {}

	/** Enters a claim; false where another purchase has asked by the same link. */
	enter(paymentHash: string, link: string, invoiceHash: string): boolean {
		if ((this.purchaseOf(link) ?? paymentHash) !== paymentHash) return false;
		this.memory.rememberRefund(link, paymentHash);
		this.memory.rememberRefund(invoiceHash, paymentHash);
		return true;
	}

	/** Whether this is the payment hash of an invoice that a refund is paid to. */
	isOurInvoice(paymentHash: string): boolean {
		return this.purchaseOf(paymentHash) !== undefined;
	}

	private purchaseOf(linkOrHash: string): string | undefined {
		const saved = Object.values(this.open).find(
			({ refund, claim }) =>
				claim !== undefined &&
				(claim.paymentHash === linkOrHash || refund?.link?.url === linkOrHash),
		);
		return this.memory.refundOf(linkOrHash) ?? saved?.paymentHash;
	}
}
