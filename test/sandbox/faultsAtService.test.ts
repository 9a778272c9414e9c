import * as bolt11 from 'bolt11';
import { serialOfPlainPicture } from '../../sandbox/pictures/plainPicture';
import { paymentHashOf, readMacaroon } from '../../sandbox/macaroon';
import { startSandbox, type Sandbox } from '../../sandbox/startSandbox';
import { ask, buy, pay, paths, payFor, post, regtest } from './buyer';

const path = paths.colorizeImage;
const body = JSON.stringify({ image: Buffer.from('no real picture').toString('base64') });

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ pictures: 'plain' });
});
afterEach(async () => {
	await sandbox.close();
});

async function headerOf(fault: string, status = 402): Promise<string> {
	const response = await post(sandbox, path, body, { 'x-sandbox-fault': `ask:${fault}` });
	await response.arrayBuffer();
	expect(response.status).toBe(status);
	return response.headers.get('www-authenticate') ?? '';
}

function invoiceIn(header: string): string {
	return /invoice="([^"]*)"/.exec(header)?.[1] ?? '';
}

/** No answer within a moment: the request is given up. */
async function isSilent(request: (signal: AbortSignal) => Promise<Response>): Promise<boolean> {
	const timeout = AbortSignal.timeout(150);
	return await request(timeout).then(
		() => false,
		() => timeout.aborted,
	);
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

describe('faults at redeem', () => {
	async function redeem(fault: string, authorization: string): Promise<Response> {
		const headers = { authorization, 'x-sandbox-fault': `redeem:${fault}` };
		return await post(sandbox, path, body, headers);
	}

	it.each([400, 401, 402, 403, 404, 408, 409, 422, 425, 500, 502, 503, 504])(
		'status=%d leaves the payment good',
		async (status) => {
			const { authorization } = await payFor(sandbox, path, body);
			const failed = await redeem(`status=${status}*1`, authorization);
			expect(failed.status).toBe(status);
			expect(failed.headers.get('www-authenticate')).toBeNull();
			expect((await redeem(`status=${status}*1`, authorization)).status).toBe(200);
		},
	);

	it('status=402 can show the same challenge or a fresh one', async () => {
		const { authorization, invoice } = await payFor(sandbox, path, body);
		const same = await redeem('status=402;challenge=same', authorization);
		expect(invoiceIn(same.headers.get('www-authenticate') ?? '')).toBe(invoice);
		expect(sandbox.ledger).toHaveLength(1);
		const fresh = await redeem('status=402;challenge=fresh', authorization);
		expect(invoiceIn(fresh.headers.get('www-authenticate') ?? '')).not.toBe(invoice);
		expect(sandbox.ledger).toHaveLength(2);
	});

	it('status=503 can name an HTTP date to come back at', async () => {
		const { authorization } = await payFor(sandbox, path, body);
		const response = await redeem('status=503;retryAfter=date', authorization);
		const at = Date.parse(response.headers.get('retry-after') ?? '');
		expect(at).toBeGreaterThan(Date.now());
	});

	it('status with refund offers the money back, after which the payment is void', async () => {
		const { authorization } = await payFor(sandbox, path, body);
		const response = await redeem('status=500;refund=true*1', authorization);
		expect(await response.json()).toMatchObject({
			error_code: 'L402_UPSTREAM_FAILED',
			refund: {
				charge_id: expect.stringMatching(/^[0-9a-f]{24}$/),
				refund_amount: 5,
				lnurl_withdraw: expect.stringMatching(/^LNURL1[02-9AC-HJ-NP-Z]{60,}$/),
				status: 'pending',
			},
		});
		const again = await post(sandbox, path, body, { authorization });
		expect(again.status).toBe(409);
		expect(again.headers.get('x-error-code')).toBe('L402_REFUND_ISSUED');
	});

	it('status with afterWork uses the payment up', async () => {
		const { authorization } = await payFor(sandbox, path, body);
		expect((await redeem('status=504;afterWork=true*1', authorization)).status).toBe(504);
		const again = await post(sandbox, path, body, { authorization });
		expect(again.headers.get('x-error-code')).toBe('PAYMENT_ALREADY_USED');
	});

	it('cut leaves the payment good, cutAfter uses it up', async () => {
		const first = await payFor(sandbox, path, body);
		await expect(redeem('cut*1', first.authorization)).rejects.toThrow();
		const { authorization } = first;
		expect((await post(sandbox, path, body, { authorization })).status).toBe(200);
		const second = await payFor(sandbox, path, body);
		await expect(redeem('cutAfter', second.authorization)).rejects.toThrow();
		expect(sandbox.ledger.at(-1)).toMatchObject({
			usedAt: expect.any(Number),
			deliveredAt: null,
		});
		const again = await post(sandbox, path, body, { authorization: second.authorization });
		expect(again.status).toBe(401);
	});

	it('hang and hangAfter never answer', async () => {
		for (const [kind, used] of [
			['hang', false],
			['hangAfter', true],
		] as const) {
			const { authorization } = await payFor(sandbox, path, body);
			const silent = await isSilent(
				async (signal) =>
					await fetch(`${sandbox.serviceUrl}${path}`, {
						method: 'POST',
						headers: { authorization, 'x-sandbox-fault': `redeem:${kind}` },
						body,
						signal,
					}),
			);
			expect(silent).toBe(true);
			expect(sandbox.ledger.at(-1)?.usedAt !== null).toBe(used);
		}
	});

	it('slowDrip delivers whole, piece by piece', async () => {
		const { authorization } = await payFor(sandbox, path, body);
		const response = await redeem('slowDrip=5;stepMs=2', authorization);
		expect(await response.json()).toEqual({ image_url: expect.any(String) });
		expect(sandbox.ledger[0]?.deliveredAt).not.toBeNull();
	});

	it.each([
		['empty', /^$/],
		['garbage', /[^\x20-\x7e]/],
		['html', /^<!doctype html>/],
	] as const)('%s: 200 without a picture, and the payment is used up', async (kind, expected) => {
		const { authorization } = await payFor(sandbox, path, body);
		const response = await redeem(kind, authorization);
		expect(response.status).toBe(200);
		expect(await response.text()).toMatch(expected);
		expect(sandbox.ledger[0]).toMatchObject({ usedAt: expect.any(Number), deliveredAt: null });
	});

	it('truncatedImage: half a picture behind a link that works', async () => {
		const { authorization } = await payFor(sandbox, path, body);
		const { image_url: link } = (await (await redeem('truncatedImage', authorization)).json()) as {
			image_url: string;
		};
		const bytes = Buffer.from(await (await fetch(`${sandbox.serviceUrl}${link}`)).arrayBuffer());
		expect(bytes.subarray(1, 4).toString()).toBe('PNG');
		expect(bytes.includes('IEND')).toBe(false);
	});

	it('job: 202, then a status to ask for', async () => {
		const { authorization } = await payFor(sandbox, path, body);
		const accepted = await redeem('job=2', authorization);
		expect(accepted.status).toBe(202);
		const pollUrl = accepted.headers.get('x-poll-url') ?? '';
		expect(await accepted.json()).toMatchObject({ status: 202, body: { poll_url: pollUrl } });
		const poll = async (): Promise<unknown> =>
			await (await fetch(`${sandbox.serviceUrl}${pollUrl}`)).json();
		expect(await poll()).toMatchObject({ status: 'IN_PROGRESS' });
		expect(await poll()).toMatchObject({ status: 'IN_PROGRESS' });
		expect(await poll()).toMatchObject({
			status: 'COMPLETED',
			image_url: expect.stringMatching(/^\/uploads\//),
		});
		expect(sandbox.ledger[0]?.deliveredAt).not.toBeNull();
	});

	it('redirect does not use the payment up', async () => {
		const { authorization } = await payFor(sandbox, path, body);
		expect((await redeem('redirect*1', authorization)).status).toBe(307);
		expect((await post(sandbox, path, body, { authorization })).status).toBe(200);
	});
});

describe('faults at the link', () => {
	it.each([
		['status=404', 404, null],
		['status=503', 503, null],
		['garbage', 200, null],
		['html', 200, /^<!doctype/],
		['empty', 200, /^$/],
	] as const)('%s', async (fault, status, text) => {
		const { image_url: link } = (await (await buy(sandbox, path, body)).json()) as {
			image_url: string;
		};
		const response = await fetch(`${sandbox.serviceUrl}${link}?fault=link:${fault}`);
		expect(response.status).toBe(status);
		if (text !== null) expect(await response.text()).toMatch(text);
		expect(sandbox.ledger[0]?.fetchedAt).toBeNull();
	});

	it('cut, then works', async () => {
		const { image_url: link } = (await (await buy(sandbox, path, body)).json()) as {
			image_url: string;
		};
		sandbox.faults.push({ at: 'link', fault: { kind: 'cut' } });
		await expect(fetch(`${sandbox.serviceUrl}${link}`)).rejects.toThrow();
		const bytes = await (await fetch(`${sandbox.serviceUrl}${link}`)).arrayBuffer();
		expect(serialOfPlainPicture(Buffer.from(bytes))).toBe(1);
		expect(sandbox.ledger[0]?.fetchedAt).not.toBeNull();
	});
});

describe('options of the service', () => {
	it('allowReplay gives the same picture again', async () => {
		const replaying = await startSandbox({ pictures: 'plain', allowReplay: true });
		const { authorization } = await payFor(replaying, path, body);
		replaying.faults.push({ at: 'redeem', fault: { kind: 'cutAfter' } });
		await expect(post(replaying, path, body, { authorization })).rejects.toThrow();
		const answers = [1, 2].map(
			async () => await (await post(replaying, path, body, { authorization })).json(),
		);
		const [first, second] = await Promise.all(answers);
		await replaying.close();
		expect(first).toEqual({ image_url: expect.any(String) });
		expect(second).toEqual(first);
	});

	it('dedup answers an identical body for nothing, unless told not to', async () => {
		const deduping = await startSandbox({ pictures: 'plain', dedup: true });
		await (await buy(deduping, path, body)).arrayBuffer();
		const again = await post(deduping, path, body);
		const bypass = await post(deduping, path, body, { 'x-no-cache': '1' });
		await deduping.close();
		expect([again.status, again.headers.get('x-dedup')]).toEqual([200, 'hit']);
		expect(bypass.status).toBe(402);
	});

	it('challenge words the offer as other servers do', async () => {
		const headerWith = async (challenge: Parameters<typeof startSandbox>[0]) => {
			const other = await startSandbox({ pictures: 'plain', ...challenge });
			const response = await post(other, path, body);
			await other.close();
			return (response.headers.get('www-authenticate') ?? '').replace(/"[^"]*"/g, '…');
		};
		const payment = 'Payment id=…, realm=…, method=…, intent=…, request=…, expires=…';
		const l402 = 'L402 macaroon=…, invoice=…';
		expect(await headerWith({})).toBe(`${l402}, ${payment}`);
		expect(await headerWith({ challenge: { order: 'paymentFirst' } })).toBe(`${payment}, ${l402}`);
		expect(await headerWith({ challenge: { order: 'l402Only' } })).toBe(l402);
		expect(
			await headerWith({ challenge: { scheme: 'both', lines: 'several', order: 'l402Only' } }),
		).toBe(`LSAT macaroon=…, invoice=…, ${l402}`);
		expect(await headerWith({ challenge: { tokenKey: 'token', order: 'l402Only' } })).toBe(
			'L402 token=…, invoice=…',
		);
	});

	it.each([
		['dataUri', /^data:image\/png;base64,/],
		['dataUriJsonString', /^"data:image\/png;base64,.*"$/],
		['imageUrlAbsolute', /^\{"image_url":"http:\/\/127\.0\.0\.1:\d+\/uploads\/[^"]+"\}$/],
		['imageUrlRelative', /^\{"image_url":"\/uploads\/[^"]+"\}$/],
		['urlAndBase64', /^\{"imageUrl":"http[^"]+","base64Image":"data:image[^"]+"\}$/],
		['wrappedInBody', /^\{"status":200,"body":\{"image_url":"\/uploads\/[^"]+"\}\}$/],
		['wrappedInBodyString', /^\{"status":200,"body":"data:image[^"]+"\}$/],
		['rawBytes', /PNG/],
	] as const)('resultShape %s', async (resultShape, expected) => {
		const shaped = await startSandbox({ pictures: 'plain', resultShape });
		const response = await buy(shaped, path, body);
		const bytes = Buffer.from(await response.arrayBuffer());
		await shaped.close();
		expect(bytes.toString('latin1')).toMatch(expected);
	});

	it('maxBodyBytes refuses what is too large, before any invoice', async () => {
		const small = await startSandbox({ pictures: 'plain', maxBodyBytes: 10 });
		const response = await post(small, path, body);
		await small.close();
		expect([response.status, small.ledger.length]).toEqual([413, 0]);
	});
});

describe('planned faults', () => {
	it('strike in order, as often as told, where they match', async () => {
		const other = JSON.stringify({ image: 'AAAA' });
		sandbox.faults.push({
			at: 'ask',
			fault: { kind: 'status', status: 503 },
			times: 2,
			match: (subject) => subject.body.toString() === other,
		});
		sandbox.faults.push({ at: 'ask', fault: { kind: 'status', status: 404 } });
		expect(sandbox.faults.left).toBe(3);
		const statuses: number[] = [];
		for (const sent of [body, other, other, body, other]) {
			statuses.push((await post(sandbox, path, sent)).status);
		}
		expect(statuses).toEqual([404, 503, 503, 402, 402]);
		expect(sandbox.faults.left).toBe(0);
	});

	it('can be taken back', async () => {
		sandbox.faults.push({ at: 'ask', fault: { kind: 'cut' }, times: Infinity });
		sandbox.faults.clear();
		expect((await post(sandbox, path, body)).status).toBe(402);
	});
});

describe('named faults', () => {
	it('stand in a header, in the query or in front of the path', async () => {
		const byQuery = await post(sandbox, `${path}?fault=ask:status=418`, body);
		const byPath = await post(sandbox, `/fault/ask:status=418${path}`, body);
		expect([byQuery.status, byPath.status]).toEqual([418, 418]);
	});

	it('that do not exist are answered with those that do', async () => {
		for (const text of ['ask:nonsense', 'nowhere:cut', 'ask:status', 'cut']) {
			const response = await post(sandbox, path, body, { 'x-sandbox-fault': text });
			expect(response.status).toBe(400);
			expect(await response.text()).toContain('redeem: cutBeforeReading cut hang status');
		}
	});
});
