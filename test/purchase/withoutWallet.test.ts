import { PurchaseFailure } from '../../nodes/Sats4Ai/purchase/report/failure';
import { finishWithoutWallet } from '../../nodes/Sats4Ai/purchase/withoutWallet';
import { Bench, type Item } from './bench';
import { DAY_MS, NOW } from './openPurchases';
import { order, benchWith } from './buying';

describe('without a wallet', () => {
	const trouble = new PurchaseFailure('WALLET_UNREACHABLE', 'no wallet', 'hint');
	const finish = async (bench: Bench) =>
		await bench.run(
			async () =>
				await finishWithoutWallet<Item>(
					order,
					{ maxPriceMsat: 5n, maxFeeMsat: 0n, maxTotalMsat: null, requestTimeoutMs: 60_000 },
					bench.ports,
					trouble,
				),
		);

	it('what is paid is redeemed', async () => {
		const { bench } = benchWith({ status: 'paid' });
		expect((await finish(bench)).item).toBeDefined();
	});

	it('nothing is begun', async () => {
		const bench = new Bench();
		expect((await finish(bench)).report).toEqual(trouble.report);
		expect(bench.sent).toEqual([]);
	});

	it('what may be paid is told, in the words of the trouble', async () => {
		const { bench, paymentHash } = benchWith({ expiresAt: NOW - DAY_MS });
		const { report } = await finish(bench);
		expect(report).toMatchObject({ code: 'PAYMENT_UNKNOWN', payment: { paymentHash } });
		expect(bench.ledger.get(paymentHash)?.status).toBe('paying');
		const own = benchWith({ expiresAt: NOW - DAY_MS, walletKey: '' });
		expect((await finish(own.bench)).report?.message).toMatch(/no wallet$/);
	});
});
