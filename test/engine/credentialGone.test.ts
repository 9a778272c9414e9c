import { paymentOf, serialOf, thrownReport } from './outcome';
import { photo } from './photo';
import { inScene, type Call, type Scene } from './scene';

const TROUBLES = [
	'Credentials could not be decrypted. The likely reason is that a different "encryptionKey" was used to encrypt the data.',
	'Credential with ID "wallet" does not exist for type "lightningWalletApi".',
	'Node "Sats4AI" does not have access to the credential',
	'The vault is sealed',
];

/** How the wallet of a node can be gone: each leaves it without one. */
const GONE: ReadonlyArray<readonly [string, Call]> = [
	['cannot be decrypted', { credentialTrouble: TROUBLES[0] ?? '' }],
	['was deleted', { credentialTrouble: TROUBLES[1] ?? '' }],
	['cannot work any more', { credential: { url: '' } }],
];

/** A run that has paid, and whose service then fails. */
async function paidAndRefused(scene: Scene, call: Call = {}) {
	const fault = { kind: 'status', status: 500 } as const;
	scene.sandbox.faults.push({ at: 'redeem', fault, times: Infinity, match: () => isDown });
	let isDown = true;
	const outcome = await scene.run({ ...call, options: { requestTimeout: 1 } });
	expect(thrownReport(outcome)).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
	isDown = false;
	return outcome;
}

describe('a credential that cannot be read', () => {
	it.concurrent.each(TROUBLES)('is no missing one, and says why: %s', async (credentialTrouble) => {
		await inScene({}, async (scene) => {
			const failure = await scene.failure({ credentialTrouble });
			expect(failure).toMatchObject({ code: 'WALLET_UNAUTHORIZED', spent: 'no' });
			expect(failure.message).toContain(credentialTrouble);
			scene.expectNoRequests();
		});
	});

	it.concurrent('that nobody has chosen is a missing one', async () => {
		await inScene({}, async (scene) => {
			const failure = await scene.failure({ credential: null });
			expect(failure).toMatchObject({ code: 'INPUT_INVALID', spent: 'no' });
			expect(failure.message).toMatch(/No Lightning wallet is chosen/);
			scene.expectNoRequests();
		});
	});
});

describe('what is paid when the wallet is gone', () => {
	it.concurrent.each(GONE)('is redeemed without it where the credential %s', async (_how, gone) => {
		await inScene({}, async (scene) => {
			await paidAndRefused(scene);
			const { items } = await scene.run(gone);
			expect(serialOf(items[0])).toBe(1);
			expect(paymentOf(items[0])).toMatchObject({ status: 'paid', priceSat: 5 });
			expect(scene.payCalls).toHaveLength(1);
			expect(scene.paidRequests(false)).toHaveLength(1);
		});
	});

	it.concurrent.each([...GONE, ['was taken out of the node', { credential: null }] as const])(
		'is redeemed by a Retry in a new process where the credential %s',
		async (_how, gone) => {
			await inScene({}, async (scene) => {
				const { contextData } = await paidAndRefused(scene);
				scene.restart();
				const { items } = await scene.run({ ...gone, contextData });
				expect(serialOf(items[0])).toBe(1);
				expect(scene.payCalls).toHaveLength(1);
			});
		},
	);

	it.concurrent.each(GONE)(
		'stays what it is where the service fails on, and %s',
		async (_how, gone) => {
			await inScene({}, async (scene) => {
				const first = await paidAndRefused(scene);
				const fault = { kind: 'status', status: 500 } as const;
				scene.sandbox.faults.push({ at: 'redeem', fault, times: Infinity });
				const failure = await scene.failure({ ...gone, options: { requestTimeout: 1 } });
				expect(failure).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
				expect(failure.payment).toEqual(thrownReport(first).payment);
			});
		},
	);

	it.concurrent.each(GONE)(
		'may be paid, and is told as that where the credential %s',
		async (_how, gone) => {
			await inScene({}, async (scene) => {
				const hang = { kind: 'hang' } as const;
				scene.sandbox.faults.push({ at: 'pay', fault: hang });
				scene.sandbox.faults.push({ at: 'lookup', fault: hang, times: Infinity });
				const options = { paymentTimeout: 1 };
				const first = await scene.failure({ options });
				expect(first.code).toBe('PAYMENT_UNKNOWN');
				const failure = await scene.failure({ ...gone, options });
				expect(failure).toMatchObject({ code: 'PAYMENT_UNKNOWN', spent: 'unknown' });
				expect(failure.payment).toEqual(first.payment);
				expect(scene.paidRequests(false)).toHaveLength(1);
			});
		},
	);

	it.concurrent('is not given for another order', async () => {
		await inScene({}, async (scene) => {
			await paidAndRefused(scene);
			const asked = scene.sandbox.requests.length;
			const failure = await scene.failure({
				items: [photo('another')],
				credentialTrouble: TROUBLES[1] ?? '',
			});
			expect(failure).toMatchObject({ code: 'WALLET_UNAUTHORIZED', spent: 'no' });
			expect(scene.sandbox.requests).toHaveLength(asked);
		});
	});
});
