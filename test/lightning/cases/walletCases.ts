import { inspect } from 'node:util';
import type { LookupOutcome, PaymentLimits, PayOutcome } from '../../../nodes/Sats4Ai/l402/payer';
import { openBenchWallet, type Bench, type WrongCredential } from '../benches/bench';
import {
	cancelInvoice,
	createInvoice,
	invoiceState,
	settleHeld,
	type LabInvoice,
} from '../lab/invoices';
import { startSpending } from './accounts';

const LIMITS = { maxFeeMsat: 10_000n, timeoutMs: 20_000 };
const LOOKUP_MS = 10_000;
/** For a user who does not wait. */
const IMPATIENT_MS = 3_000;
const HURRIED = { ...LIMITS, timeoutMs: IMPATIENT_MS };
/** Five sats and a bit: what is paid must agree to the millisatoshi. */
const AMOUNT_MSAT = 5_123n;

/** What must hold of every wallet: one payment, one invoice, the wallet asked by our own code. */
export function walletCases(opened: () => Bench): void {
	const held: LabInvoice[] = [];
	// Whatever a test left in flight must not be in the way of the next one.
	afterEach(async () => {
		const { seller } = opened();
		for (const left of held.splice(0)) {
			if ((await invoiceState(seller, left)) === 'ACCEPTED') await cancelInvoice(seller, left);
		}
	});
	const wallet = () => openBenchWallet(opened().credential);
	const hurried = () => openBenchWallet(opened().credential, IMPATIENT_MS);
	const invoice = async (expirySeconds?: number) =>
		await createInvoice(opened().seller, {
			amountMsat: AMOUNT_MSAT,
			...(expirySeconds === undefined ? {} : { expirySeconds }),
		});

	test('paid', async () => {
		const bench = opened();
		const spending = await startSpending(bench);
		const wanted = await invoice();
		const paid = { status: 'paid', preimage: wanted.preimage };
		const outcome = await wallet().payInvoice(wanted, LIMITS);
		expect(outcome).toMatchObject(paid);
		const [booked, ...others] = (await spending()).paid;
		expect(others).toEqual([]);
		expect(booked).toMatchObject({ paymentHash: wanted.paymentHash, amountMsat: AMOUNT_MSAT });
		expect(booked?.feeMsat).toBeGreaterThan(0n);
		const record = await wallet().lookupPayment(wanted, LOOKUP_MS);
		expect(record).toEqual({ ...paid, feeMsat: booked?.feeMsat });
	});

	test('paid again', async () => {
		const wanted = await invoice();
		await wallet().payInvoice(wanted, LIMITS);
		const spending = await startSpending(opened());
		const again = await wallet().payInvoice(wanted, LIMITS);
		expect(['paid', 'pending', 'unknown']).toContain(again.status);
		expect(await lookedUp(wanted)).toMatchObject({ status: 'paid', preimage: wanted.preimage });
		expect((await spending()).paid).toEqual([]);
	});

	test('paid, expired since', async () => {
		const wanted = await invoice(3);
		await wallet().payInvoice(wanted, LIMITS);
		await expiry(3);
		const spending = await startSpending(opened());
		const again = await wallet().payInvoice(wanted, LIMITS);
		expect(['paid', 'pending', 'unknown']).toContain(again.status);
		expect(await lookedUp(wanted)).toMatchObject({ status: 'paid', preimage: wanted.preimage });
		expect((await spending()).paid).toEqual([]);
	});

	test('never tried', async () => {
		expect(await wallet().lookupPayment(await invoice(), LOOKUP_MS)).toEqual({
			status: 'notFound',
		});
	});

	test('in flight, then paid', async () => {
		const { seller } = opened();
		const spending = await startSpending(opened());
		const wanted = await holdOne();
		const again = await hurried().payInvoice(wanted, HURRIED);
		expect(['pending', 'unknown']).toContain(again.status);
		await settleHeld(seller, wanted);
		const record = await ended(wanted);
		expect(record).toMatchObject({ status: 'paid', preimage: wanted.preimage });
		expect((await spending()).paid).toMatchObject([{ paymentHash: wanted.paymentHash }]);
	});

	test('in flight, then refused', async () => {
		const { seller } = opened();
		const spending = await startSpending(opened());
		const wanted = await holdOne();
		await cancelInvoice(seller, wanted);
		expect(await ended(wanted)).toMatchObject({ status: 'failed' });
		expect((await spending()).paid).toEqual([]);
	});

	test('no balance', async () => {
		const { seller, tooMuchMsat } = opened();
		const wanted = await createInvoice(seller, { amountMsat: tooMuchMsat });
		const limits = { ...LIMITS, maxFeeMsat: tooMuchMsat };
		expect(await settled(wanted, limits)).toMatchObject({
			status: expect.stringMatching(/^(failed|notSent)$/),
			cause: opened().causes.short,
		});
	});

	test('expired', async () => {
		const spending = await startSpending(opened());
		const wanted = await invoice(1);
		await expiry(1);
		const outcome = await settled(wanted, LIMITS);
		const { expired } = opened().causes;
		expect(outcome).toMatchObject(
			// An error that proves nothing, and then no record, which may come late.
			expired === 'unknown'
				? { status: 'notFound' }
				: { status: expect.stringMatching(/^(failed|notSent)$/), cause: expired },
		);
		expect((await spending()).paid).toEqual([]);
	});

	test('fee over the limit', async () => {
		const spending = await startSpending(opened());
		const limits = { ...LIMITS, maxFeeMsat: 999n };
		const outcome = await wallet().payInvoice(await invoice(), limits);
		expect(['failed', 'notSent']).toContain(outcome.status);
		if (wallet().feeLimit === 'estimated') {
			expect(outcome).toMatchObject({ status: 'notSent', cause: 'feeLimit' });
		}
		expect((await spending()).paid).toEqual([]);
	});

	test('wrong secret', async () => {
		const { wrongSecrets, secrets } = opened();
		const spending = await startSpending(opened());
		for (const wrong of wrongSecrets) {
			const outcome = await refusedBy(wrong);
			for (const secret of secrets) expect(inspect(outcome)).not.toContain(secret);
		}
		expect((await spending()).paid).toEqual([]);
	});

	test('unreachable', async () => {
		const { unreachable } = opened();
		await refusedBy(unreachable);
		const nobody = openBenchWallet(unreachable.credential);
		const record = await nobody.lookupPayment(await invoice(), LOOKUP_MS);
		expect(record).toMatchObject({ status: 'unknown' });
	});

	test('line cut', async () => {
		const { proxy, credential, ends } = opened().line;
		const spending = await startSpending(opened());
		const wanted = await invoice();
		const cutsBefore = proxy.cuts;
		proxy.cutNext();
		const outcome = await openBenchWallet(credential).payInvoice(wanted, HURRIED);
		expect(proxy.cuts).toBe(cutsBefore + 1);
		expect(ends).toContain(outcome.status);
		expect(await ended(wanted)).toMatchObject({ status: 'paid', preimage: wanted.preimage });
		expect((await spending()).paid).toHaveLength(1);
	});

	test('certificate', async () => {
		const { untrusted, trusted } = opened();
		await refusedBy(untrusted);
		for (const credential of trusted) {
			const wanted = await invoice();
			const paid = await openBenchWallet(credential).payInvoice(wanted, LIMITS);
			expect(paid).toMatchObject({ status: 'paid', preimage: wanted.preimage });
		}
	});

	/** A payment with a credential that cannot work. */
	async function refusedBy({ what, credential, pays }: WrongCredential): Promise<PayOutcome> {
		const refusing = openBenchWallet(credential, IMPATIENT_MS);
		const outcome = await refusing.payInvoice(await invoice(), HURRIED);
		const { status, reason } = pays;
		expect({ what, ...outcome }).toMatchObject({
			what,
			status,
			reason: expect.stringMatching(reason),
		});
		return outcome;
	}

	/** What a payment comes to, by a look-up where the answer to the pay call does not tell. */
	async function settled(wanted: LabInvoice, limits: PaymentLimits) {
		const outcome = await wallet().payInvoice(wanted, limits);
		return ['pending', 'unknown'].includes(outcome.status) ? await lookedUp(wanted) : outcome;
	}

	async function lookedUp(wanted: LabInvoice): Promise<LookupOutcome> {
		return await wallet().lookupPayment(wanted, LOOKUP_MS);
	}

	/** The look-up's answer once it is no longer "pending". */
	async function ended(wanted: LabInvoice): Promise<LookupOutcome> {
		return await opened().payer.until('end of the payment', async () => {
			const record = await hurried().lookupPayment(wanted, IMPATIENT_MS);
			return ['pending', 'unknown'].includes(record.status) ? null : record;
		});
	}

	/** An invoice whose payment has reached the seller and stays there. */
	async function holdOne(): Promise<LabInvoice> {
		const { seller, inFlight } = opened();
		const wanted = await createInvoice(seller, { amountMsat: AMOUNT_MSAT, held: true });
		held.push(wanted);
		const outcome = await hurried().payInvoice(wanted, HURRIED);
		expect(['pending', 'unknown']).toContain(outcome.status);
		await seller.until('held payment', async () => {
			return (await invoiceState(seller, wanted)) === 'ACCEPTED' ? true : null;
		});
		const record = await hurried().lookupPayment(wanted, IMPATIENT_MS);
		expect(inFlight).toContain(record.status);
		return wanted;
	}
}

/** An invoice made now for so many seconds has expired. */
async function expiry(seconds: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, (seconds + 1) * 1_000));
}
