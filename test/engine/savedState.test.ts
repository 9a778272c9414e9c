import type { IDataObject } from 'n8n-workflow';
import type { LedgerState } from '../../nodes/Sats4Ai/purchase/books/ledgerState';
import type { OpenPurchase } from '../../nodes/Sats4Ai/purchase/books/openPurchase';
import { sampled } from '../depth';
import { paymentOf, reportOf, STEP, thrownReport } from './outcome';
import { photo, photos } from './photo';
import { CONTINUE, inScene, type Scene } from './scene';

const BRIEFLY = { options: { paymentTimeout: 3 } };
type Saved = Record<string, IDataObject>;
type Purchase = { -readonly [Key in keyof OpenPurchase]: OpenPurchase[Key] };

/** An execution whose payment got lost on its way to the wallet, as saved. */
async function unpaid(scene: Scene): Promise<Saved> {
	scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'cut' } });
	const outcome = await scene.run({ options: { paymentTimeout: 3 } });
	expect(thrownReport(outcome).code).toBe('PAYMENT_UNKNOWN');
	scene.restart();
	return outcome.contextData;
}

function stateIn(saved: Saved): LedgerState {
	return saved[`node:${STEP}`]?.sats4Ai as unknown as LedgerState;
}

/** The saved execution with its one open purchase changed. */
function forged(saved: Saved, change: (purchase: Purchase) => void): Saved {
	for (const purchase of Object.values(stateIn(saved).open)) change(purchase);
	return saved;
}

/** A real offer of the service, dearer than a user allows. */
async function dearOffer(scene: Scene) {
	const parameters = { operation: 'generateImage', prompt: 'x', payment: 'invoiceOnly' };
	return paymentOf((await scene.run({ parameters })).items[0]);
}

describe('a forged open purchase', () => {
	const limits = {
		parameters: { maxPriceSat: 5 },
		credential: { maxPaymentSat: 6 },
		options: { maxTotalSat: 40, paymentTimeout: 1 },
		settings: CONTINUE,
	};

	it.concurrent('is not paid at the price of its invoice under the amount beside it', async () => {
		await inScene({}, async (scene) => {
			const saved = await unpaid(scene);
			const { invoice, token, paymentHash } = await dearOffer(scene);
			const contextData = forged(saved, (purchase) => {
				Object.assign(purchase, { invoice, token, paymentHash, expiresAt: Date.now() + 1e9 });
			});
			const { items } = await scene.run({ ...limits, contextData });
			expect(reportOf(items[0])).toMatchObject({ code: 'PAYMENT_UNKNOWN', spent: 'unknown' });
			expect(scene.payCalls).toHaveLength(1);
			expect(scene.spentMsat).toBe(0);
		});
	});

	it.concurrent('is left out where its token is for another payment', async () => {
		await inScene({}, async (scene) => {
			const saved = await unpaid(scene);
			const { invoice } = await dearOffer(scene);
			const contextData = forged(saved, (purchase) => Object.assign(purchase, { invoice }));
			const { items } = await scene.run({ ...limits, contextData });
			expect(paymentOf(items[0])).toMatchObject({ status: 'paid', priceSat: 5 });
			expect(scene.spentMsat).toBe(5_000);
		});
	});

	it.concurrent.each([
		['network', { credential: { network: 'signet' } }],
		['Max Price', { parameters: { maxPriceSat: 4 } }],
		['Max Payment', { credential: { maxPaymentSat: 4 } }],
		['Max Total', { options: { maxTotalSat: 14, paymentTimeout: 1 } }],
	])('and a real one is paid under the %s of now', async (_name, call) => {
		await inScene({}, async (scene) => {
			const contextData = await unpaid(scene);
			const { items } = await scene.run({ ...BRIEFLY, ...call, contextData, settings: CONTINUE });
			expect(reportOf(items[0]).code).toBe('PAYMENT_UNKNOWN');
			expect(scene.payCalls).toHaveLength(1);
			expect(scene.sandbox.ledger).toHaveLength(1);
		});
	});

	it.concurrent('is paid with no higher fee than is allowed now', async () => {
		await inScene({}, async (scene) => {
			const saved = await unpaid(scene);
			const contextData = forged(saved, (purchase) => {
				purchase.maxFeeMsat = '900000';
			});
			scene.sandbox.faults.push({ at: 'feeReserve', fault: { kind: 'amount', msat: 11_000 } });
			const { items } = await scene.run({ ...BRIEFLY, contextData, settings: CONTINUE });
			expect(reportOf(items[0]).code).toMatch(/PAYMENT_UNKNOWN|FEE_OVER_LIMIT/);
			expect(scene.payCalls).toHaveLength(1);
		});
	});

	it.concurrent('is not taken for paid by its label', async () => {
		await inScene({}, async (scene) => {
			const saved = await unpaid(scene);
			const contextData = forged(saved, (purchase) => {
				Object.assign(purchase, { status: 'paid', preimage: '00'.repeat(32), feeMsat: '-90000' });
			});
			const { items } = await scene.run({ ...BRIEFLY, contextData });
			expect(paymentOf(items[0]).status).toBe('paid');
			expect(scene.sandbox.ledger).toHaveLength(1);
			expect(scene.spentMsat).toBe(5_000);
		});
	});

	it.concurrent('expires when its invoice does, not when it says', async () => {
		await inScene({}, async (scene) => {
			const saved = await unpaid(scene);
			const contextData = forged(saved, (purchase) => {
				purchase.expiresAt = 1;
			});
			const { items } = await scene.run({ ...BRIEFLY, contextData });
			// Sent again, not bought anew: the first pay call may still be on its way.
			expect(paymentOf(items[0]).paymentHash).toBe(scene.sandbox.ledger[0]?.paymentHash);
			expect(scene.sandbox.ledger).toHaveLength(1);
		});
	});
});

/** Each makes something unreadable of the saved books. */
const DAMAGES: ReadonlyArray<readonly [string, (state: Record<string, unknown>) => unknown]> = [
	['nothing but a word', () => 'books'],
	['a number', () => 7],
	['a list', () => []],
	['empty', () => ({})],
	['with a word for open purchases', (state) => ({ ...state, open: 'none' })],
	['with nothing for open purchases', (state) => ({ ...state, open: null })],
	['with a list of what is no purchase', (state) => ({ ...state, open: [1, null, 'x', {}] })],
	['with a prototype among the purchases', () => JSON.parse('{"open":{"__proto__":{"x":1}}}')],
	['with names of a prototype', (state) => ({ ...state, open: { constructor: {}, toString: 1 } })],
	['with an invoice that is none', (state) => spoilt(state, { invoice: 'lnbc1' })],
	['with a number for an invoice', (state) => spoilt(state, { invoice: 5 })],
	['without a token', (state) => spoilt(state, { token: undefined })],
	['with a token of another kind', (state) => spoilt(state, { token: 'a"b\n' })],
	['with a digest that is none', (state) => spoilt(state, { digest: { toString: 0 } })],
	['with an item that is none', (state) => spoilt(state, { itemIndex: '__proto__' })],
	['with a sum below zero', (state) => ({ ...state, spentMsat: '-90000' })],
	['with a sum that is none', (state) => ({ ...state, spentMsat: 'much' })],
	['with sums that are none', (state) => ({ ...state, spent: { a: 1, __proto__: '5' } })],
	['with a family that is none', (state) => ({ ...state, family: { a: 1 } })],
	['with a word for what was delivered', (state) => ({ ...state, delivered: 'all' })],
	['with delivered items that are none', (state) => ({ ...state, delivered: { 0: 1, x: {} } })],
];

function spoilt(state: Record<string, unknown>, change: object): unknown {
	const open = Object.fromEntries(
		Object.entries(state.open as object).map(([hash, purchase]: [string, object]) => [
			hash,
			{ ...purchase, ...change },
		]),
	);
	return { ...state, open };
}

describe('saved books', () => {
	it.concurrent.each(sampled(DAMAGES, 3))('%s harm no item', async (_name, damage) => {
		await inScene({}, async (scene) => {
			const saved = await unpaid(scene);
			const state = stateIn(saved) as unknown as Record<string, unknown>;
			const contextData = { [`node:${STEP}`]: { sats4Ai: damage(state) } } as Saved;
			const options = { maxTotalSat: 41, concurrency: 1 };
			const { items, error } = await scene.run({
				items: [photo('other'), ...photos(2)],
				options,
				contextData,
			});
			expect(error).toBeUndefined();
			expect(items).toHaveLength(3);
			expect(scene.paid).toHaveLength(3);
		});
	});

	it.concurrent('say of money that is spent at least what their parts come to', async () => {
		await inScene({}, async (scene) => {
			const call = { items: photos(4), options: { maxTotalSat: 30, concurrency: 1 } };
			const { contextData } = await scene.run(call);
			expect(scene.spentMsat).toBe(20_000);
			stateIn(contextData).spentMsat = '0';
			scene.restart();
			await scene.run({ ...call, items: photos(9), contextData });
			expect(scene.spentMsat).toBe(20_000);
		});
	});

	it.concurrent('that an expression rewrites while the node runs count for nothing', async () => {
		await inScene({}, async (scene) => {
			const rewrite = `={{ (() => {
				const context = $node['${STEP}'].context;
				if ($itemIndex === 1) {
					if (context.sats4Ai) Object.assign(context.sats4Ai, { spentMsat: '0', spent: {}, open: {} });
					context.sats4Ai = 'gone';
				}
				return 'picture ' + $itemIndex;
			})() }}`;
			const { contextData } = await scene.run({
				parameters: { operation: 'generateImage', model: 'Standard', prompt: rewrite },
				items: photos(3),
				options: { maxTotalSat: 110, concurrency: 1 },
				settings: CONTINUE,
			});
			expect(scene.paid).toHaveLength(1);
			expect(stateIn(contextData).spentMsat).toBe('100000');
		});
	});
});
