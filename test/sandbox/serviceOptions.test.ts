import { buy, paths, payFor, post, until } from './buyer';
import { openSandbox } from './openSandbox';

const path = paths.colorizeImage;
const body = JSON.stringify({ image: Buffer.from('no real picture').toString('base64') });

describe('options of the service', () => {
	it('allowReplay gives the same picture again', async () => {
		const replaying = await openSandbox({ pictures: 'plain', allowReplay: true });
		const { authorization } = await payFor(replaying, path, body);
		replaying.faults.push({ at: 'redeem', fault: { kind: 'cutAfter' } });
		await expect(post(replaying, path, body, { authorization })).rejects.toThrow();
		const answers = [1, 2].map(
			async () => await (await post(replaying, path, body, { authorization })).json(),
		);
		const [first, second] = await Promise.all(answers);
		expect(first).toEqual({ image_url: expect.any(String) });
		expect(second).toEqual(first);
	});

	it('replaySeconds says for how long', async () => {
		let now = Date.now();
		const clock = () => now;
		const settings = { allowReplay: true, replaySeconds: 90, clock };
		const patient = await openSandbox({ pictures: 'plain', ...settings });
		const { authorization } = await payFor(patient, path, body);
		const statuses: number[] = [];
		for (const waitMs of [0, 89_000, 2_000]) {
			now += waitMs;
			// Another one in between: what is too old is forgotten then, and no more.
			await (await buy(patient, path, body)).arrayBuffer();
			statuses.push((await post(patient, path, body, { authorization })).status);
		}
		expect(statuses).toEqual([200, 200, 401]);
	});

	it('dedup answers an identical body for nothing, unless told not to', async () => {
		const deduping = await openSandbox({ pictures: 'plain', dedup: true });
		await (await buy(deduping, path, body)).arrayBuffer();
		const again = await post(deduping, path, body);
		const bypass = await post(deduping, path, body, { 'x-no-cache': '1' });
		expect([again.status, again.headers.get('x-dedup')]).toEqual([200, 'hit']);
		expect(bypass.status).toBe(402);
	});

	it('challenge words the offer as other servers do', async () => {
		const headerWith = async (challenge: Parameters<typeof openSandbox>[0]) => {
			const other = await openSandbox({ pictures: 'plain', ...challenge });
			const response = await post(other, path, body);
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
		const shaped = await openSandbox({ pictures: 'plain', resultShape });
		const response = await buy(shaped, path, body);
		const bytes = Buffer.from(await response.arrayBuffer());
		expect(bytes.toString('latin1')).toMatch(expected);
	});

	it('processingDelayMs: a client that leaves meanwhile has used its payment up', async () => {
		const slow = await openSandbox({ pictures: 'plain', processingDelayMs: 400 });
		const { authorization } = await payFor(slow, path, body);
		const client = new AbortController();
		const request = fetch(`${slow.serviceUrl}${path}`, {
			method: 'POST',
			headers: { authorization },
			body,
			signal: client.signal,
		});
		const end = expect(request).rejects.toThrow();
		await until(() => slow.requests.length === 2);
		client.abort();
		await end;
		const again = await post(slow, path, body, { authorization });
		expect(again.headers.get('x-error-code')).toBe('PAYMENT_ALREADY_USED');
		expect(slow.ledger[0]).toMatchObject({ usedAt: expect.any(Number), deliveredAt: null });
	});

	it('maxBodyBytes refuses what is too large, before any invoice', async () => {
		const small = await openSandbox({ pictures: 'plain', maxBodyBytes: 10 });
		const response = await post(small, path, body);
		expect([response.status, small.ledger.length]).toEqual([413, 0]);
	});
});
