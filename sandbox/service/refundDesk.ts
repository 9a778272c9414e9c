import { randomBytes } from 'node:crypto';
import type { StatusFault } from '../faults';
import type { LedgerEntry } from '../ledger';
import { readInvoice } from '../mintInvoice';
import type { Settings } from '../settings';
import type { Refund } from './errorEnvelope';
import { toLnurl } from './lnurl';

/** One refund on offer. It is paid once, to whoever brings an invoice first. */
export interface OfferedRefund {
	readonly entry: LedgerEntry;
	readonly chargeId: string;
	/** Names the withdrawal (LUD-03). */
	readonly k1: string;
	readonly amountMsat: number;
}

/** The money back for paid jobs that failed: one refund for each payment, however often it fails. */
export class RefundDesk {
	readonly #byCharge = new Map<string, OfferedRefund>();

	constructor(
		private readonly settings: Settings,
		/** Pays an invoice of the play wallet; null once it is done, else why it is not. */
		private readonly pay: (paymentHash: string) => string | null,
	) {}

	/** The money back, as the service offers it when a paid job fails. */
	offer(
		entry: LedgerEntry,
		origin: string,
		fault: Pick<StatusFault, 'refundSat' | 'refundLink'> = {},
	): Refund {
		const known = [...this.#byCharge.values()].find((refund) => refund.entry === entry);
		const refund = known ?? this.#open(entry);
		return {
			charge_id: refund.chargeId,
			refund_amount: fault.refundSat ?? Math.floor(refund.amountMsat / 1000),
			lnurl_withdraw: fault.refundLink ?? toLnurl(`${origin}/refund/${refund.chargeId}`),
			status: entry.refundPaidAt === null ? 'pending' : 'claimed',
		};
	}

	find(chargeId: string): OfferedRefund | null {
		return this.#byCharge.get(chargeId) ?? null;
	}

	paymentHashOf(chargeId: string): string | null {
		return this.find(chargeId)?.entry.paymentHash ?? null;
	}

	/** Pays a refund out; why not, or null once it is paid. The second time is always refused. */
	payOut({ entry, amountMsat, k1 }: OfferedRefund, named: string, invoice: string): string | null {
		entry.refundClaims += 1;
		if (named !== k1) return 'Unknown withdrawal.';
		if (entry.refundPaidAt !== null) return 'This refund has already been claimed.';
		const wanted = tryRead(invoice);
		if (wanted?.network !== this.settings.network) return 'This is no invoice for this network.';
		if (wanted.amountMsat === null || wanted.amountMsat > amountMsat) {
			return 'The invoice asks for another amount.';
		}
		const refusal = this.pay(wanted.paymentHash);
		if (refusal === null) entry.refundPaidAt = this.settings.now();
		return refusal;
	}

	#open(entry: LedgerEntry): OfferedRefund {
		entry.refundedAt = this.settings.now();
		const refund = {
			entry,
			chargeId: randomBytes(12).toString('hex'),
			k1: randomBytes(32).toString('hex'),
			amountMsat: entry.priceMsat,
		};
		this.#byCharge.set(refund.chargeId, refund);
		return refund;
	}
}

function tryRead(invoice: string): ReturnType<typeof readInvoice> | null {
	try {
		return readInvoice(invoice);
	} catch {
		return null;
	}
}
