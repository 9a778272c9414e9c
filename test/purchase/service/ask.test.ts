import { askForOffer } from '../../../nodes/Sats4Ai/purchase/service/ask';
import { PICTURE } from '../../model/simulatedService';
import { answer, Bench, delivered, lost, orderOf, REQUEST_MS } from '../bench';
import { NOW } from '../openPurchases';

const order = orderOf();
const renamed = { ...order, newerName: 'image-generate' };
const NEWER = 'https://service.example/api/l402/image-generate';
const ask = async (bench: Bench, what = order) =>
	await bench.run(async () => await askForOffer(what, REQUEST_MS, bench.ports));
const urls = (bench: Bench) => bench.requests.map(({ url }) => url);

describe('a 402 with a challenge', () => {
	it('is an offer', async () => {
		const bench = new Bench();
		const { item } = await ask(bench);
		const header = bench.offer().headers['www-authenticate'];
		expect(item).toEqual({ status: 'offer', header, order });
	});

	it('alone is one', async () => {
		const bench = new Bench();
		const { headers } = bench.offer();
		bench.says.ask = [answer(401, 'no', headers)];
		expect((await ask(bench)).report).toEqual({
			code: 'SERVICE_ERROR',
			spent: 'no',
			message: 'The service refused the request: 401: no',
			hint: 'Nothing was paid. Correct the request if the service says so, or run again later.',
			service: { statusCode: 401, errorCode: null, message: 'no', refund: null },
		});
	});

	it('that was lost on the way says so', async () => {
		const bench = new Bench();
		bench.says.ask = [answer(402, 'pay')];
		expect((await ask(bench)).report).toEqual({
			code: 'CHALLENGE_INVALID',
			spent: 'no',
			message:
				'The service asked for payment in a form that cannot be read: the header WWW-Authenticate is missing. Its answer says: 402: pay',
			hint: "Nothing was paid. A proxy between n8n and the service may have taken the header: check 'Base URL' and what is in the way.",
		});
	});
});

describe('a service that does not sell', () => {
	it.each([
		[answer(500, 'oops'), 'The service broke down: 500: oops'],
		[answer(499, 'no'), 'The service refused the request: 499: no'],
		[answer(199, 'no'), 'The service refused the request: 199: no'],
		[
			answer(300, 'no'),
			'The service refused the request: 300: no; it redirects, and does not say where to',
		],
		[lost, 'The service did not answer: reset'],
		[answer(413, 'limit'), 'The picture is too large for the service: 0.1 MB were sent (limit)'],
	])('%j', async (said, message) => {
		const bench = new Bench();
		bench.says.ask = [said];
		expect((await ask(bench)).report).toMatchObject({ code: 'SERVICE_ERROR', message });
	});

	it('may say what to do', async () => {
		const bench = new Bench();
		bench.says.ask = [answer(400, { error: 'no', suggestion: 'another model' })];
		expect((await ask(bench)).report?.hint).toBe(
			'Nothing was paid. The service suggests: another model',
		);
	});

	it.each([
		[429, 3],
		[502, 3],
		[503, 3],
		[504, 3],
		[500, 1],
		[404, 1],
		[401, 1],
	])('with status %d is asked %d times', async (status, times) => {
		const bench = new Bench();
		bench.says.ask = [answer(status)];
		await ask(bench);
		expect(bench.requests).toHaveLength(times);
	});

	it('is asked again where it was silent, and not beyond what Retry-After allows', async () => {
		const bench = new Bench();
		bench.says.ask = [lost, bench.offer()];
		expect((await ask(bench)).item?.status).toBe('offer');
		const patient = new Bench();
		patient.says.ask = [answer(503, '', { 'retry-after': '120' }), patient.offer()];
		expect((await ask(patient)).report?.code).toBe('SERVICE_ERROR');
		expect(patient.time.now).toBe(NOW);
	});
});

describe('a stopped run', () => {
	it('asks for nothing', async () => {
		const bench = new Bench();
		bench.time.stop();
		expect((await ask(bench)).report?.code).toBe('CANCELLED');
		expect(bench.requests).toEqual([]);
	});

	it('does not go on with what was offered meanwhile', async () => {
		const bench = new Bench();
		const service = {
			...bench.ports.service,
			ask: async () => {
				bench.time.stop();
				return await Promise.resolve(bench.offer());
			},
		};
		const shop = { ...bench.ports, service };
		const { report } = await bench.run(async () => await askForOffer(order, REQUEST_MS, shop));
		expect(report?.code).toBe('CANCELLED');
	});

	it('does not ask by the newer name either', async () => {
		const bench = new Bench();
		let asked = 0;
		const service = {
			...bench.ports.service,
			ask: async () => {
				asked += 1;
				bench.time.stop();
				return await Promise.resolve(answer(404));
			},
		};
		const shop = { ...bench.ports, service };
		await bench.run(async () => await askForOffer(renamed, REQUEST_MS, shop));
		expect(asked).toBe(1);
	});
});

describe('an endpoint that is gone', () => {
	it('is asked for by its newer name', async () => {
		const bench = new Bench();
		bench.says.ask = [answer(410), bench.offer()];
		const { item } = await ask(bench, renamed);
		expect(item).toMatchObject({ status: 'offer', order: { ...renamed, isByNewerName: true } });
		expect(urls(bench)).toEqual([order.url, NEWER]);
	});

	it.each([[answer(404, 'newer is gone')], [lost]])(
		'under both names is told in the first words: %j',
		async (second) => {
			const bench = new Bench();
			bench.says.ask = [answer(404, 'first is gone'), second];
			const { report } = await ask(bench, renamed);
			expect(report?.message).toBe('The service refused the request: 404: first is gone');
		},
	);

	it('is told in the words of the newer name where that is served', async () => {
		const bench = new Bench();
		bench.says.ask = [answer(404, 'first is gone'), answer(400, 'no such model')];
		const { report } = await ask(bench, renamed);
		expect(report?.message).toBe('The service refused the request: 400: no such model');
	});
});

describe('a picture for nothing', () => {
	it('is taken', async () => {
		const bench = new Bench();
		bench.says.ask = [delivered];
		const { item } = await ask(bench);
		expect(item).toMatchObject({ status: 'notCharged', picture: { bytes: PICTURE } });
	});

	const NONE = 'The service answered without asking for payment, but sent no picture';
	const hint = "Nothing was owed or paid. Run again, with 'Skip Dedup' if it stays.";
	const link = 'https://service.example/p.png';
	it.each([
		[answer(200, ''), [lost], 'the answer is empty', {}],
		[
			answer(299, 'just some words'),
			[lost],
			'the answer is no picture; it says: just some words',
			{
				service: expect.objectContaining({ message: 'just some words' }),
			},
		],
		[answer(200, PICTURE.subarray(0, 40)), [lost], 'its end is missing', {}],
		[
			answer(200, { image_url: link }),
			[answer(404, 'gone')],
			'404: gone',
			{
				imageUrl: link,
				service: expect.objectContaining({ statusCode: 404 }),
			},
		],
		[
			answer(200, { status: 'failed', error: 'no luck' }),
			[lost],
			'200: no luck',
			{
				service: expect.objectContaining({ message: 'no luck' }),
			},
		],
	])('that is none: %j', async (said, links, reason, more) => {
		const bench = new Bench();
		bench.says.ask = [said];
		bench.says.link = links;
		expect((await ask(bench)).report).toEqual({
			code: 'RESULT_INVALID',
			spent: 'no',
			message: `${NONE}: ${reason}`,
			hint,
			...more,
		});
	});
});
