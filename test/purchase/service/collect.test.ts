import { collectLink, collectPicture } from '../../../nodes/Sats4Ai/purchase/service/collect';
import type { HttpOutcome } from '../../../nodes/Sats4Ai/l402/http';
import { fetchLink } from '../../../nodes/Sats4Ai/purchase/service/fetchLink';
import { PICTURE } from '../../model/simulatedService';
import { answer, Bench, delivered, lost } from '../bench';
import { NOW } from '../openPurchases';

const TIME_MS = 120_000;
const URL_OF_IT = 'https://service.example/p.png';
const CUT = PICTURE.subarray(0, 50);
const cut = answer(200, CUT);

async function collect(bench: Bench, body: Parameters<typeof answer>[1], change: object = {}) {
	const links: string[] = [];
	const collected = await bench.time.runUntil(
		collectPicture({ ...answer(200, body), ...change }, NOW + TIME_MS, bench.ports, (link) => {
			links.push(link);
		}),
	);
	return { collected, links };
}
async function fetch(bench: Bench, links: HttpOutcome[], timeMs = TIME_MS) {
	bench.says.link = links;
	return await bench.time.runUntil(collectLink(URL_OF_IT, NOW + timeMs, bench.ports));
}

describe('an answer', () => {
	it('that is a picture is one, whole or not', async () => {
		const bench = new Bench();
		const whole = await collect(bench, PICTURE);
		expect(whole).toEqual({
			collected: {
				status: 'picture',
				picture: {
					bytes: PICTURE,
					mimeType: 'image/png',
					extension: 'png',
					width: 1,
					height: 1,
					imageUrl: null,
				},
				isCut: false,
			},
			links: [],
		});
		expect((await collect(bench, CUT)).collected).toMatchObject({ status: 'picture', isCut: true });
		expect(bench.requests).toEqual([]);
	});

	it('with a link beside its bytes keeps both', async () => {
		const bench = new Bench();
		const body = { base64Image: PICTURE.toString('base64'), imageUrl: '/p.png' };
		const { collected, links } = await collect(bench, body);
		expect(collected).toMatchObject({ status: 'picture', picture: { imageUrl: URL_OF_IT } });
		expect(links).toEqual([]);
	});

	it('that is a link is fetched, and the link is known before', async () => {
		const bench = new Bench();
		const { collected, links } = await collect(bench, { image_url: '/p.png' });
		expect(collected).toMatchObject({ status: 'picture', picture: { imageUrl: URL_OF_IT } });
		expect([links, bench.sent]).toEqual([[URL_OF_IT], [URL_OF_IT]]);
	});

	it('that is a job is asked for until it is done', async () => {
		const bench = new Bench();
		const job = 'https://service.example/jobs/1';
		bench.says.link = [
			answer(200, { status: 'running' }),
			answer(200, { image_url: '/p.png' }),
			delivered,
		];
		const { collected, links } = await collect(bench, { poll_url: job });
		expect(collected).toMatchObject({ status: 'picture', picture: { imageUrl: URL_OF_IT } });
		expect([links, bench.sent]).toEqual([[job], [job, job, URL_OF_IT]]);
		expect(bench.time.now).toBe(NOW + 250);
	});

	const none = { status: 'none', words: null, imageUrl: null };
	it.each([
		['', {}, { ...none, reason: 'the answer is empty' }],
		[PICTURE, { isCut: true }, { ...none, reason: 'what came is larger than 256 MB' }],
		[{ status: 'queued' }, {}, { ...none, reason: 'the job has no address' }],
		[
			{ status: 'queued', message: 'wait' },
			{},
			{
				...none,
				reason: 'the job has no address; it says: wait',
				words: expect.objectContaining({ message: 'wait' }),
			},
		],
		[
			{ error_code: 'X' },
			{},
			{
				...none,
				reason: 'the answer holds no picture',
				words: expect.objectContaining({ errorCode: 'X' }),
			},
		],
		[
			{ status: 'failed', error: 'no luck' },
			{},
			{
				status: 'failed',
				words: { statusCode: 200, errorCode: null, message: 'no luck', refund: null },
				imageUrl: null,
			},
		],
	])('%j %j', async (body, change, expected) => {
		const { collected, links } = await collect(new Bench(), body, change);
		expect([collected, links]).toEqual([expected, []]);
	});
});

describe('a link', () => {
	it('leads to the picture, and is sent nothing', async () => {
		const bench = new Bench();
		expect(await fetch(bench, [delivered])).toMatchObject({ picture: { imageUrl: URL_OF_IT } });
		expect(bench.requests).toEqual([
			{
				method: 'GET',
				url: URL_OF_IT,
				headers: {},
				timeoutMs: TIME_MS / 2,
				maxBytes: 256 * 1024 * 1024,
				maxRefusalBytes: 64 * 1024,
				inPieces: true,
				followRedirects: false,
			},
		]);
	});

	it('may lead to another link, three times', async () => {
		const next = (number: number) => answer(200, { url: `https://service.example/${number}` });
		const bench = new Bench();
		expect(await fetch(bench, [next(1), next(2), next(3), delivered])).toMatchObject({
			picture: { imageUrl: 'https://service.example/3' },
		});
		expect(await fetch(new Bench(), [next(1), next(2), next(3), next(4), delivered])).toEqual({
			status: 'none',
			reason: 'what came is no picture',
			words: null,
			imageUrl: 'https://service.example/3',
		});
	});

	it.each([
		[answer(404, 'gone'), 5, { statusCode: 404, errorCode: null, message: 'gone', refund: null }],
		[answer(199), 1, { statusCode: 199, errorCode: null, message: null, refund: null }],
		[answer(300), 5, { statusCode: 300, errorCode: null, message: null, refund: null }],
		[lost, 5, { statusCode: null, errorCode: null, message: 'reset', refund: null }],
	])('that answers %j is tried %d times', async (said, times, words) => {
		const bench = new Bench();
		expect(await fetch(bench, [said])).toEqual({
			status: 'unreachable',
			imageUrl: URL_OF_IT,
			words,
		});
		expect(bench.requests).toHaveLength(times);
	});

	it('is fetched again within the time there is, however long it asks for', async () => {
		const busy = answer(503, '', { 'retry-after': '600' });
		expect(await fetch(new Bench(), [busy, delivered])).toMatchObject({ status: 'picture' });
	});

	it('that is too large is not taken', async () => {
		expect(await fetch(new Bench(), [{ ...delivered, isCut: true }])).toEqual({
			status: 'unreachable',
			imageUrl: URL_OF_IT,
			words: {
				statusCode: null,
				errorCode: null,
				message: 'it is larger than 256 MB',
				refund: null,
			},
		});
	});

	it('to a job that failed is told', async () => {
		expect(await fetch(new Bench(), [answer(200, { status: 'failed', error: 'no luck' })])).toEqual(
			{
				status: 'failed',
				words: { statusCode: 200, errorCode: null, message: 'no luck', refund: null },
				imageUrl: null,
			},
		);
	});

	it('to something else is no picture', async () => {
		expect(await fetch(new Bench(), [answer(200, { something: 'else' })])).toEqual({
			status: 'none',
			reason: 'what came is no picture',
			words: null,
			imageUrl: URL_OF_IT,
		});
	});

	it('that was taken on is asked for again', async () => {
		const bench = new Bench();
		expect(await fetch(bench, [answer(202, { something: 'else' }), delivered])).toMatchObject({
			status: 'picture',
		});
		expect(bench.time.now).toBe(NOW + 250);
	});

	it('to a job that does not end is given up at the deadline', async () => {
		const bench = new Bench();
		expect(await fetch(bench, [answer(200, { status: 'running' })], 10_000)).toEqual({
			status: 'unreachable',
			imageUrl: URL_OF_IT,
			words: {
				statusCode: null,
				errorCode: null,
				message: 'the job is still running',
				refund: null,
			},
		});
		expect(bench.time.now - NOW).toBe(250 + 500 + 1_000 + 2_000 + 4_000);
		const exact = new Bench();
		await fetch(exact, [answer(200, { status: 'running' })], 250);
		expect(exact.time.now).toBe(NOW);
		const long = new Bench();
		await fetch(long, [answer(200, { status: 'running' })], 18_000);
		expect(long.time.now - NOW).toBe(250 + 500 + 1_000 + 2_000 + 4_000 + 2 * 5_000);
	});

	it('to a job is given up in a stopped run', async () => {
		const bench = new Bench();
		bench.time.stop();
		await fetch(bench, [answer(200, { status: 'running' })]);
		expect([bench.requests.length, bench.time.now]).toEqual([1, NOW]);
	});

	it('to a picture whose end is missing is fetched again, four times', async () => {
		const bench = new Bench();
		expect(await fetch(bench, [cut, cut, delivered])).toMatchObject({ isCut: false });
		expect(bench.requests).toHaveLength(3);
		const never = new Bench();
		expect(await fetch(never, [cut])).toMatchObject({ status: 'picture', isCut: true });
		expect(never.requests).toHaveLength(5);
	});

	it.each([[answer(404)], [answer(200, { something: 'else' })], [answer(204)], [lost]])(
		'keeps the part that came before %j',
		async (later) => {
			expect(await fetch(new Bench(), [cut, later])).toMatchObject({
				status: 'picture',
				isCut: true,
				picture: { bytes: CUT },
			});
		},
	);

	it('keeps the part where time is up', async () => {
		expect(await fetch(new Bench(), [cut], 250)).toMatchObject({ isCut: true });
	});

	it.each([
		[answer(204), 204],
		[answer(200, ''), 200],
		[answer(200, 'x'), 200],
	])('that leads to nothing yet is told so: %j', async (said, statusCode) => {
		const bench = new Bench();
		expect(await fetch(bench, [said])).toEqual({
			status: 'unreachable',
			imageUrl: URL_OF_IT,
			words: { statusCode, errorCode: null, message: 'it leads to nothing yet', refund: null },
		});
		expect(bench.requests).toHaveLength(5);
		expect(await fetch(new Bench(), [said, delivered])).toMatchObject({ status: 'picture' });
	});

	it('tells nothing of what another host says', async () => {
		const moved = answer(302, '', { location: 'https://inner.example/' });
		const tries = Array.from({ length: 5 }, () => [moved, answer(404, 'inner secret')]).flat();
		expect(await fetch(new Bench(), tries)).toMatchObject({
			words: { statusCode: 404, message: null },
		});
	});
});

describe('redirects', () => {
	const follow = async (link: HttpOutcome[]) => {
		const bench = new Bench();
		const asked: string[] = [];
		const timeouts: number[] = [];
		const left = [...link];
		const fetched = await bench.time.runUntil(
			fetchLink(
				async ({ url, timeoutMs }) => {
					asked.push(url);
					timeouts.push(timeoutMs);
					await bench.time.pass(400, false);
					return (left.length > 1 ? left.shift() : left[0]) ?? lost;
				},
				bench.time.clock,
				URL_OF_IT,
				1_000,
			),
		);
		return { asked, timeouts, ...fetched };
	};
	const to = (location: string, status = 302) => answer(status, '', { location });

	it.each([301, 302, 303, 307, 308])(
		'with %d are followed, in the time of the first',
		async (status) => {
			const { asked, timeouts, url, outcome } = await follow([
				to('/next', status),
				to('http://other.example/', status),
				delivered,
			]);
			expect(asked).toEqual([URL_OF_IT, 'https://service.example/next', 'http://other.example/']);
			expect(timeouts).toEqual([1_000, 600, 200]);
			expect([url, outcome]).toEqual(['http://other.example/', delivered]);
		},
	);

	it('take no less than a millisecond each, and are ten at most', async () => {
		const { asked, timeouts } = await follow([to('/next')]);
		expect(asked).toHaveLength(11);
		expect(timeouts.slice(3)).toEqual(Array.from({ length: 8 }, () => 1));
	});

	it.each([
		[to('/next', 300)],
		[to('/next', 304)],
		[answer(302)],
		[to('http://[')],
		[to('ftp://a.example/')],
		[lost],
	])('are none in %j', async (said) => {
		expect(await follow([said])).toMatchObject({ asked: [URL_OF_IT], url: URL_OF_IT });
	});
});
