import { inspect } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import type { Bench, Credential } from '../benches/bench';
import { prices } from '../lab/aperture';
import { startRefundDesk, type RefundDesk } from '../lab/refundDesk';
import { startSpending } from './accounts';
import { Buyer, takePhotograph } from './purchase';

const HASH = expect.stringMatching(/^[0-9a-f]{64}$/);
const PRICE_SAT = prices.colorizeImage;

/** The service fails after it was paid, and the node takes the money back: once, whatever happens. */
export function refundCases(opened: () => Bench): void {
	const desks: RefundDesk[] = [];

	afterEach(async () => {
		opened().shop.backend.refusals.splice(0);
		for (const desk of desks.splice(0)) await desk.stop();
	});

	/** A buyer whose order fails, what came back since, and how often it was paid. */
	const enter = async () => {
		const { refunds, shop, payer } = opened();
		await payer.post('/v2/router/mc/reset', {});
		const counter = await startRefundDesk(async (invoice) => await refunds.payOut(invoice));
		desks.push(counter);
		const known = new Set((await refunds.received()).map(({ paymentHash }) => paymentHash));
		const spending = await startSpending(opened());
		const offered = counter.offer(PRICE_SAT);
		const buyer = new Buyer(opened(), await takePhotograph());
		return {
			counter,
			paid: async () => (await spending()).paid,
			received: async () =>
				(await refunds.received())
					.filter(({ paymentHash }) => !known.has(paymentHash))
					.map(({ paymentHash, amountMsat }) => ({ paymentHash, amountMsat })),
			fail: async (credential: Credential, options: IDataObject = {}) => {
				shop.backend.refusals.push(offered);
				const { error } = await buyer.buy({
					operation: 'colorizeImage',
					credential,
					options: { claimRefunds: true, ...options },
				});
				expect(error).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
				for (const secret of opened().secrets) expect(inspect(error)).not.toContain(secret);
				return error?.refund as IDataObject;
			},
			buy: async () => await buyer.buy({ operation: 'colorizeImage' }),
		};
	};

	test('a refund arrives once, and closes the purchase', async () => {
		const { refunds } = opened();
		if (refunds.withoutRight !== null) {
			const { received, fail } = await enter();
			const refused = await fail(refunds.withoutRight);
			const reason = expect.stringContaining('the wallet made no invoice');
			expect(refused).toMatchObject({ status: 'offered', reason });
			expect(await received()).toEqual([]);
		}
		const { counter, paid, received, fail, buy } = await enter();
		const refund = await fail(refunds.credential);
		expect(refund).toEqual({ status: 'claimed', amountSat: PRICE_SAT, paymentHash: HASH });
		const cameBack = [{ paymentHash: refund.paymentHash, amountMsat: BigInt(PRICE_SAT) * 1000n }];
		expect(await received()).toEqual(cameBack);
		const [invoice = '', ...others] = counter.handedIn;
		expect(others).toEqual([]);
		// Whoever pays it again, by mistake or not: the wallet takes the money once.
		expect(await refunds.payOut(invoice)).toBe(false);
		const next = await buy();
		expect(next.error).toBeUndefined();
		expect(await received()).toEqual(cameBack);
		expect(await paid()).toHaveLength(2);
	});

	test('a refund whose end nobody saw arrives once', async () => {
		const { refunds } = opened();
		const { counter, paid, received, fail } = await enter();
		counter.faults.push('cut', 'cutAfter');
		const first = await fail(refunds.credential, { paymentTimeout: 3 });
		expect(first).toMatchObject({ status: 'unknown', paymentHash: HASH });
		expect(await received()).toEqual([]);
		const second = await fail(refunds.credential);
		expect(second).toMatchObject({ status: 'claimed', paymentHash: first.paymentHash });
		expect(new Set(counter.handedIn).size).toBe(1);
		expect(counter.handedIn).toHaveLength(2);
		expect(await received()).toMatchObject([{ paymentHash: first.paymentHash }]);
		expect(await paid()).toHaveLength(1);
	});
}
