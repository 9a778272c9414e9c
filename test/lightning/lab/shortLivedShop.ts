import { createHash, randomBytes } from 'node:crypto';
import { isSignedBy, mintMacaroon, paymentHashOf, readMacaroon } from '../../../sandbox/macaroon';
import { openPort } from '../../../sandbox/openPort';
import { readBody } from '../../../sandbox/readBody';
import { sendBytes, sendJson } from '../../../sandbox/send';
import { createInvoice } from './invoices';
import type { Lnd } from './lnd';

const PRICE_MSAT = 5_000n;
const MAX_BODY_BYTES = 25 * 1024 * 1024;
const PROOF = /^L402 ([^:]+):([0-9a-f]{64})$/;

/** A seller whose invoices expire soon, which Aperture's do not: they live as long as LND lets them. */
export interface ShortLivedShop {
	readonly url: string;
	stop(): Promise<void>;
}

export async function startShortLivedShop(
	seller: Lnd,
	backendAddress: string,
	expirySeconds: number,
): Promise<ShortLivedShop> {
	const rootKey = randomBytes(32);
	const isPaid = (authorization: string): boolean => {
		const [, token = '', preimage = ''] = PROOF.exec(authorization) ?? [];
		const macaroon = readMacaroon(token);
		const hash = createHash('sha256').update(Buffer.from(preimage, 'hex')).digest('hex');
		const isOurs = macaroon !== null && isSignedBy(macaroon, rootKey);
		return isOurs && paymentHashOf(macaroon.identifier) === hash;
	};
	const port = await openPort('127.0.0.1', 0, async (request, response) => {
		const { authorization = '' } = request.headers;
		const body = await readBody(request, MAX_BODY_BYTES);
		if (!isPaid(authorization)) {
			const { text, paymentHash } = await createInvoice(seller, {
				amountMsat: PRICE_MSAT,
				expirySeconds,
			});
			const token = mintMacaroon(rootKey, paymentHash, []);
			const challenge = `L402 token="${token}", invoice="${text}"`;
			sendJson(response, 402, { error: 'Pay first.' }, { 'www-authenticate': challenge });
			return;
		}
		const made = await fetch(`http://${backendAddress}${request.url ?? '/'}`, {
			method: 'POST',
			headers: { 'content-type': request.headers['content-type'] ?? '', authorization },
			body: new Uint8Array(body ?? []),
		});
		const type = made.headers.get('content-type') ?? 'application/json';
		sendBytes(response, made.status, type, Buffer.from(await made.arrayBuffer()));
	});
	return { url: port.url, stop: async () => await port.close() };
}
