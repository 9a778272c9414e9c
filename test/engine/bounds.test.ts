import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { collectGarbage } from '../../bench/timing/garbage';
import { times } from '../depth';
import { endless, standInFront, type Passed } from './inFront';
import { CONTINUE, inScene } from './scene';
import { reportOf } from './outcome';
import { withService } from './withService';

const MB = 1024 * 1024;
/** Of a test with a body that nobody needs. */
const MOST_MB = times(100, 60);

/** The bytes that buffers hold, those included that wait for the garbage collector: what was unpacked once is seen. */
const inBuffers = () => process.memoryUsage().arrayBuffers;
const inAll = () => inBuffers() + process.memoryUsage().heapUsed;

/** The most that was held while `work` went on, above what was held before. */
async function peakOf(held: () => number, work: () => Promise<void>): Promise<number> {
	collectGarbage();
	const before = held();
	let peak = before;
	const look = setInterval(() => (peak = Math.max(peak, held())), 2);
	try {
		await work();
	} finally {
		clearInterval(look);
	}
	return Math.max(peak, held()) - before;
}

/** Twice the memory that a test allows. */
const unpacked = Buffer.alloc(2 * MOST_MB * MB, 0x20);
const gzipBomb = gzipSync(unpacked);
const BOMBS = [
	['gzip', gzipBomb],
	['deflate', deflateSync(unpacked)],
	// Its usual quality takes ten times as long for the same.
	['br', brotliCompressSync(unpacked, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })],
] as const;

describe('a body that nobody needs', () => {
	test.each(BOMBS)('is not unpacked beside a 402, in %s', async (encoding, bomb) => {
		await withService(
			({ status, headers }) =>
				status === 402
					? {
							status,
							headers: { ...onlyChallenge(headers), 'content-encoding': encoding },
							body: bomb,
						}
					: undefined,
			async (scene, baseUrl) => {
				const peak = await peakOf(inBuffers, async () => {
					const { items } = await scene.run({ options: { baseUrl } });
					expect(items[0]?.json.payment).toMatchObject({ status: 'paid' });
				});
				expect(peak).toBeLessThan(MOST_MB * MB);
			},
		);
	});

	test.each([500, 404])('is not unpacked beside a refusal with %s', async (status) => {
		await withService(
			() => ({ status, headers: { 'content-encoding': 'gzip' }, body: gzipBomb }),
			async (scene, baseUrl) => {
				const peak = await peakOf(inBuffers, async () => {
					const failure = await scene.failure({ options: { baseUrl, requestTimeout: 6 } });
					expect(failure).toMatchObject({ code: 'SERVICE_ERROR', service: { statusCode: status } });
				});
				expect(peak).toBeLessThan(MOST_MB * MB);
			},
		);
	});
});

describe('a picture of more than 256 MB', () => {
	const piece = Buffer.alloc(MB, 0x41);

	it('behind a link is left, with the link kept', async () => {
		const sent = { bytes: 0 };
		await withService(
			({ path, hasProof, headers, status }) => {
				if (path === '/huge') return { status: 200, body: endless(piece, sent) };
				if (!hasProof) return undefined;
				expect({ status, headers }).toMatchObject({ status: 200 });
				return { status: 200, body: JSON.stringify({ image_url: '/huge' }) };
			},
			async (scene, baseUrl) => {
				const failure = await scene.failure({ options: { baseUrl, requestTimeout: 50 } });
				expect(failure).toMatchObject({
					code: 'REDEEM_FAILED',
					spent: 'yes',
					imageUrl: `${baseUrl}/huge`,
				});
				expect(failure.message).toMatch(/larger than 256 MB/);
				expect(failure.payment?.preimage).toBeDefined();
				expect(sent.bytes).toBeLessThan(280 * MB);
			},
		);
	});

	it('in the answer itself is left, and told', async () => {
		const sent = { bytes: 0 };
		await withService(
			({ hasProof }) => (hasProof ? { status: 200, body: endless(piece, sent) } : undefined),
			async (scene, baseUrl) => {
				const failure = await scene.failure({ options: { baseUrl, requestTimeout: 50 } });
				expect(failure).toMatchObject({ code: 'RESULT_INVALID', spent: 'yes' });
				expect(failure.message).toMatch(/larger than 256 MB/);
				expect(failure.payment?.preimage).toBeDefined();
				expect(sent.bytes).toBeLessThan(280 * MB);
			},
		);
	});

	it('that says its size is not read at all', async () => {
		const sent = { bytes: 0 };
		await withService(
			({ hasProof }) =>
				hasProof
					? { status: 200, headers: { 'content-length': 300 * MB }, body: endless(piece, sent) }
					: undefined,
			async (scene, baseUrl) => {
				const failure = await scene.failure({ options: { baseUrl } });
				expect(failure.message).toMatch(/larger than 256 MB/);
				expect(sent.bytes).toBeLessThan(20 * MB);
			},
		);
	});

	it('from the URL of an input is left too', async () => {
		const sent = { bytes: 0 };
		await withService(
			({ path }) => (path === '/photo' ? { status: 200, body: endless(piece, sent) } : undefined),
			async (scene, baseUrl) => {
				const failure = await scene.failure({
					parameters: { imageSource: 'url', imageUrl: `${baseUrl}/photo` },
				});
				expect(failure).toMatchObject({ code: 'INPUT_INVALID', spent: 'no' });
				expect(failure.message).toMatch(/larger than 256 MB/);
				expect(sent.bytes).toBeLessThan(280 * MB);
				expect(scene.payCalls).toEqual([]);
			},
		);
	});
});

describe('an answer made of a million parts', () => {
	it('is not parsed, and what was paid is told', async () => {
		const body = `[${'{},'.repeat(20_000_000)}{}]`;
		await withService(
			({ hasProof }) => (hasProof ? { status: 200, body } : undefined),
			async (scene, baseUrl) => {
				const peak = await peakOf(inAll, async () => {
					const failure = await scene.failure({ options: { baseUrl } });
					expect(failure).toMatchObject({ code: 'RESULT_INVALID', spent: 'yes' });
				});
				// Its parts alone would take twice as much.
				expect(peak).toBeLessThan(600 * MB);
			},
		);
	});
});

describe('words of a third host', () => {
	const secret = 'root:x:0:0 internal address';
	test.each([
		['at once', '{inner}/x', 403],
		['by a redirect of the service', '/hop', 403],
		['by a job that failed', '{inner}/x', 200],
		['by a redirect to a job that failed', '/hop', 200],
	])('come no further than their status: %s', async (_how, link, status) => {
		const body = JSON.stringify({ status: 'failed', error: secret, error_code: secret });
		await inScene({}, async (scene) => {
			const third = await standInFront(scene.sandbox.serviceUrl, () => ({ status, body }));
			const front = await standInFront(scene.sandbox.serviceUrl, ({ path, hasProof }) => {
				if (path === '/hop') {
					return { status: 302, headers: { location: `${third.url}/x` }, body: '' };
				}
				const imageUrl = link.replace('{inner}', third.url);
				return hasProof
					? { status: 200, body: JSON.stringify({ image_url: imageUrl }) }
					: undefined;
			});
			const { items } = await scene.run({
				options: { baseUrl: front.url, requestTimeout: 2 },
				settings: CONTINUE,
			});
			await front.close();
			await third.close();
			expect(reportOf(items[0])).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
			expect(JSON.stringify(items)).not.toContain('internal address');
		});
	});
});

describe('a wallet', () => {
	it('whose answer has more than a megabyte has given none', async () => {
		const sent = { bytes: 0 };
		await inScene({}, async (scene) => {
			const front = await standInFront(scene.sandbox.walletUrl, ({ method, path }) =>
				method === 'POST' && path === '/api/v1/payments'
					? { status: 201, body: endless(Buffer.alloc(MB, 0x20), sent) }
					: undefined,
			);
			const { items } = await scene.run({ credential: { url: front.url } });
			await front.close();
			// It has paid all the same, and the look-up says so.
			expect(items[0]?.json.payment).toMatchObject({ status: 'paid' });
			expect(sent.bytes).toBeLessThan(20 * MB);
		});
	});
});

function onlyChallenge(headers: Passed['headers']) {
	return { 'www-authenticate': headers['www-authenticate'] };
}
