import type { AskFault } from '../faults';
import type { LedgerEntry } from '../ledger';
import { sendJson } from '../send';
import { admit } from './admit';
import { issue } from './issue';
import { BodyProblem } from './bodyFields';
import { challengeLines, paymentChallenge, type Offer } from './challenge';
import { deliver } from './deliver';
import type { Endpoint } from './endpoints';
import { sendError } from './errorEnvelope';
import { finish } from './finish';
import type { Finished, ServiceState, Visit } from './visit';

/** For how long an identical body is answered with the earlier picture, with `dedup`. */
export const DEDUP_MS = 30_000;

function offerOf(entry: LedgerEntry): Offer {
	return { ...entry, amountMsat: entry.priceMsat };
}

function headerLines(state: ServiceState, entry: LedgerEntry, fault: AskFault | null): string[] {
	const offer = offerOf(entry);
	switch (fault?.kind) {
		case 'noChallenge':
			return [];
		case 'foreignScheme':
			return [paymentChallenge(offer)];
		case 'brokenHeader':
			return [fault.header ?? `L402 macaroon="${entry.token}", invoice=`];
		default:
			return challengeLines(offer, state.settings.challenge);
	}
}

/** 402 (or another status, by fault) with the offers for this invoice. */
export function sendChallenge(
	state: ServiceState,
	visit: Visit,
	entry: LedgerEntry,
	fault: AskFault | null,
	status = 402,
): void {
	const lines = headerLines(state, entry, fault);
	sendJson(
		visit.response,
		status,
		{ error: 'Payment required', price_sats: entry.priceMsat / 1000, operation: entry.operation },
		lines.length === 0 ? {} : { 'www-authenticate': lines },
	);
}

/** The earlier picture for an identical body, where the service is set to answer so. */
function duplicateOf(state: ServiceState, visit: Visit): Finished | null {
	if (!state.settings.dedup || visit.request.headers['x-no-cache'] === '1') return null;
	const earlier = state.finished.get(`${visit.arrival.path} ${visit.logged.bodySha256}`);
	if (earlier === undefined || state.settings.now() - earlier.at > DEDUP_MS) return null;
	return earlier;
}

/** The first request: checks the body, then asks for money. */
export async function answerAsk(
	state: ServiceState,
	visit: Visit,
	endpoint: Endpoint,
	fault: AskFault | null,
): Promise<void> {
	const { body } = visit.subject;
	const job = await admit(state, endpoint, body).catch((cause: unknown) => {
		if (cause instanceof BodyProblem) return cause;
		throw cause;
	});
	if (job instanceof BodyProblem) {
		sendError(visit.response, 400, {
			error: job.message,
			error_code: 'L402_INVALID_PARAMS',
			suggestion: `See the parameters of ${visit.arrival.path}. Nothing was charged.`,
		});
		return;
	}
	const duplicate = duplicateOf(state, visit);
	if (duplicate !== null) {
		deliver(state, visit, duplicate, { 'x-dedup': 'hit' });
		return;
	}
	if (fault?.kind === 'freeAnswer') {
		deliver(state, visit, await finish(state, job, null));
		return;
	}
	const entry = issue(state, endpoint, job, visit.logged.bodySha256, fault);
	sendChallenge(state, visit, entry, fault, fault?.kind === 'challengeWith401' ? 401 : 402);
}
