import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import * as bolt11 from 'bolt11';
import type { Sandbox } from '../../sandbox/startSandbox';

/** A purchase made by hand, step by step, with nothing but fetch: the wire contract as a client sees it. */

export interface Challenge {
	readonly status: number;
	readonly header: string;
	readonly token: string;
	readonly invoice: string;
	readonly paymentHash: string;
	readonly amountMsat: number;
}

export const paths = {
	colorizeImage: '/api/l402/colorize-image',
	deblurImage: '/api/l402/deblur-image',
	editImage: '/api/l402/image-edit',
	generateImage: '/api/l402/image',
	removeBackground: '/api/l402/remove-background',
	removeObject: '/api/l402/remove-object',
	restoreFace: '/api/l402/restore-face',
	upscaleImage: '/api/l402/upscale-image',
} as const;

export async function post(
	sandbox: Sandbox,
	path: string,
	body: string,
	headers: Record<string, string> = {},
): Promise<Response> {
	return await fetch(`${sandbox.serviceUrl}${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body,
		redirect: 'manual',
	});
}

export const regtest = {
	bech32: 'bcrt',
	pubKeyHash: 0x6f,
	scriptHash: 0xc4,
	validWitnessVersions: [0, 1],
};

export async function ask(
	sandbox: Sandbox,
	path: string,
	body: string,
	headers: Record<string, string> = {},
): Promise<Challenge> {
	const response = await post(sandbox, path, body, headers);
	await response.arrayBuffer();
	const header = response.headers.get('www-authenticate') ?? '';
	const [, token = ''] = /(?:macaroon|token)="([^"]+)"/.exec(header) ?? [];
	const [, invoice = ''] = /invoice="([^"]+)"/.exec(header) ?? [];
	const decoded = bolt11.decode(invoice, regtest);
	return {
		status: response.status,
		header,
		token,
		invoice,
		paymentHash: decoded.tagsObject.payment_hash ?? '',
		amountMsat: Number(decoded.millisatoshis),
	};
}

export async function wallet(
	sandbox: Sandbox,
	path: string,
	init: { readonly key?: string; readonly body?: unknown; readonly fault?: string } = {},
): Promise<{ readonly status: number; readonly json: unknown }> {
	const response = await fetch(`${sandbox.walletUrl}${path}`, {
		method: init.body === undefined ? 'GET' : 'POST',
		headers: {
			'content-type': 'application/json',
			...(init.key === undefined ? { 'x-api-key': sandbox.adminKey } : { 'x-api-key': init.key }),
			...(init.fault === undefined ? {} : { 'x-sandbox-fault': init.fault }),
		},
		...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
		redirect: 'manual',
	});
	const text = await response.text();
	return { status: response.status, json: text === '' ? null : JSON.parse(text) };
}

/** What the wallet says of a payment; with the fault, or for the key, that is named. */
export async function lookUp(sandbox: Sandbox, paymentHash: string, fault?: string, key?: string) {
	return await wallet(sandbox, `/api/v1/payments/${paymentHash}`, {
		...(fault === undefined ? {} : { fault }),
		...(key === undefined ? {} : { key }),
	});
}

export async function pay(sandbox: Sandbox, invoice: string, fault?: string) {
	return await wallet(sandbox, '/api/v1/payments', {
		body: { out: true, bolt11: invoice, extra: { note: 'by hand' } },
		...(fault === undefined ? {} : { fault }),
	});
}

/** The preimage in a pay answer; throws where there is none that fits. */
export function provenPreimage(answer: unknown, paymentHash: string): string {
	const preimage =
		typeof answer === 'object' && answer !== null && 'preimage' in answer
			? String(answer.preimage)
			: '';
	const hash = createHash('sha256').update(Buffer.from(preimage, 'hex')).digest('hex');
	if (hash !== paymentHash) throw new Error(`No proof of payment in ${JSON.stringify(answer)}`);
	return preimage;
}

export interface PaidChallenge extends Challenge {
	readonly preimage: string;
	readonly authorization: string;
}

/** Asks and pays. */
export async function payFor(sandbox: Sandbox, path: string, body: string): Promise<PaidChallenge> {
	const challenge = await ask(sandbox, path, body);
	const { json } = await pay(sandbox, challenge.invoice);
	const preimage = provenPreimage(json, challenge.paymentHash);
	return { ...challenge, preimage, authorization: `L402 ${challenge.token}:${preimage}` };
}

/** Asks, pays and redeems. */
export async function buy(sandbox: Sandbox, path: string, body: string): Promise<Response> {
	const { authorization } = await payFor(sandbox, path, body);
	return await post(sandbox, path, body, { authorization });
}

export function invoiceIn(header: string): string {
	return /invoice="([^"]*)"/.exec(header)?.[1] ?? '';
}

/** Until something can be seen on the other side. */
export async function until(happened: () => boolean): Promise<void> {
	while (!happened()) await wait(5);
}

/**
 * Whether a request that has reached the other side is left without an answer. It is given up then.
 */
export async function isSilent(
	request: (signal: AbortSignal) => Promise<Response>,
	reached: () => boolean,
): Promise<boolean> {
	const client = new AbortController();
	let ended = false;
	const end = request(client.signal).then(
		() => 'answered',
		() => (client.signal.aborted ? 'given up' : 'broken'),
	);
	void end.then(() => {
		ended = true;
	});
	await until(() => ended || reached());
	await wait(20);
	client.abort();
	return (await end) === 'given up';
}
