import type { PlannedFault } from '../../sandbox/faultPlan';
import { reportOf, serialOf } from './outcome';
import { CONTINUE, inScene, type Scene, type Call } from './scene';

const BRIEFLY = { options: { paymentTimeout: 3 } };

/** Fails with money under way, while the wallet tells nothing of it. */
async function failFirst(scene: Scene, fault: PlannedFault) {
	let silent = true;
	scene.sandbox.faults.push(fault);
	scene.sandbox.faults.push({
		at: 'lookup',
		fault: { kind: 'cut' },
		times: Infinity,
		match: () => silent,
	});
	const first = await scene.run(BRIEFLY);
	silent = false;
	expect(first.error).toBeDefined();
	return first;
}

/** The same wallet at another address. */
function moved({ sandbox }: Scene): Call {
	return { credential: { url: sandbox.walletUrl.replace('127.0.0.1', 'localhost') } };
}

/** Another wallet, whose address and key take the place of the first one's in the credential. */
async function withOtherWallet(work: (replaced: Call, other: Scene) => Promise<void>) {
	await inScene({}, async (other) => {
		const { walletUrl, adminKey } = other.sandbox;
		await work({ credential: { url: walletUrl, adminKey } }, other);
	});
}

const PAID = { at: 'pay', fault: { kind: 'cutAfter' } } as const;
const NOT_PAID = { at: 'pay', fault: { kind: 'cut' } } as const;
const REFUSED = { at: 'redeem', fault: { kind: 'status', status: 422 } } as const;

describe('the address of a wallet is changed', () => {
	it.concurrent.each(['in the next run', 'in a Retry in a new process'])(
		'and a payment that it proves is not made again: %s',
		async (how) => {
			await inScene({}, async (scene) => {
				const { contextData } = await failFirst(scene, PAID);
				const isRetry = how.includes('Retry');
				if (isRetry) scene.restart();
				const { items, error } = await scene.run({
					...moved(scene),
					...(isRetry ? { contextData } : {}),
				});
				expect(error).toBeUndefined();
				expect(serialOf(items[0])).toBe(1);
				expect(scene.payCalls).toHaveLength(1);
				expect(scene.sandbox.ledger).toHaveLength(1);
			});
		},
	);

	it.concurrent('and what it does not know proves nothing, until the old one is back', async () => {
		await inScene({}, async (scene) => {
			await failFirst(scene, NOT_PAID);
			const report = await scene.failure({ ...BRIEFLY, ...moved(scene) });
			expect(report).toMatchObject({ code: 'PAYMENT_UNKNOWN', spent: 'unknown' });
			expect(report.message).toContain('another address or secret');
			expect(report.payment?.paymentHash).toBe(scene.sandbox.ledger[0]?.paymentHash);
			expect(scene.payCalls).toHaveLength(1);
			const { items } = await scene.run({});
			expect(serialOf(items[0])).toBe(1);
			expect(scene.sandbox.ledger).toHaveLength(1);
			expect(scene.paid).toHaveLength(1);
		});
	});
});

describe('the key of a credential is replaced by that of another wallet', () => {
	it.concurrent.each([
		['paid', PAID],
		['not paid', NOT_PAID],
	] as const)('and a payment under way, in truth %s, is not made again', async (_name, fault) => {
		await inScene({}, async (scene) => {
			const first = await failFirst(scene, fault);
			await withOtherWallet(async (replaced, other) => {
				const next = await scene.failure({ ...BRIEFLY, ...replaced });
				expect(next).toMatchObject({ code: 'PAYMENT_UNKNOWN', spent: 'unknown' });
				scene.restart();
				const call = { ...BRIEFLY, ...replaced, contextData: first.contextData };
				const retry = await scene.run({ ...call, settings: CONTINUE });
				expect(reportOf(retry.items[0]).code).toBe('PAYMENT_UNKNOWN');
				expect(other.payCalls).toEqual([]);
				expect(scene.sandbox.ledger).toHaveLength(1);
				const back = await scene.run({ contextData: retry.contextData });
				expect(serialOf(back.items[0])).toBe(1);
				expect(scene.paid).toHaveLength(1);
			});
		});
	});

	it.concurrent('and what is paid is redeemed without any wallet', async () => {
		await inScene({}, async (scene) => {
			await failFirst(scene, REFUSED);
			await withOtherWallet(async (replaced, other) => {
				const { items } = await scene.run(replaced);
				expect(serialOf(items[0])).toBe(1);
				expect(other.sandbox.wallet.requests).toEqual([]);
				expect(scene.paid).toHaveLength(1);
			});
		});
	});

	it.concurrent('and a new purchase is paid from the new one', async () => {
		await inScene({}, async (scene) => {
			await scene.run({});
			await withOtherWallet(async (replaced, other) => {
				const report = await scene.failure({ ...BRIEFLY, ...replaced });
				// It knows no such invoice, as a wallet of play money; but it was asked to pay.
				expect(report.code).toMatch(/PAYMENT_FAILED|PAYMENT_UNKNOWN/);
				expect(other.payCalls).toHaveLength(1);
			});
		});
	});
});

describe('an open purchase', () => {
	it.concurrent.each([
		['another credential', { credentialId: 'of-another-user' }],
		['another workflow', { workflowId: 'another' }],
	])('is not taken by %s', async (_name, call) => {
		await inScene({}, async (scene) => {
			await failFirst(scene, REFUSED);
			const others = await scene.run(call);
			expect(serialOf(others.items[0])).toBe(2);
			const own = await scene.run({});
			expect(serialOf(own.items[0])).toBe(1);
			expect(scene.paid).toHaveLength(2);
		});
	});

	it.concurrent('holds nothing of the wallet that could be tried out', async () => {
		await inScene({}, async (scene) => {
			const { contextData } = await failFirst(scene, REFUSED);
			const saved = JSON.stringify(contextData);
			expect(saved).not.toContain(scene.sandbox.adminKey);
			expect(saved).toMatch(/"walletKey":"[0-9a-f]{16}"/);
		});
	});
});
