import { setTimeout as wait } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import type { RedeemFault } from '../faults';
import type { Headers } from '../send';
import { sendBytes, sendJson } from '../send';
import { cut } from '../transportFault';
import { shapeOf } from './finish';
import type { ShapedResult } from './resultShape';
import type { Finished, ServiceState, Visit } from './visit';

/** Sends a finished picture. */
export function deliver(
	state: ServiceState,
	visit: Visit,
	finished: Finished,
	headers: Headers = {},
): void {
	const result = shapeOf(state, finished, visit.arrival.origin);
	noteDelivery(state, visit, finished);
	sendBytes(visit.response, 200, result.contentType, result.body, headers);
}

/** To be called with the last bytes: a client that has them must find the delivery written down. */
export function noteDelivery(state: ServiceState, visit: Visit, { entry }: Finished): void {
	if (entry === null || visit.response.destroyed) return;
	entry.deliveredAt ??= state.settings.now();
}

async function drip(
	visit: Visit,
	result: ShapedResult,
	pieces: number,
	stepMs: number,
	beforeLast: () => void,
): Promise<void> {
	const { response } = visit;
	response.writeHead(200, {
		'content-type': result.contentType,
		'content-length': result.body.length,
	});
	const size = Math.max(1, Math.ceil(result.body.length / pieces));
	for (let at = 0; at < result.body.length && !response.destroyed; at += size) {
		if (at + size >= result.body.length) {
			beforeLast();
			response.end(result.body.subarray(at));
			return;
		}
		response.write(result.body.subarray(at, at + size));
		await wait(stepMs);
	}
}

/** Half of the picture, in an answer that is whole: the client sees no error on the wire. */
function truncated(state: ServiceState, finished: Finished, origin: string): ShapedResult {
	const { picture } = finished;
	const half = picture.bytes.subarray(0, Math.floor(picture.bytes.length / 2));
	const broken = { ...picture, bytes: half };
	const link = state.uploads.linkTo(broken, null);
	return shapeOf(state, { ...finished, link, picture: broken }, origin);
}

function acceptJob(
	state: ServiceState,
	visit: Visit,
	finished: Finished,
	polls: number,
	then: 'COMPLETED' | 'FAILED',
): void {
	const requestId = randomUUID();
	state.jobs.set(requestId, { finished, pollsLeft: polls, then });
	const pollUrl = `/api/l402/job-status?requestId=${requestId}&jobType=image`;
	sendJson(
		visit.response,
		202,
		{
			status: 202,
			body: { requestId, status: 'IN_QUEUE', poll_url: pollUrl, poll_interval_ms: 100 },
		},
		{ 'x-job-id': requestId, 'x-poll-url': pollUrl, 'x-poll-interval-ms': '100' },
	);
}

/** Faults that strike after the picture was made and the credential used up. */
export type LateFault = Extract<
	RedeemFault,
	{
		kind:
			| 'cutAfter'
			| 'hangAfter'
			| 'slowDrip'
			| 'truncatedImage'
			| 'job'
			| 'empty'
			| 'garbage'
			| 'html';
	}
>;

export async function deliverBadly(
	state: ServiceState,
	visit: Visit,
	finished: Finished,
	fault: LateFault,
	plainStrike: (fault: Extract<LateFault, { kind: 'empty' | 'garbage' | 'html' }>) => void,
): Promise<void> {
	const { response, arrival } = visit;
	switch (fault.kind) {
		case 'cutAfter':
			cut(response);
			return;
		case 'hangAfter':
			return;
		case 'slowDrip':
			await drip(
				visit,
				shapeOf(state, finished, arrival.origin),
				fault.pieces ?? 20,
				fault.stepMs ?? 50,
				() => noteDelivery(state, visit, finished),
			);
			return;
		case 'truncatedImage': {
			const result = truncated(state, finished, arrival.origin);
			sendBytes(response, 200, result.contentType, result.body);
			return;
		}
		case 'job':
			acceptJob(state, visit, finished, fault.polls ?? 1, fault.then ?? 'COMPLETED');
			return;
		case 'empty':
		case 'garbage':
		case 'html':
			plainStrike(fault);
	}
}
