import { readArrival } from './arrival';
import type { Answer } from './openPort';
import type { Settings } from './settings';
import { readBody } from './readBody';
import { logRequest, type Leak, type LoggedRequest } from './requestLog';
import { sendJson } from './send';

/** An origin nobody should come to: it writes down who did, and with which secrets. */
export function strangerAnswer(
	settings: Settings,
	requests: LoggedRequest[],
	leaks: Leak[],
): Answer {
	return async (request, response) => {
		const { path } = readArrival(request);
		const at = settings.now();
		for (const header of ['authorization', 'x-api-key'] as const) {
			if (request.headers[header] !== undefined) {
				leaks.push({ where: 'stranger', header, path, at });
			}
		}
		const body = (await readBody(request, settings.maxBodyBytes)) ?? Buffer.alloc(0);
		logRequest(requests, settings, request, response, { path, operation: null, fault: null, body });
		sendJson(response, 200, { image_url: '/uploads/of-a-stranger.png' });
	};
}
