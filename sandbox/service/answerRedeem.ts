import type { RedeemFault, TransportFault } from '../faults';
import type { LedgerEntry } from '../ledger';
import { admit } from './admit';
import { DEDUP_MS } from './answerAsk';
import { deliver, deliverBadly, type LateFault } from './deliver';
import type { Endpoint } from './endpoints';
import { sendError } from './errorEnvelope';
import { finish } from './finish';
import { alreadyUsed, judge, type Credential, type Refusal } from './judge';
import type { Finished, ServiceState, Visit } from './visit';

/** Faults that strike before the credential is looked at, so that it stays good. */
type EarlyFault = Exclude<RedeemFault, LateFault>;

const lateKinds: readonly string[] = [
	'cutAfter',
	'hangAfter',
	'slowDrip',
	'truncatedImage',
	'job',
	'empty',
	'garbage',
	'html',
] satisfies readonly LateFault['kind'][];

function isLate(fault: RedeemFault): fault is LateFault {
	return lateKinds.includes(fault.kind);
}

/** Waits for the requests with the same credential that came before. */
async function inLine<T>(
	lines: Map<string, Promise<void>>,
	key: string,
	work: () => Promise<T>,
): Promise<T> {
	const result = (lines.get(key) ?? Promise.resolve()).then(work);
	const end = result.then(
		() => undefined,
		() => undefined,
	);
	lines.set(key, end);
	await end;
	if (lines.get(key) === end) lines.delete(key);
	return await result;
}

/** Uses the payment up and makes its picture; or hands out the one made just before. */
async function spend(
	state: ServiceState,
	visit: Visit,
	endpoint: Endpoint,
	entry: LedgerEntry,
): Promise<Finished | Refusal> {
	const { settings } = state;
	if (entry.usedAt !== null) {
		const earlier = state.finished.get(entry.paymentHash);
		const replayable = settings.allowReplay && settings.now() - entry.usedAt <= settings.replayMs;
		return replayable && earlier !== undefined ? earlier : alreadyUsed;
	}
	const job = await admit(state, endpoint, visit.subject.body);
	const finished = await finish(state, job, entry);
	entry.usedAt = settings.now();
	forgetOld(state);
	if (settings.allowReplay) state.finished.set(entry.paymentHash, finished);
	if (settings.dedup) {
		state.finished.set(`${visit.arrival.path} ${entry.bodySha256}`, finished);
	}
	return finished;
}

/** Neither a replay nor dedup reaches back farther; the oldest come first. */
function forgetOld({ finished, settings }: ServiceState): void {
	const keptMs = Math.max(settings.replayMs, DEDUP_MS);
	for (const [key, { at }] of finished) {
		if (settings.now() - at <= keptMs) return;
		finished.delete(key);
	}
}

function sendRefusal(visit: Visit, refusal: Refusal): void {
	sendError(visit.response, refusal.status, {
		error: refusal.message,
		error_code: refusal.errorCode,
		suggestion: refusal.suggestion,
	});
}

/** The second request: checks the proof of payment, then works. */
export async function answerRedeem(
	state: ServiceState,
	visit: Visit,
	endpoint: Endpoint,
	credential: Credential | null,
	fault: RedeemFault | null,
	strike: (fault: TransportFault) => void,
): Promise<void> {
	const afterWork = fault?.kind === 'status' && fault.afterWork === true;
	if (fault !== null && !isLate(fault) && !afterWork) {
		const early: EarlyFault = fault;
		strike(early);
		return;
	}
	const judged = () => judge(state, endpoint, credential, visit.logged.bodySha256);
	const outcome = await inLine(state.lines, credential?.token ?? '', async () => {
		const entry = judged();
		return 'errorCode' in entry ? entry : await spend(state, visit, endpoint, entry);
	});
	if ('errorCode' in outcome) sendRefusal(visit, outcome);
	else if (fault === null) deliver(state, visit, outcome);
	else if (isLate(fault)) await deliverBadly(state, visit, outcome, fault, strike);
	else strike(fault);
}
