import { sendBytes, sendJson } from '../send';
import { noteDelivery } from './deliver';
import { sendError } from './errorEnvelope';
import { shapeOf } from './finish';
import type { ServiceState, Visit } from './visit';

/** `GET /uploads/<id>`: free, and no place for a credential. */
export function answerLink(state: ServiceState, visit: Visit, truncated: boolean): void {
	const upload = state.uploads.find(visit.arrival.path);
	if (upload === null) {
		sendError(visit.response, 404, {
			error: 'No such file, or it has expired.',
			error_code: 'NOT_FOUND',
			suggestion: 'Links work for two hours.',
		});
		return;
	}
	const { bytes, mimeType } = upload.picture;
	const sent = truncated ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes;
	if (!truncated && upload.entry !== null) upload.entry.fetchedAt ??= state.settings.now();
	sendBytes(visit.response, 200, mimeType, sent);
}

/** `GET /api/l402/job-status?requestId=…`: free. */
export function answerJobStatus(state: ServiceState, visit: Visit): void {
	const requestId = visit.arrival.query.get('requestId') ?? '';
	const job = state.jobs.get(requestId);
	if (job === undefined) {
		sendError(visit.response, 404, {
			error: 'No such job.',
			error_code: 'NOT_FOUND',
			suggestion: 'Use the poll_url of the 202 answer.',
		});
		return;
	}
	if (job.pollsLeft > 0) {
		job.pollsLeft -= 1;
		sendJson(visit.response, 200, { requestId, status: 'IN_PROGRESS' });
		return;
	}
	if (job.then === 'FAILED') {
		const { entry } = job.finished;
		const isOwed = entry !== null && entry.refundedAt === null;
		sendJson(visit.response, 200, {
			requestId,
			status: 'FAILED',
			error: 'The model failed.',
			error_code: 'L402_UPSTREAM_FAILED',
			...(isOwed ? { refund: state.refunds.offer(entry, visit.arrival.origin) } : {}),
		});
		return;
	}
	noteDelivery(state, visit, job.finished);
	const shaped = shapeOf(state, job.finished, visit.arrival.origin);
	if (shaped.contentType !== 'application/json') {
		sendJson(visit.response, 200, {
			requestId,
			status: 'COMPLETED',
			image_url: job.finished.link(),
		});
		return;
	}
	const result: unknown = JSON.parse(shaped.body.toString('utf8'));
	const fields = typeof result === 'object' && result !== null ? result : { body: result };
	sendJson(visit.response, 200, { requestId, ...fields, status: 'COMPLETED' });
}
