import type { Network } from './options';
import type { Operation } from './service/endpoints';

/** One invoice of the service, from the 402 to the picture. Instants are ms since 1970. */
export interface LedgerEntry {
	/** 1, 2, 3 … in the order of the 402s. */
	readonly serial: number;
	readonly operation: Operation;
	/** What the invoice asks for; 0 for an invoice without an amount. */
	readonly priceMsat: number;
	/** BOLT 11 text as it stood in the challenge. */
	readonly invoice: string;
	/** 64 lower-case hex digits, like the preimage. */
	readonly paymentHash: string;
	readonly preimage: string;
	/** The macaroon, base64. */
	readonly token: string;
	readonly network: Network;
	/** Of the request that was answered with this invoice. */
	readonly bodySha256: string;
	readonly createdAt: number;
	/** The invoice is not payable from then on. */
	readonly expiresAt: number;
	/** Kind of the fault that shaped this challenge, or null. */
	readonly fault: string | null;
	paidAt: number | null;
	/** Routing fee the payer paid; null while unpaid. */
	feeMsat: number | null;
	/** The service has made the picture: the credential is used up. */
	usedAt: number | null;
	/** An answer with the picture, or with its link, has left completely. */
	deliveredAt: number | null;
	/** The linked picture has been fetched completely. */
	fetchedAt: number | null;
	/** A refund was offered in place of the picture. */
	refundedAt: number | null;
	/** How often an invoice was handed in for the refund, paid or not. */
	refundClaims: number;
	/** The refund has been paid. At most once. */
	refundPaidAt: number | null;
}

export type NewLedgerEntry = Omit<
	LedgerEntry,
	| 'serial'
	| 'paidAt'
	| 'feeMsat'
	| 'usedAt'
	| 'deliveredAt'
	| 'fetchedAt'
	| 'refundedAt'
	| 'refundClaims'
	| 'refundPaidAt'
>;

/** The service's books. The play wallet settles invoices here: that is the whole Lightning network. */
export class Ledger {
	readonly entries: LedgerEntry[] = [];
	readonly #byHash = new Map<string, LedgerEntry>();
	readonly #byInvoice = new Map<string, LedgerEntry>();

	add(entry: NewLedgerEntry): LedgerEntry {
		const added: LedgerEntry = {
			...entry,
			serial: this.entries.length + 1,
			paidAt: null,
			feeMsat: null,
			usedAt: null,
			deliveredAt: null,
			fetchedAt: null,
			refundedAt: null,
			refundClaims: 0,
			refundPaidAt: null,
		};
		this.entries.push(added);
		this.#byHash.set(added.paymentHash, added);
		this.#byInvoice.set(added.invoice, added);
		return added;
	}

	byHash(paymentHash: string): LedgerEntry | null {
		return this.#byHash.get(paymentHash) ?? null;
	}

	byInvoice(invoice: string): LedgerEntry | null {
		return this.#byInvoice.get(invoice.toLowerCase()) ?? null;
	}

	/** Marks an invoice paid and gives out its preimage; null where it is unknown or already paid. */
	settle(paymentHash: string, feeMsat: number, at: number): string | null {
		const entry = this.byHash(paymentHash);
		if (entry === null || entry.paidAt !== null) return null;
		entry.paidAt = at;
		entry.feeMsat = feeMsat;
		return entry.preimage;
	}
}
