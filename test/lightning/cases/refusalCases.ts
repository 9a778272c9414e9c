import { inspect } from 'node:util';
import type { PayOutcome } from '../../../nodes/Sats4Ai/l402/payer';
import { openBenchWallet, type Bench, type WrongCredential } from '../benches/bench';
import { startSpending } from './accounts';
import { Customer, HURRIED } from './customer';

/** Credentials that cannot work, and lines that break. */
export function refusalCases(opened: () => Bench): void {
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
		const nobody = openBenchWallet(unreachable.credential, HURRIED.timeoutMs);
		const record = await nobody.lookupPayment(await customer.invoice(), HURRIED.timeoutMs);
		expect(record).toMatchObject({ status: 'unknown' });
	});

	test('line cut', async () => {
		const { proxy, credential, ends } = opened().line;
		const spending = await startSpending(opened());
		const invoice = await customer.invoice();
		const cutsBefore = proxy.cuts;
		proxy.cutNext();
		const outcome = await openBenchWallet(credential).payInvoice(invoice, HURRIED);
		expect(proxy.cuts).toBe(cutsBefore + 1);
		expect(ends).toContain(outcome.status);
		const record = await customer.end(invoice);
		expect(record).toMatchObject({ status: 'paid', preimage: invoice.preimage });
		expect((await spending()).paid).toHaveLength(1);
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
