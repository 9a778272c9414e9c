import { gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { sampled } from '../depth';
import { standInFront, type Instead } from './inFront';
import { inScene } from './scene';

const MACAROON = `0201036c6e64${'5a'.repeat(60)}`;

function lndPayment(hash: string, status: string): string {
	return `${JSON.stringify({ result: { payment_hash: hash, status } })}\n`;
}

/** The hash that a look-up's path asks for. */
function hashIn(path: string): string {
	const [, encoded = ''] = /track\/([^?]+)/.exec(path) ?? [];
	return Buffer.from(encoded, 'base64url').toString('hex');
}

/** LND whose payment stays under way: its look-ups are streams that it never ends. */
async function runWithLnd(onPay: () => Instead) {
	const lookUps = new Set<ServerResponse>();
	let most = 0;
	let asked = 0;
	const outcome = { mostOpen: 0, asked: 0, leftOpen: 0, code: '' };
	await inScene({}, async (scene) => {
		const lnd = await standInFront(scene.sandbox.walletUrl, ({ path }) => {
			if (path === '/v2/router/send') return onPay();
			if (!path.startsWith('/v2/router/track/')) return undefined;
			return {
				status: 200,
				body: (response) => {
					asked += 1;
					lookUps.add(response);
					most = Math.max(most, lookUps.size);
					response.on('close', () => lookUps.delete(response));
					response.write(lndPayment(hashIn(path), 'IN_FLIGHT'));
				},
			};
		});
		const failure = await scene.failure({
			credential: { wallet: 'lnd', url: lnd.url, macaroon: MACAROON },
			options: { paymentTimeout: 3 },
		});
		for (let turns = 0; turns < 100 && lookUps.size > 0; turns += 1) {
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
		Object.assign(outcome, { mostOpen: most, asked, leftOpen: lookUps.size, code: failure.code });
		await lnd.close();
	});
	return outcome;
}

describe('LND', () => {
	it('is hung up on after the first line of a look-up', async () => {
		const outcome = await runWithLnd(() => ({ status: 502, body: '' }));
		expect(outcome).toMatchObject({ code: 'PAYMENT_UNKNOWN', mostOpen: 1, leftOpen: 0 });
		expect(outcome.asked).toBeGreaterThan(2);
	});

	const lines = [
		['line breaks', '\n'],
		['broken lines', '{\n'],
		['blanks and line breaks', ' \r\n'],
	] as const;

	it.each(sampled(lines, 3, 1))(
		'that answers with %s alone holds nobody up',
		async (_name, line) => {
			const packed = gzipSync(line.repeat(4_000_000));
			let longestMs = 0;
			let last = performance.now();
			const beat = setInterval(() => {
				longestMs = Math.max(longestMs, performance.now() - last);
				last = performance.now();
			}, 5);
			const outcome = await runWithLnd(() => ({
				status: 200,
				headers: { 'content-encoding': 'gzip' },
				body: packed,
			}));
			clearInterval(beat);
			expect(outcome).toMatchObject({ code: 'PAYMENT_UNKNOWN', leftOpen: 0 });
			expect(longestMs).toBeLessThan(2_000);
		},
	);
});
