import type { Sandbox } from '../../sandbox/startSandbox';
import { invoiceIn, isSilent, paths, payFor, post } from './buyer';
import { openSandbox } from './openSandbox';

const path = paths.colorizeImage;
const body = JSON.stringify({ image: Buffer.from('no real picture').toString('base64') });

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await openSandbox({ pictures: 'plain' });
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
				() =>
					used ? sandbox.ledger.at(-1)?.usedAt !== null : sandbox.requests.at(-1)?.fault === kind,
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
