import type { ClaimFault, TransportFault, WithdrawFault } from '../faults';
import { sendJson } from '../send';
import { cut } from '../transportFault';
import type { ServiceState, Visit } from './visit';

function refuse(visit: Visit, reason: string): void {
	sendJson(visit.response, 200, { status: 'ERROR', reason });
}

/** `GET /refund/<id>`: what may be withdrawn (LUD-03, step 3). */
export function answerWithdraw(
	state: ServiceState,
	visit: Visit,
	chargeId: string,
	fault: Exclude<WithdrawFault, TransportFault> | null,
): void {
	const refund = state.refunds.find(chargeId);
	if (refund === null) return refuse(visit, 'No such refund.');
	if (refund.entry.refundPaidAt !== null) {
		return refuse(visit, 'This refund has already been claimed.');
	}
	sendJson(visit.response, 200, {
		tag: 'withdrawRequest',
		callback: `${visit.arrival.origin}/refund/${chargeId}/claim`,
		k1: refund.k1,
		defaultDescription: 'Refund',
		minWithdrawable: fault?.minMsat ?? 1000,
		maxWithdrawable: fault?.maxMsat ?? refund.amountMsat,
	});
}

/** `GET /refund/<id>/claim?k1=…&pr=…`: pays the invoice, once (LUD-03, step 6). */
export function answerClaim(
	state: ServiceState,
	visit: Visit,
	chargeId: string,
	fault: Exclude<ClaimFault, TransportFault> | null,
): void {
	const { query } = visit.arrival;
	const refund = state.refunds.find(chargeId);
	if (refund === null) return refuse(visit, 'No such refund.');
	if (fault?.kind === 'error' || fault?.kind === 'lie') {
		refund.entry.refundClaims += 1;
		if (fault.kind === 'error') refuse(visit, fault.reason ?? 'The sandbox was told to refuse.');
		else sendJson(visit.response, 200, { status: 'OK' });
		return;
	}
	const refusal = state.refunds.payOut(refund, query.get('k1') ?? '', query.get('pr') ?? '');
	if (fault?.kind === 'hangAfter') return;
	if (fault?.kind === 'cutAfter') cut(visit.response);
	else if (refusal !== null) refuse(visit, refusal);
	else sendJson(visit.response, 200, { status: 'OK' });
}
