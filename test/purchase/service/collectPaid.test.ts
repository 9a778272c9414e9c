import type { HttpOutcome } from '../../../nodes/Sats4Ai/l402/http';
import { collectPaid } from '../../../nodes/Sats4Ai/purchase/service/collectPaid';
import { PICTURE } from '../../model/simulatedService';
import { answer, Bench, delivered, lost, orderOf, TOKEN } from '../bench';
import { NOW } from '../openPurchases';

const TIME_MS = 120_000;
const LINK = 'https://service.example/p.png';
const cut = answer(200, PICTURE.subarray(0, 50));
const order = orderOf();
const renamed = { ...order, newerName: 'image-generate' };
const NEWER = 'https://service.example/api/l402/image-generate';

interface Setting {
	readonly what?: typeof order & { newerName?: string };
	readonly link?: string | null;
	readonly timeMs?: number;
	readonly unprovenUntilAt?: number;
}

async function collect(bench: Bench, redeems: HttpOutcome[], setting: Setting = {}) {
	const { what = order, link = null, timeMs = TIME_MS, unprovenUntilAt } = setting;
	bench.says.redeem = redeems;
	const proof = { scheme: 'L402', token: TOKEN, preimage: '11'.repeat(32) } as const;
	const heard: string[] = [];
	const collected = await bench.time.runUntil(
		collectPaid(what, proof, link, NOW + timeMs, bench.ports, {
			onLink: (url) => heard.push(url),
			onRefusal: () => heard.push('refusal'),
			...(unprovenUntilAt === undefined ? {} : { unprovenUntilAt }),
		}),
	);
	return { collected, heard, sent: bench.sent, tookMs: bench.time.now - NOW };
}

describe('a proof of payment', () => {
	it('brings the picture', async () => {
		const { collected, heard } = await collect(new Bench(), [delivered]);
		expect(collected).toMatchObject({ status: 'picture', isCut: false });
		expect(heard).toEqual([]);
	});

	it('brings a link, which is told at once', async () => {
		const { heard, sent } = await collect(new Bench(), [answer(200, { image_url: LINK })]);
		expect([heard, sent]).toEqual([[LINK], ['proof', LINK]]);
	});

	it.each([
		[answer(409, 'used'), '409: used', true],
		[answer(401, 'no'), '401: no', true],
		[answer(402, 'no'), '402: no', true],
		[answer(503, 'busy'), '503: busy', false],
		[
			answer(413, 'limit'),
			'The picture is too large for the service: 0.1 MB were sent (limit)',
			true,
		],
		[lost, 'reset', false],
	])('that is answered by %j is unserved', async (said, words, isRefusal) => {
		const { collected, heard } = await collect(new Bench(), [said]);
		expect(collected).toEqual({ status: 'unserved', outcome: said, said: words });
		expect(heard).toEqual(isRefusal ? ['refusal'] : []);
	});

	it('is refused by the offer of a refund, whatever the status', async () => {
		const said = answer(503, { error: 'no', refund: { refund_amount: 5 } });
		const { heard, sent } = await collect(new Bench(), [said]);
		expect(heard).toEqual(['refusal']);
		expect(sent).toHaveLength(3);
	});

	it.each([
		[answer(200, { status: 'failed', error: 'no luck' }), 'failed'],
		[answer(200, 'garbage'), 'none'],
	])('that brings no picture is a refusal: %j', async (said, status) => {
		const { collected, heard } = await collect(new Bench(), [said]);
		expect(collected.status).toBe(status);
		expect(heard).toEqual(['refusal']);
	});

	it('whose link cannot be fetched is none', async () => {
		const bench = new Bench();
		bench.says.link = [answer(404)];
		const { collected, heard } = await collect(bench, [answer(200, { image_url: LINK })]);
		expect(collected.status).toBe('unreachable');
		expect(heard).toEqual([LINK]);
	});

	it('is believed for as long as it is told, and to the deadline otherwise', async () => {
		const short = await collect(new Bench(), [answer(402)], { unprovenUntilAt: NOW + 5_000 });
		expect(short.tookMs).toBeLessThan(5_000);
		const long = await collect(new Bench(), [answer(402)]);
		expect(long.tookMs).toBeGreaterThan(100_000);
	});
});

describe('a link of an earlier try', () => {
	it('goes before the proof', async () => {
		const { collected, sent } = await collect(new Bench(), [delivered], { link: LINK });
		expect([collected.status, sent]).toEqual(['picture', [LINK]]);
	});

	it('that leads nowhere is followed by the proof, which has half of the time', async () => {
		const bench = new Bench();
		bench.says.link = [answer(200, { status: 'running' })];
		const { collected, sent, tookMs } = await collect(bench, [delivered], { link: LINK });
		expect(collected.status).toBe('picture');
		expect(sent.at(-1)).toBe('proof');
		expect(tookMs).toBeGreaterThan(TIME_MS / 2 - 5_001);
		expect(tookMs).toBeLessThan(TIME_MS / 2);
	});

	it('is told where the proof is not served any more', async () => {
		const bench = new Bench();
		bench.says.link = [answer(404, 'gone')];
		const { collected, heard } = await collect(bench, [answer(409, 'used')], { link: LINK });
		expect(collected).toMatchObject({ status: 'unreachable', imageUrl: LINK });
		expect(heard).toEqual(['refusal']);
	});
});

describe('a picture whose end is missing', () => {
	it('is asked for again, twice, with pauses', async () => {
		const { collected, sent, tookMs } = await collect(new Bench(), [cut, cut, delivered]);
		expect(collected).toMatchObject({ status: 'picture', isCut: false });
		expect([sent.length, tookMs]).toEqual([3, 750]);
		const never = await collect(new Bench(), [cut]);
		expect(never.collected).toMatchObject({ status: 'picture', isCut: true });
		expect([never.sent.length, never.heard]).toEqual([3, []]);
	});

	it('stays in hand where the proof is used up', async () => {
		const bench = new Bench();
		const { collected, sent, tookMs } = await collect(bench, [cut, answer(402, 'used'), delivered]);
		expect(collected).toMatchObject({ status: 'picture', isCut: true });
		expect([sent.length, tookMs]).toEqual([2, 250]);
	});

	it('stays in hand where what comes then is none', async () => {
		const { collected, sent } = await collect(new Bench(), [
			cut,
			answer(200, 'garbage'),
			delivered,
		]);
		expect(collected).toMatchObject({ status: 'picture', isCut: false });
		expect(sent).toHaveLength(3);
	});

	it('is waited for five seconds each time', async () => {
		const bench = new Bench();
		const { tookMs, collected } = await collect(bench, [cut, answer(503, 'busy')]);
		expect(collected).toMatchObject({ isCut: true });
		expect(tookMs).toBeGreaterThan(1_000);
		expect(tookMs).toBeLessThan(5_251);
		expect(bench.requests[1]?.timeoutMs).toBe(2_500);
	});

	it('is not asked for again without time, or in a stopped run', async () => {
		expect((await collect(new Bench(), [cut], { timeMs: 250 })).sent).toHaveLength(1);
		expect((await collect(new Bench(), [cut, delivered], { timeMs: 251 })).sent).toHaveLength(2);
		const bench = new Bench();
		bench.time.stop();
		expect((await collect(bench, [cut])).sent).toHaveLength(1);
	});

	it('behind a link is fetched again, and not asked for', async () => {
		const bench = new Bench();
		bench.says.link = [cut];
		const { sent, collected } = await collect(bench, [answer(200, { image_url: LINK })]);
		expect(collected).toMatchObject({ status: 'picture', isCut: true });
		expect(sent.filter((each) => each === 'proof')).toHaveLength(1);
	});

	it('goes by the name that took the proof', async () => {
		const bench = new Bench();
		await collect(bench, [answer(404), cut, delivered], { what: renamed });
		expect(bench.requests.map(({ url }) => url)).toEqual([order.url, NEWER, NEWER]);
	});
});

describe('an endpoint that is gone since', () => {
	it('takes the proof by its newer name', async () => {
		const { collected } = await collect(new Bench(), [answer(404), delivered], { what: renamed });
		expect(collected.status).toBe('picture');
	});

	it.each([[answer(410, 'too')], [lost]])(
		'under both names is told as the first: %j',
		async (second) => {
			const bench = new Bench();
			const { collected } = await collect(bench, [answer(404, 'gone'), second], { what: renamed });
			expect(collected).toMatchObject({ status: 'unserved', said: '404: gone' });
		},
	);

	it('that offers the money back is not asked by another name', async () => {
		const said = answer(404, { error: 'gone', refund: { refund_amount: 5 } });
		const { sent } = await collect(new Bench(), [said, delivered], { what: renamed });
		expect(sent).toHaveLength(1);
	});
});
