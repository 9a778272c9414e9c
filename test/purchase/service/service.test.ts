import type { Http, HttpOutcome, HttpRequest } from '../../../nodes/Sats4Ai/l402/http';
import { BodyOfFile, type Order } from '../../../nodes/Sats4Ai/purchase/service/order';
import { isServed, isUnproven, serviceOver } from '../../../nodes/Sats4Ai/purchase/service/service';
import { VirtualTime } from '../../model/virtualTime';

const order: Order = {
	operation: 'colorizeImage',
	json: '{}',
	url: 'https://service.example/api/l402/colorize-image',
	body: Buffer.from('{}'),
	digest: '00'.repeat(32),
	itemIndex: 0,
	skipDedup: false,
};
const TIME_MS = 60_000;
const proof = { scheme: 'L402', token: 'AAAA', preimage: '11'.repeat(32) } as const;

function answer(status: number, body: object = {}): HttpOutcome {
	return { kind: 'answer', status, headers: {}, body: Buffer.from(JSON.stringify(body)) };
}

const offer = (status: number, chargeId = 'one') =>
	answer(status, { error: 'failed', refund: { charge_id: chargeId, refund_amount: 5 } });

/** Redeems against a service that gives these answers in turn, the last one for ever. */
async function redeem(answers: readonly HttpOutcome[]) {
	const time = new VirtualTime(Date.UTC(2026, 0));
	const { clock } = time;
	const left = [...answers];
	const requests: HttpRequest[] = [];
	const http: Http = async (request) => {
		requests.push(request);
		const [next = answer(404)] = left.length > 1 ? left.splice(0, 1) : left;
		return await Promise.resolve(next);
	};
	const service = serviceOver(http, clock, TIME_MS);
	const outcome = await time.runUntil(service.redeem(order, proof, clock.now() + TIME_MS));
	return { outcome, requests };
}

describe('a service that offers the money back', () => {
	test('and delivers after all is given the time to', async () => {
		const { outcome, requests } = await redeem([offer(503), offer(503), answer(200)]);
		expect(outcome).toEqual(answer(200));
		expect(requests).toHaveLength(3);
	});

	test('and then knows nothing of it is held to its offer', async () => {
		const { outcome, requests } = await redeem([offer(503), answer(409)]);
		expect(outcome).toEqual(offer(503));
		expect(requests).toHaveLength(2);
	});

	test('again and again is not pressed on', async () => {
		const { outcome, requests } = await redeem([offer(500, 'one'), offer(500, 'two')]);
		expect(outcome).toEqual(offer(500, 'two'));
		expect(requests).toHaveLength(3);
	});

	test.each([401, 402, 409, 422])('with status %i has refused for good', async (status) => {
		const { outcome, requests } = await redeem([offer(status), answer(200)]);
		expect(outcome).toEqual(offer(status));
		expect(requests).toHaveLength(1);
	});

	test('is asked within the time there is, however long it asks for', async () => {
		const busy: HttpOutcome = {
			kind: 'answer',
			status: 503,
			headers: { 'retry-after': '600' },
			body: Buffer.alloc(0),
		};
		const { outcome, requests } = await redeem([busy, answer(200)]);
		expect([outcome, requests.length]).toEqual([answer(200), 2]);
	});

	test('sends the same bytes each time', async () => {
		const { requests } = await redeem([offer(503), answer(200)]);
		expect(requests.map(({ body }) => body)).toEqual([order.body, order.body]);
	});
});

describe('a request', () => {
	const sent = async (what: Partial<Order>, isPaid: boolean) => {
		const time = new VirtualTime(Date.UTC(2026, 0));
		const requests: HttpRequest[] = [];
		const http: Http = async (request) => {
			requests.push(request);
			return await Promise.resolve(answer(200));
		};
		const service = serviceOver(http, time.clock, TIME_MS);
		const wanted = { ...order, ...what };
		const work = isPaid
			? service.redeem(wanted, proof, time.clock.elapsedMs() + TIME_MS)
			: service.ask(wanted);
		await time.runUntil(work);
		return requests[0];
	};
	const bounds = {
		maxBytes: 256 * 1024 * 1024,
		maxRefusalBytes: 8 * 1024 * 1024,
		inPieces: true,
	};

	test('without proof holds the order alone', async () => {
		expect(await sent({}, false)).toEqual({
			method: 'POST',
			url: order.url,
			headers: { 'Content-Type': 'application/json' },
			body: order.body,
			timeoutMs: TIME_MS / 2,
			...bounds,
		});
	});

	test('with proof goes where it is to go, past the cache if told so', async () => {
		const what = { newerName: 'colorize', isByNewerName: true, skipDedup: true } as const;
		expect(await sent(what, true)).toEqual({
			method: 'POST',
			url: 'https://service.example/api/l402/colorize',
			headers: {
				'Content-Type': 'application/json',
				'X-No-Cache': '1',
				Authorization: `L402 AAAA:${'11'.repeat(32)}`,
			},
			body: order.body,
			timeoutMs: TIME_MS / 2,
			...bounds,
		});
	});

	test('streams what is in a file', async () => {
		const body = new BodyOfFile('{}', {
			length: 1,
			read: async () => Buffer.alloc(1),
			open: async () => await Promise.reject(new Error('not opened here')),
		});
		const request = await sent({ body }, false);
		expect(request).toMatchObject({ streamedBody: body });
		expect(request).not.toHaveProperty('body');
	});
});

describe('a proof that is not taken', () => {
	test.each([
		[isUnproven, [401, 402], [400, 403]],
		[isServed, [200, 299], [199, 300]],
	])('is told by the status: %p', (tells, yes, no) => {
		expect(yes.map((status) => tells(answer(status)))).toEqual([true, true]);
		expect(no.map((status) => tells(answer(status)))).toEqual([false, false]);
		expect(tells({ kind: 'lost', reason: 'x' })).toBe(false);
	});

	test.each([408, 425, 429, 500, 503])('with status %i may be taken later', async (status) => {
		const { outcome, requests } = await redeem([answer(status), answer(200)]);
		expect([outcome, requests.length]).toEqual([answer(200), 2]);
	});

	test.each([429, 500])('with status %i and an offer is asked on, but not long', async (status) => {
		const { requests } = await redeem([offer(status)]);
		expect(requests).toHaveLength(3);
	});

	test('and a delivery after an offer is a delivery', async () => {
		const { outcome } = await redeem([offer(500), { kind: 'lost', reason: 'x' }, answer(200)]);
		expect(outcome).toEqual(answer(200));
	});
});

test('a picture that was delivered is not read as words', async () => {
	const picture = Buffer.alloc(100_000, 0x89);
	const read = jest.spyOn(picture, 'subarray');
	const delivered: HttpOutcome = { kind: 'answer', status: 200, headers: {}, body: picture };
	const { outcome, requests } = await redeem([delivered]);
	expect(outcome).toBe(delivered);
	expect(requests).toHaveLength(1);
	expect(read).not.toHaveBeenCalled();
});
