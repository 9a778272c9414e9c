import * as bolt11 from 'bolt11';
import { paymentHashOf, readMacaroon } from '../../sandbox/macaroon';
import type { Sandbox } from '../../sandbox/startSandbox';
import { ask, invoiceIn, isSilent, pay, paths, post, regtest } from './buyer';
import { openSandbox } from './openSandbox';

const path = paths.colorizeImage;
const body = JSON.stringify({ image: Buffer.from('no real picture').toString('base64') });

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await openSandbox({ pictures: 'plain' });
});

async function headerOf(fault: string, status = 402): Promise<string> {
	const response = await post(sandbox, path, body, { 'x-sandbox-fault': `ask:${fault}` });
	await response.arrayBuffer();
	expect(response.status).toBe(status);
	return response.headers.get('www-authenticate') ?? '';
}

describe('faults at ask', () => {
	it('status: an error in the service’s own envelope', async () => {
		const response = await post(sandbox, path, body, {
			'x-sandbox-fault': 'ask:status=429;retryAfter=7',
		});
		expect(response.status).toBe(429);
		expect(response.headers.get('retry-after')).toBe('7');
		expect(response.headers.get('x-error-code')).toBe('RATE_LIMITED');
		expect(await response.json()).toMatchObject({
			error_code: 'RATE_LIMITED',
			retry_after_seconds: 7,
		});
		expect(sandbox.ledger).toEqual([]);
	});

	it.each(['cut', 'cutBeforeReading'])('%s: the connection breaks', async (kind) => {
		const request = post(sandbox, path, body, { 'x-sandbox-fault': `ask:${kind}` });
		await expect(request).rejects.toThrow();
		expect(sandbox.requests).toMatchObject([
			{ fault: kind, status: null, bodyBytes: kind === 'cut' ? body.length : 0 },
		]);
	});

	it('hang: no answer', async () => {
		const silent = await isSilent(
			async (signal) =>
				await fetch(`${sandbox.serviceUrl}${path}`, {
					method: 'POST',
					headers: { 'x-sandbox-fault': 'ask:hang' },
					body,
					signal,
				}),
			() => sandbox.requests[0]?.fault === 'hang',
		);
		expect(silent).toBe(true);
	});

	it('noChallenge, foreignScheme, brokenHeader: nothing to pay by', async () => {
		expect(await headerOf('noChallenge')).toBe('');
		expect(await headerOf('foreignScheme')).toMatch(/^Payment id="[^"]+", realm=/);
		expect(await headerOf('brokenHeader')).toMatch(/^L402 macaroon="[^"]+", invoice=$/);
		expect(await headerOf('brokenHeader=L402 nonsense')).toBe('L402 nonsense');
	});

	it('amountless, network, expired, priceTimes: an invoice that should not be paid', async () => {
		const amountless = bolt11.decode(invoiceIn(await headerOf('amountless')), regtest);
		expect(amountless.millisatoshis).toBeNull();
		expect(invoiceIn(await headerOf('network=mainnet'))).toMatch(/^lnbc50n1/);
		const expired = bolt11.decode(invoiceIn(await headerOf('expired')), regtest);
		expect((expired.timeExpireDate ?? Infinity) * 1000).toBeLessThan(Date.now());
		const dear = bolt11.decode(invoiceIn(await headerOf('priceTimes=100')), regtest);
		expect(dear.millisatoshis).toBe('500000');
	});

	it('badChecksum, garbageInvoice: no invoice at all', async () => {
		const bad = invoiceIn(await headerOf('badChecksum'));
		expect(() => bolt11.decode(bad, regtest)).toThrow(/checksum/i);
		expect(() => bolt11.decode(sandbox.ledger[0]?.invoice ?? '', regtest)).toThrow();
		const garbage = invoiceIn(await headerOf('garbageInvoice'));
		expect(() => bolt11.decode(garbage, regtest)).toThrow();
	});

	it('baitAndSwitch: the token commits to another payment', async () => {
		const { token, invoice, paymentHash } = await ask(sandbox, path, body, {
			'x-sandbox-fault': 'ask:baitAndSwitch',
		});
		const macaroon = readMacaroon(token);
		expect(paymentHashOf(macaroon?.identifier ?? Buffer.alloc(0))).not.toBe(paymentHash);
		const { json } = await pay(sandbox, invoice);
		const { preimage } = json as { preimage: string };
		const authorization = `L402 ${token}:${preimage}`;
		expect((await post(sandbox, path, body, { authorization })).status).toBe(401);
	});

	it('freeAnswer: the picture at once, nothing in the books', async () => {
		const response = await post(sandbox, path, body, { 'x-sandbox-fault': 'ask:freeAnswer' });
		expect(await response.json()).toEqual({ image_url: expect.stringMatching(/^\/uploads\//) });
		expect([response.status, sandbox.ledger.length]).toEqual([200, 0]);
	});

	it('challengeWith401: an offer behind the wrong status', async () => {
		expect(await headerOf('challengeWith401', 401)).toMatch(/^L402 macaroon=/);
	});

	it('redirect: to an origin that writes down who comes', async () => {
		const response = await post(sandbox, path, body, { 'x-sandbox-fault': 'ask:redirect' });
		expect(response.status).toBe(307);
		expect(response.headers.get('location')).toBe(`${sandbox.stranger.url}${path}`);
		expect(sandbox.stranger.requests).toEqual([]);
		await fetch(response.headers.get('location') ?? '', { headers: { 'x-api-key': 'secret' } });
		expect(sandbox.stranger.requests).toHaveLength(1);
		expect(sandbox.leaks).toMatchObject([{ where: 'stranger', header: 'x-api-key' }]);
	});
});
