import { randomUUID } from 'node:crypto';
import { readArrival } from '../../../sandbox/arrival';
import { openPort } from '../../../sandbox/openPort';
import { makePicture } from '../../../sandbox/pictures/makePicture';
import type { Picture } from '../../../sandbox/pictures/picture';
import { readBody } from '../../../sandbox/readBody';
import { sendBytes, sendJson } from '../../../sandbox/send';
import { sendError, type Refund } from '../../../sandbox/service/errorEnvelope';
import { BodyProblem } from '../../../sandbox/service/bodyFields';
import { endpointOf, type Operation } from '../../../sandbox/service/endpoints';
import { readJob } from '../../../sandbox/service/readJob';
import { shapeResult, type ResultShape } from '../../../sandbox/service/resultShape';

const MAX_BODY_BYTES = 25 * 1024 * 1024;

/** Each way in which pictures are handed over, once. */
const SHAPES: Readonly<Record<Operation, ResultShape>> = {
	colorizeImage: 'dataUri',
	deblurImage: 'imageUrlRelative',
	editImage: 'imageUrlRelative',
	generateImage: 'urlAndBase64',
	removeBackground: 'imageUrlRelative',
	removeObject: 'dataUri',
	restoreFace: 'wrappedInBody',
	// A link to the backend itself: another host than the one that was paid, like a CDN.
	upscaleImage: 'imageUrlAbsolute',
};

/** Pictures for free: the sandbox's image service without its paywall, to stand behind another. */
export interface PictureBackend {
	/** `127.0.0.1:port` */
	readonly address: string;
	/** `Authorization` of each picture that was made; Aperture passes it on. */
	readonly orders: readonly string[];
	/** Requests for links that carried an `Authorization`, which none should. */
	readonly leaks: readonly string[];
	/** With what the next paid orders fail, one after the other: the money back. */
	readonly refusals: Refund[];
	stop(): Promise<void>;
}

export async function startPictureBackend(): Promise<PictureBackend> {
	const uploads = new Map<string, Picture>();
	const orders: string[] = [];
	const leaks: string[] = [];
	const refusals: Refund[] = [];
	const port = await openPort('127.0.0.1', 0, async (request, response) => {
		const { path, origin } = readArrival(request);
		const { authorization = '' } = request.headers;
		const body = await readBody(request, MAX_BODY_BYTES);
		if (path.startsWith('/uploads/')) {
			if (authorization !== '') leaks.push(path);
			const picture = uploads.get(path);
			if (picture === undefined) sendJson(response, 404, { error: 'No such file.' });
			else sendBytes(response, 200, picture.mimeType, picture.bytes);
			return;
		}
		const endpoint = endpointOf(path.replace(/^\/api\/l402\//, ''));
		if (endpoint === null || body === null) {
			sendJson(response, 404, { error: 'No such service.' });
			return;
		}
		const refund = refusals.shift();
		if (refund !== undefined) {
			const error = 'The painter is out of paint.';
			sendError(response, 422, { error, error_code: 'JOB_FAILED', suggestion: '', refund });
			return;
		}
		orders.push(authorization);
		const { operation } = endpoint;
		const made = async () => await makePicture(readJob(operation, body), 'real', 0);
		const picture = await made().catch((cause: unknown) => {
			if (cause instanceof BodyProblem) return cause;
			throw cause;
		});
		if (picture instanceof BodyProblem) {
			sendJson(response, 400, { error: picture.message, error_code: 'INVALID_INPUT' });
			return;
		}
		const link = `/uploads/${randomUUID()}`;
		uploads.set(link, picture);
		const result = shapeResult(SHAPES[operation], picture, () => link, origin);
		sendBytes(response, 200, result.contentType, result.body);
	});
	return {
		address: port.url.replace(/^http:\/\//, ''),
		orders,
		leaks,
		refusals,
		stop: async () => await port.close(),
	};
}
