import { randomBytes } from 'node:crypto';
import type { LedgerEntry } from '../ledger';
import type { Refund } from './errorEnvelope';
import { toLnurl } from './lnurl';

/** The money back, as the service offers it when a paid job fails. */
export function offerRefund(entry: LedgerEntry, origin: string, now: number): Refund {
	entry.refundedAt = now;
	const chargeId = randomBytes(12).toString('hex');
	return {
		charge_id: chargeId,
		refund_amount: Math.floor(entry.priceMsat / 1000),
		lnurl_withdraw: toLnurl(`${origin}/refund/${chargeId}`),
		status: 'pending',
	};
}
