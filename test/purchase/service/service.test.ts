import type { Http, HttpOutcome, HttpRequest } from '../../../nodes/Sats4Ai/l402/http';
import type { Order } from '../../../nodes/Sats4Ai/purchase/service/order';
import { serviceOver } from '../../../nodes/Sats4Ai/purchase/service/service';
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

	test('sends the same bytes each time', async () => {
		const { requests } = await redeem([offer(503), answer(200)]);
		expect(requests.map(({ body }) => body)).toEqual([order.body, order.body]);
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
