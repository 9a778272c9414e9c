import { thrownReport } from './outcome';
import { photos } from './photo';
import { CONTINUE, inScene, type Scene } from './scene';

/** Headers of all requests at the service and at the stranger: neither may see the wallet's key. */
function headersBesideWallet({ sandbox }: Scene): string {
	return JSON.stringify([...sandbox.requests, ...sandbox.stranger.requests]);
}

describe('the key of the wallet', () => {
	it.concurrent('goes to the wallet alone', async () => {
		await inScene({}, async (scene) => {
			await scene.run({ items: photos(3) });
			expect(headersBesideWallet(scene)).not.toContain(scene.sandbox.adminKey);
			for (const { headers } of scene.sandbox.wallet.requests) {
				expect(headers['x-api-key']).toBe(scene.sandbox.adminKey);
				expect(headers.authorization).toBeUndefined();
			}
		});
	});

	it.concurrent('is in nothing that n8n keeps or shows', async () => {
		await inScene({}, async (scene) => {
			const { run } = await scene.run({ items: photos(2) });
			expect(JSON.stringify(run)).not.toContain(scene.sandbox.adminKey);
		});
	});

	it.concurrent('is kept back even where the wallet echoes it', async () => {
		await inScene({}, async (scene) => {
			const { adminKey } = scene.sandbox;
			const message = `Who is ${adminKey}?`;
			for (const at of ['feeReserve', 'pay'] as const) {
				scene.sandbox.faults.push({ at, fault: { kind: 'status', status: 400, message } });
				const outcome = await scene.run({});
				expect(thrownReport(outcome).message).toContain('Who is');
				expect(JSON.stringify(outcome.run)).not.toContain(adminKey);
			}
		});
	});
});

describe('the proof of payment', () => {
	it.concurrent('goes to the endpoint alone: not to links, not to the wallet', async () => {
		await inScene({ resultShape: 'imageUrlAbsolute' }, async (scene) => {
			await scene.run({ items: photos(2) });
			for (const { path, headers } of scene.sandbox.requests) {
				if (path.startsWith('/uploads/')) expect(headers.authorization).toBeUndefined();
			}
			const { preimage } = scene.sandbox.ledger[0] ?? { preimage: '' };
			expect(JSON.stringify(scene.sandbox.wallet.requests)).not.toContain(preimage);
		});
	});

	it.concurrent('is not sent where it proves nothing', async () => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'preimage', preimage: 'wrong', onLookup: 'same' } as const;
			scene.sandbox.faults.push({ at: 'pay', fault });
			await scene.run({ settings: CONTINUE, options: { paymentTimeout: 1 } });
			expect(scene.paidRequests(true)).toEqual([]);
		});
	});
});

describe('a redirect', () => {
	it.concurrent.each(['ask', 'redeem', 'feeReserve', 'pay', 'lookup'] as const)(
		'at %s is not followed',
		async (at) => {
			await inScene({}, async (scene) => {
				if (at === 'lookup') scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'cutAfter' } });
				scene.sandbox.faults.push({ at, fault: { kind: 'redirect' } });
				await scene.run({ settings: CONTINUE, options: { paymentTimeout: 2 } });
				expect(scene.sandbox.stranger.requests).toEqual([]);
			});
		},
	);

	it.concurrent('of a link is followed, with nothing in hand', async () => {
		await inScene({}, async (scene) => {
			const picture = await scene.run({});
			const location = String(picture.items[0]?.json.imageUrl);
			scene.sandbox.faults.push({ at: 'link', fault: { kind: 'redirect', location } });
			const { items, error } = await scene.run({});
			expect(error).toBeUndefined();
			expect(items).toHaveLength(1);
			expect(headersBesideWallet(scene)).not.toContain(scene.sandbox.adminKey);
		});
	});
});
