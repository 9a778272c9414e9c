import type { LinkFault, RedeemFault } from '../../sandbox/faults';
import { outputBytes, serialOf } from './outcome';
import { inScene, type Scene } from './scene';

/** One payment, and the picture it was for, out of a run that met trouble. */
async function expectPicture(scene: Scene, call: Parameters<Scene['run']>[0] = {}): Promise<void> {
	const { items, error } = await scene.run(call);
	expect(error).toBeUndefined();
	expect(serialOf(items[0])).toBe(1);
	expect(scene.sandbox.ledger.filter(({ fault }) => fault === null).length).toBeGreaterThan(0);
	expect(scene.payCalls).toHaveLength(1);
	expect(scene.spentMsat).toBe(5_000);
}

const passing: ReadonlyArray<[string, RedeemFault]> = [
	['401', { kind: 'status', status: 401 }],
	['402', { kind: 'status', status: 402 }],
	['402 with the same challenge', { kind: 'status', status: 402, challenge: 'same' }],
	['402 with a fresh challenge', { kind: 'status', status: 402, challenge: 'fresh' }],
	['408', { kind: 'status', status: 408 }],
	['425', { kind: 'status', status: 425 }],
	['429', { kind: 'status', status: 429 }],
	['500', { kind: 'status', status: 500 }],
	['502', { kind: 'status', status: 502 }],
	['503', { kind: 'status', status: 503 }],
	['504', { kind: 'status', status: 504 }],
	['a cut connection', { kind: 'cut' }],
	['a connection cut at once', { kind: 'cutBeforeReading' }],
	['silence', { kind: 'hang' }],
];

describe('a paid request is sent again, the same to the last byte', () => {
	it.concurrent.each(passing)('after %s, twice', async (_name, fault) => {
		await inScene({}, async (scene) => {
			const times = fault.kind === 'hang' ? 1 : 2;
			scene.sandbox.faults.push({ at: 'redeem', fault, times });
			await expectPicture(scene, { options: { requestTimeout: 5 } });
			const redeems = scene.paidRequests(true);
			expect(redeems).toHaveLength(times + 1);
			const [ask] = scene.paidRequests(false);
			const authorization = redeems[0]?.headers.authorization;
			for (const redeem of redeems.filter(({ bodyBytes }) => bodyBytes > 0)) {
				expect(redeem.headers.authorization).toBe(authorization);
				expect(redeem.bodySha256).toBe(ask?.bodySha256);
			}
		});
	});

	it.concurrent.each([
		['in seconds', 2],
		['as a date', 'date'],
	] as const)('not before the service wants it: Retry-After %s', async (_name, retryAfter) => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status: 429, retryAfter } as const;
			scene.sandbox.faults.push({ at: 'redeem', fault });
			await expectPicture(scene, { options: { requestTimeout: 6 } });
			const [first, second] = scene.paidRequests(true);
			// A date has no fractions of a second.
			const leastMs = retryAfter === 'date' ? 1_000 : 2_000;
			expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(leastMs);
		});
	});

	it.concurrent('within its time, where the service wants it later than that', async () => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status: 503, retryAfter: 3_600 } as const;
			scene.sandbox.faults.push({ at: 'redeem', fault, times: 2 });
			await expectPicture(scene, { options: { requestTimeout: 6 } });
			expect(scene.paidRequests(true)).toHaveLength(3);
		});
	});

	it.concurrent('and answered after a while, though the wire broke meanwhile', async () => {
		await inScene({ allowReplay: true, processingDelayMs: 300 }, async (scene) => {
			scene.sandbox.faults.push({ at: 'redeem', fault: { kind: 'cutAfter' } });
			await expectPicture(scene);
		});
	});

	it.concurrent('whatever time limit n8n has for requests', async () => {
		await inScene({ processingDelayMs: 1_600 }, async (scene) => {
			const parameters = { requestOptions: { timeout: 1_000 } };
			await expectPicture(scene, { parameters, options: { requestTimeout: 8 } });
			expect(scene.paidRequests(true)).toHaveLength(1);
		});
	});

	it.concurrent('and has time to the end, though the answer trickles', async () => {
		await inScene({ resultShape: 'rawBytes' }, async (scene) => {
			const fault = { kind: 'slowDrip', pieces: 10, stepMs: 100 } as const;
			scene.sandbox.faults.push({ at: 'redeem', fault });
			await expectPicture(scene, { options: { requestTimeout: 5 } });
		});
	});
});

describe('the last word of the service', () => {
	it.concurrent.each([400, 403, 404, 409, 410, 413, 422, 451])('is %d', async (status) => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status, refund: true, message: 'No more' } as const;
			scene.sandbox.faults.push({ at: 'redeem', fault });
			const report = await scene.failure();
			expect(report).toMatchObject({
				code: 'REDEEM_FAILED',
				spent: 'yes',
				payment: { preimage: scene.sandbox.ledger[0]?.preimage },
				service: {
					statusCode: status,
					errorCode: 'L402_UPSTREAM_FAILED',
					refund: { refund_amount: 5, status: 'pending' },
				},
			});
			expect(report.message).toContain('No more');
			expect(report.hint).toContain('refund');
			expect(scene.paidRequests(true)).toHaveLength(1);
		});
	});
});

describe('a link to the picture', () => {
	it.concurrent(
		'that leads to half of it for ever gives that half, and says where from',
		async () => {
			await inScene({}, async (scene) => {
				const fault = { kind: 'truncatedImage' } as const;
				scene.sandbox.faults.push({ at: 'link', fault, times: Infinity });
				const { items, error } = await scene.run();
				expect(error).toBeUndefined();
				expect(items[0]?.json).toMatchObject({
					imageUrl: expect.stringContaining('/uploads/'),
					payment: { status: 'paid' },
				});
				expect(outputBytes(items[0]).length).toBe(items[0]?.json.fileSize);
				expect(scene.paidRequests(true)).toHaveLength(1);
			});
		},
	);

	const faults: ReadonlyArray<[string, LinkFault]> = [
		['is not there yet', { kind: 'status', status: 404 }],
		['is refused', { kind: 'status', status: 403 }],
		['fails', { kind: 'status', status: 503 }],
		['is cut', { kind: 'cut' }],
		['is silent', { kind: 'hang' }],
		['ends in the middle of the picture', { kind: 'truncatedImage' }],
	];
	it.concurrent.each(faults)(
		'that %s is fetched again, without the credential',
		async (_n, fault) => {
			await inScene({}, async (scene) => {
				scene.sandbox.faults.push({ at: 'link', fault });
				await expectPicture(scene, { options: { requestTimeout: 5 } });
				expect(scene.paidRequests(true)).toHaveLength(1);
				const fetched = scene.sandbox.requests.filter(({ path }) => path.startsWith('/uploads/'));
				expect(fetched).toHaveLength(2);
				for (const { headers } of fetched) expect(headers.authorization).toBeUndefined();
			});
		},
	);
});

describe('the first request', () => {
	it.concurrent.each([429, 502, 503, 504])('is sent again after %d', async (status) => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'ask', fault: { kind: 'status', status } });
			await expectPicture(scene);
			expect(scene.paidRequests(false)).toHaveLength(2);
		});
	});

	it.concurrent('is sent again where the connection was cut', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'ask', fault: { kind: 'cut' } });
			await expectPicture(scene);
		});
	});
});
