import { openBenchWallet, type Bench, type Credential } from '../benches/bench';
import { prices } from '../lab/aperture';
import { note } from '../report/notes';
import { Workers } from '../worker/worker';
import { startSpending } from './accounts';
import { AMOUNT_MSAT, Customer } from './customer';

const TWO_HOURS_MS = 2 * 60 * 60 * 1_000;
const PRICE_MSAT = BigInt(prices.colorizeImage) * 1000n;
/** `CAP_ROUNDS=30 npm run test:lightning -- -t 'a cap per day'` measures for longer. */
const ROUNDS = Number(process.env.CAP_ROUNDS ?? 2);
const WORKERS = Number(process.env.CAP_WORKERS ?? 2);
/** Of each worker, all of them in work at once. */
const ITEMS = 3;
/** So many payments are within the cap. */
const ROOM = 4n;

/** What the wallet tells of its payments, and the cap per day that stands on it. */
export function spendingCases(title: string, opened: () => Bench): void {
	const customer = new Customer(opened);
	const ask = async (credential: Credential) =>
		await openBenchWallet(credential).spentSince({
			sinceAt: Date.now() - TWO_HOURS_MS,
			timeoutMs: 30_000,
			bookmark: null,
		});

	test('tells what it has spent, to the millisatoshi, or what right that takes', async () => {
		const { mayList, credential, listsWholeSats } = opened();
		if (mayList !== credential) {
			const refused = { status: 'unavailable', cause: 'unauthorized' };
			const reason = expect.stringMatching(/ListPayments|list_transactions/);
			expect(await ask(credential)).toMatchObject({ ...refused, reason });
		}
		const spending = await startSpending(opened());
		const invoice = await customer.invoice();
		expect(await customer.settle(invoice)).toMatchObject({ status: 'paid' });
		const [booked] = (await spending()).paid;
		const told = await ask(mayList);
		const outflows = told.status === 'told' ? told.outflows : [];
		const amountMsat = listsWholeSats === true ? AMOUNT_MSAT - (AMOUNT_MSAT % 1000n) : AMOUNT_MSAT;
		const paid = { amountMsat, feeMsat: booked?.feeMsat, isUnderWay: false };
		expect(outflows.filter(({ id }) => id === invoice.paymentHash)).toMatchObject([paid]);
	});

	test('a cap per day is gone over by two workers at once by no more than one payment', async () => {
		const { mayList, leastFeeSat, shop } = opened();
		const mostMsat = PRICE_MSAT + BigInt(leastFeeSat) * 1000n;
		const options = { baseUrl: shop.aperture.url, maxFeeSat: leastFeeSat };
		const workers = await Workers.start(WORKERS);
		const overMsat: bigint[] = [];
		try {
			for (let round = 0; round < ROUNDS; round += 1) {
				await opened().payer.post('/v2/router/mc/reset', {});
				const before = await spentMsat(mayList);
				const limitSat = (before + ROOM * mostMsat + 999n) / 1000n;
				const spending = await startSpending(opened());
				const credential = { ...mayList, maxPerDaySat: Number(limitSat) };
				const ends = await workers.run({ items: ITEMS, credential, options });
				for (const code of ends.flatMap(({ codes }) => codes)) {
					expect([null, 'DAY_LIMIT_REACHED']).toContain(code);
				}
				expect(ends.flatMap(({ codes }) => codes)).toHaveLength(WORKERS * ITEMS);
				const { paid } = await spending();
				const leftMsat = paid.reduce(
					(sum, { amountMsat, feeMsat }) => sum + amountMsat + feeMsat,
					0n,
				);
				expect(leftMsat).toBeGreaterThan(0n);
				const over = before + leftMsat - limitSat * 1000n;
				overMsat.push(over > 0n ? over : 0n);
				expect(over).toBeLessThanOrEqual(BigInt(WORKERS - 1) * mostMsat);
			}
		} finally {
			await workers.stop();
		}
		const most = overMsat.reduce((one, other) => (one > other ? one : other), 0n);
		const often = overMsat.filter((over) => over > 0n).length;
		note(
			`${title}, a cap of ${ROOM * mostMsat} msat, ${WORKERS} workers with ${ITEMS} items each: ` +
				`gone over in ${often} of ${ROUNDS} rounds, by ${most} msat at most ` +
				`(a payment is ${PRICE_MSAT} msat and at most ${leastFeeSat} sats for the fee)`,
		);
	});

	/** All that the wallet has ever spent: the lab is younger than a day. */
	async function spentMsat(credential: Credential): Promise<bigint> {
		const told = await ask(credential);
		if (told.status !== 'told') throw new Error(told.reason);
		return told.outflows.reduce(
			(sum, { amountMsat, feeMsat }) => sum + amountMsat + (feeMsat ?? 0n),
			0n,
		);
	}
}
