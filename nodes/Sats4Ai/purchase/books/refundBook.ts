import type { OpenPurchase } from './openPurchase';
import type { PurchaseMemory } from './purchaseMemory';

/**
 * Which refunds are asked for: by which link, and to which invoice of ours. An invoice of ours is
 * never to be paid by us, though a service may offer it as its own; a link is used by one purchase.
 */
export class RefundBook {
	/** Links and invoices that the saved books of this execution name, each with its purchase's hash. */
	private readonly saved = new Map<string, string>();

	constructor(
		open: Iterable<OpenPurchase>,
		private readonly memory: PurchaseMemory,
	) {
		for (const { paymentHash, refund, claim } of open) {
			if (claim === undefined) continue;
			this.saved.set(claim.paymentHash, paymentHash);
			if (refund?.link) this.saved.set(refund.link.url, paymentHash);
		}
	}

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
		return this.memory.refunds.get(linkOrHash) ?? this.saved.get(linkOrHash);
	}
}
