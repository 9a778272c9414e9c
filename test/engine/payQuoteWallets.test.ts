import { walletBackends } from '../../nodes/Sats4Ai/wallets/backends';
import { sampled } from '../depth';
import { emulators } from '../wallets/emulators/all';
import { paymentOf, serialOf } from './outcome';
import { QuoteStage } from './quoteStage';

const names = walletBackends.map(({ name }) => name);

describe.each(names)('a quote paid with %s', (name) => {
	const on = async (work: (stage: QuoteStage) => Promise<void>) =>
		await QuoteStage.on(name, emulators[name], work);

	it.concurrent(
		'is paid once, however often the step is repeated, in whatever process',
		async () => {
			await on(async (stage) => {
				for (const restarts of [false, false, true, true]) {
					if (restarts) stage.scene.restart();
					expect(serialOf((await stage.pay()).items[0])).toBe(1);
				}
				expect(stage.payCalls).toBe(1);
				expect(stage.spentMsat).toBe(5_000n + stage.node.feeMsat);
			});
		},
	);

	const places = [
		['executions', false],
		['processes', true],
	] as const;
	it.concurrent.each(sampled(places, 2, names.indexOf(name)))(
		'in two %s at once leaves the wallet once',
		async (_where, restarts) => {
			await on(async (stage) => {
				stage.node.plan = 'hold';
				const first = stage.pay();
				if (restarts) stage.scene.restart();
				const second = stage.pay();
				await stage.underWay();
				await new Promise((resolve) => setTimeout(resolve, 300));
				stage.node.settle(stage.paymentHash);
				const runs = await Promise.all([first, second]);
				expect(runs.map(({ items }) => serialOf(items[0]))).toEqual([1, 1]);
				expect(stage.node.sent).toEqual([stage.paymentHash]);
				expect(stage.spentMsat).toBe(5_000n + stage.node.feeMsat);
			});
		},
	);

	it.concurrent('that another machine has paid meanwhile is redeemed', async () => {
		await on(async (stage) => {
			stage.payElsewhere();
			const { items } = await stage.pay();
			expect(serialOf(items[0])).toBe(1);
			expect(paymentOf(items[0])).toMatchObject({ status: 'paid', wallet: name });
			expect(stage.payCalls).toBe(0);
		});
	});

	it.concurrent('that another machine is just paying is followed to its end', async () => {
		await on(async (stage) => {
			stage.node.plan = 'hold';
			stage.payElsewhere();
			const run = stage.pay();
			await new Promise((resolve) => setTimeout(resolve, 500));
			stage.node.settle(stage.paymentHash);
			expect(serialOf((await run).items[0])).toBe(1);
			expect(stage.payCalls).toBe(0);
		});
	});

	it.concurrent('whose payment did not end in time is finished in a new process', async () => {
		await on(async (stage) => {
			stage.node.plan = 'hold';
			const first = await stage.refused({ paymentTimeout: 4 });
			expect(first).toMatchObject({ code: 'PAYMENT_UNKNOWN', spent: 'unknown' });
			stage.node.settle(stage.paymentHash);
			stage.scene.restart();
			expect(serialOf((await stage.pay()).items[0])).toBe(1);
			expect(stage.node.sent).toEqual([stage.paymentHash]);
		});
	});

	it.concurrent('that failed is tried again, but for LNbits, which tries none twice', async () => {
		await on(async (stage) => {
			stage.node.plan = 'noRoute';
			expect(await stage.refused()).toMatchObject({ code: 'PAYMENT_FAILED', spent: 'no' });
			expect(stage.spentMsat).toBe(0n);
			stage.node.plan = 'deliver';
			stage.scene.restart();
			if (name === 'lnbits') {
				const again = await stage.refused();
				expect(again).toMatchObject({ code: 'PAYMENT_FAILED', spent: 'no' });
				expect(again.message).toContain('retrying is not possible');
				expect(stage.spentMsat).toBe(0n);
				return;
			}
			expect(serialOf((await stage.pay()).items[0])).toBe(1);
			expect(stage.spentMsat).toBe(5_000n + stage.node.feeMsat);
		});
	});
});

/** Beside each other: they wait for their invoices to expire. */
describe('a quote that has expired', () => {
	it.concurrent.each(sampled(names, 2))(
		'is redeemed if it was paid, else not paid, with %s',
		async (name) => {
			await QuoteStage.on(
				name,
				emulators[name],
				async (stage) => {
					const paid = await stage.another();
					stage.payElsewhere(paid);
					await new Promise((resolve) => setTimeout(resolve, 15_500));
					expect(await stage.refused()).toMatchObject({ code: 'INVOICE_EXPIRED', spent: 'no' });
					expect(serialOf((await stage.pay(paid)).items[0])).toBe(2);
					expect(stage.payCalls).toBe(0);
					expect(stage.node.sent).toEqual([String(paid.paymentHash)]);
				},
				15,
			);
		},
	);
});
