import type { StatusFault } from '../faults';
import { retryAfterHeader } from '../transportFault';
import { challengeLines } from './challenge';
import type { Endpoint } from './endpoints';
import { sendError } from './errorEnvelope';
import { issue } from './issue';
import { readJob } from './readJob';
import type { ServiceState, Visit } from './visit';

const errorCodes: Readonly<Record<number, string>> = {
	400: 'INVALID_INPUT',
	401: 'L402_INVALID_CREDENTIAL',
	402: 'PAYMENT_REQUIRED',
	408: 'TIMEOUT',
	422: 'CONTENT_FILTERED',
	429: 'RATE_LIMITED',
	504: 'TIMEOUT',
};

/** The invoice a credential is for, or a fresh one: what a fault shows beside its status. */
function challengeHeader(
	state: ServiceState,
	visit: Visit,
	endpoint: Endpoint | null,
	which: 'same' | 'fresh',
): Record<string, string[]> {
	const { paymentHash, body } = visit.subject;
	const same = paymentHash === null ? null : state.ledger.byHash(paymentHash);
	const entry =
		which === 'same' || endpoint === null
			? same
			: issue(state, endpoint, readJob(endpoint.operation, body), visit.logged.bodySha256, null);
	if (entry === null) return {};
	const offer = { ...entry, amountMsat: entry.priceMsat };
	return { 'www-authenticate': challengeLines(offer, state.settings.challenge) };
}

/** An error status in the service's own envelope, with what the fault asks for beside it. */
export function sendFaultStatus(
	state: ServiceState,
	visit: Visit,
	endpoint: Endpoint | null,
	fault: StatusFault,
): void {
	const { paymentHash } = visit.subject;
	const entry = paymentHash === null ? null : state.ledger.byHash(paymentHash);
	const refund =
		fault.refund === true && entry !== null
			? state.refunds.offer(entry, visit.arrival.origin, fault)
			: null;
	const code =
		refund === null ? (errorCodes[fault.status] ?? 'SERVICE_ERROR') : 'L402_UPSTREAM_FAILED';
	sendError(
		visit.response,
		fault.status,
		{
			error: fault.message ?? `The sandbox was told to fail with ${fault.status}.`,
			error_code: fault.errorCode ?? code,
			suggestion: refund === null ? 'Try again later.' : 'Claim the refund with the LNURL.',
			...(typeof fault.retryAfter === 'number' ? { retry_after_seconds: fault.retryAfter } : {}),
			...(refund === null ? {} : { refund }),
		},
		{
			...retryAfterHeader(fault, state.settings.now()),
			...(fault.challenge === undefined
				? {}
				: challengeHeader(state, visit, endpoint, fault.challenge)),
		},
	);
}
