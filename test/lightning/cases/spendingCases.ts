import { openBenchWallet, type Bench } from '../benches/bench';
import { prices } from '../lab/aperture';
import { startSpending } from './accounts';
import { AMOUNT_MSAT, Customer } from './customer';
import { Buyer, takePhotograph } from './purchase';

const TWO_HOURS_MS = 2 * 60 * 60 * 1_000;
const PRICE_MSAT = BigInt(prices.colorizeImage) * 1000n;
/** What is set aside for each purchase until it is paid, with the usual limit for fees. */
const RESERVED_MSAT = PRICE_MSAT + 10_000n;
const DAY_CODES = [undefined, 'DAY_LIMIT_REACHED'];

/** What the wallet tells of its payments, and the cap per day that stands on it. */
export function spendingCases(opened: () => Bench): void {
	const customer = new Customer(opened);
	const ask = async (credential: Bench['credential']) =>
		await openBenchWallet(credential).spentSince({
			sinceAt: Date.now() - TWO_HOURS_MS,
			timeoutMs: 30_000,
			bookmark: null,
		});

	test('tells what it has spent, to the millisatoshi, or what right that takes', async () => {
		const { mayList, credential } = opened();
		if (mayList === null || mayList !== credential) {
			const refused = { status: 'unavailable', cause: 'unauthorized' };
			const reason = expect.stringMatching(/ListPayments|list_transactions/);
			expect(await ask(credential)).toMatchObject({ ...refused, reason });
		}
		if (mayList === null) return;
		const spending = await startSpending(opened());
		const invoice = await customer.invoice();
		expect(await customer.settle(invoice)).toMatchObject({ status: 'paid' });
		const [booked] = (await spending()).paid;
		const told = await ask(mayList);
		const outflows = told.status === 'told' ? told.outflows : [];
		const paid = { amountMsat: AMOUNT_MSAT, feeMsat: booked?.feeMsat, isUnderWay: false };
		expect(outflows.filter(({ id }) => id === invoice.paymentHash)).toMatchObject([paid]);
	});

	test('a cap per day is gone over by two processes by no more than one payment', async () => {
		const { mayList } = opened();
		if (mayList === null) return;
		const before = await ask(mayList);
		if (before.status !== 'told') throw new Error(before.reason);
		// Of the day, not of the two hours: what was paid before counts too.
		const spentMsat = before.outflows.reduce(
			(sum, { amountMsat, feeMsat }) => sum + amountMsat + (feeMsat ?? 0n),
			0n,
		);
		const spending = await startSpending(opened());
		const credential = {
			...mayList,
			maxPerDaySat: Number((spentMsat + 2n * RESERVED_MSAT + 999n) / 1000n),
		};
		const processes = [1, 2].map(async () => {
			const codes: unknown[] = [];
			const buyer = new Buyer(opened(), await takePhotograph());
			for (let tries = 0; tries < 4; tries += 1) {
				const order = { operation: 'colorizeImage', credential } as const;
				const { error } = await buyer.buy(order);
				codes.push(error?.code);
			}
			return codes;
		});
		for (const codes of await Promise.all(processes)) {
			for (const code of codes) expect(DAY_CODES).toContain(code);
			expect(codes).toContain('DAY_LIMIT_REACHED');
		}
		const leftMsat = (await spending()).paid.reduce(
			(sum, { amountMsat, feeMsat }) => sum + amountMsat + feeMsat,
			0n,
		);
		expect(leftMsat).toBeGreaterThan(0n);
		expect(leftMsat).toBeLessThanOrEqual(3n * RESERVED_MSAT);
	});
}
