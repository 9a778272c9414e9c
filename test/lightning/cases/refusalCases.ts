import { inspect } from 'node:util';
import type { PaymentLimits, PayOutcome } from '../../../nodes/Sats4Ai/l402/payer';
import { openBenchWallet, type Bench, type WrongCredential } from '../benches/bench';
import type { LineFault } from '../lab/faultyLine';
import { startSpending } from './accounts';
import { Customer, HURRIED, LIMITS } from './customer';

/** Credentials that cannot work, and lines that break. */
export function refusalCases(wallet: string, opened: () => Bench): void {
	// Nothing in front of a relay could answer in the place of a wallet: events are signed.
	const faults: readonly LineFault[] =
		wallet === 'nwc' ? ['cut'] : ['cut', 'oddBody', 'badGateway'];
	const customer = new Customer(opened);

	/** A payment with a credential that cannot work. */
	const refusedBy = async ({ what, credential, pays }: WrongCredential): Promise<PayOutcome> => {
		const wallet = openBenchWallet(credential, HURRIED.timeoutMs);
		const outcome = await wallet.payInvoice(await customer.invoice(), HURRIED);
		const { status, reason } = pays;
		const says = { what, status, reason: expect.stringMatching(reason) };
		expect({ what, ...outcome }).toMatchObject(says);
		return outcome;
	};

	test('wrong secret: nothing sent, and said so', async () => {
		const { wrongSecrets, secrets } = opened();
		const spending = await startSpending(opened());
		for (const wrong of wrongSecrets) {
			const outcome = await refusedBy(wrong);
			for (const secret of secrets) expect(inspect(outcome)).not.toContain(secret);
		}
		expect((await spending()).paid).toEqual([]);
	});

	test('unreachable: nothing sent, and said so', async () => {
		const { unreachable } = opened();
		await refusedBy(unreachable);
		const nobody = openBenchWallet(unreachable.credential, HURRIED.timeoutMs);
		const record = await nobody.lookupPayment(await customer.invoice(), HURRIED.timeoutMs);
		expect(record).toMatchObject({ status: 'unknown' });
	});

	/** A payment over a line that fails when the wallet answers. */
	const payOver = async (fault: LineFault, limits: PaymentLimits) => {
		const { proxy, credential } = opened().line;
		const invoice = await customer.invoice();
		const faultsBefore = proxy.faults;
		proxy.failNext(fault);
		const outcome = await openBenchWallet(credential).payInvoice(invoice, limits);
		expect(proxy.faults).toBe(faultsBefore + 1);
		return { invoice, outcome };
	};

	test.each(faults)(
		'%s after sending is unknown, and the look-up finds the payment',
		async (fault) => {
			const spending = await startSpending(opened());
			const { invoice, outcome } = await payOver(fault, HURRIED);
			expect(fault === 'cut' ? opened().line.ends : ['unknown']).toContain(outcome.status);
			const record = await customer.end(invoice);
			expect(record).toMatchObject({ status: 'paid', preimage: invoice.preimage });
			expect((await spending()).paid).toHaveLength(1);
		},
	);

	test('a slow wallet is waited for', async () => {
		const { invoice, outcome } = await payOver('slow', LIMITS);
		expect(outcome).toMatchObject({ status: 'paid', preimage: invoice.preimage });
	});

	test('certificate', async () => {
		const { untrusted, trusted } = opened();
		await refusedBy(untrusted);
		for (const credential of trusted) {
			const invoice = await customer.invoice();
			const paid = await openBenchWallet(credential).payInvoice(invoice, HURRIED);
			expect(paid).toMatchObject({ status: 'paid', preimage: invoice.preimage });
		}
	});
}
