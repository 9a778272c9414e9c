import { randomBytes } from 'node:crypto';
import type { PayableInvoice } from '../../../nodes/Sats4Ai/l402/payer';
import type { Wallet } from '../../../nodes/Sats4Ai/wallets/wallet';
import { mintInvoice } from '../../../sandbox/mintInvoice';
import { openBenchWallet, type Bench } from '../benches/bench';
import { createInvoice } from '../lab/invoices';
import { isActive } from '../lab/network';
import type { Lnd } from '../lab/lnd';
import { startSpending } from './accounts';

const LIMITS = { maxFeeMsat: 10_000n, timeoutMs: 20_000 };
const AMOUNT_MSAT = 5_123n;

/** What a wallet says when the money cannot get through. */
export function routeCases(opened: () => Bench, middle: () => Lnd): void {
	test('no route', async () => {
		const spending = await startSpending(opened());
		const wallet = openBenchWallet(opened().credential);
		expect(await settled(wallet, ofNobody())).toMatchObject({ status: 'failed', cause: 'noRoute' });
		expect((await spending()).paid).toEqual([]);
	});

	test('peer offline', async () => {
		const { seller, payer, credential } = opened();
		const spending = await startSpending(opened());
		const wallet = openBenchWallet(credential);
		const wanted = await createInvoice(seller, { amountMsat: AMOUNT_MSAT });
		await middle().stop();
		const outcome = await settled(wallet, wanted).finally(async () => {
			await middle().restart();
			for (const node of [payer, middle(), seller]) await isActive(node);
		});
		expect(['failed', 'notSent']).toContain(outcome.status);
		expect((await spending()).paid).toEqual([]);
		const later = await createInvoice(seller, { amountMsat: AMOUNT_MSAT });
		expect(await wallet.payInvoice(later, LIMITS)).toMatchObject({ status: 'paid' });
	});
}

/** What a payment comes to, by a look-up where the answer to the pay call does not tell. */
async function settled(wallet: Wallet, invoice: PayableInvoice) {
	const outcome = await wallet.payInvoice(invoice, LIMITS);
	const isOpen = ['pending', 'unknown'].includes(outcome.status);
	return isOpen ? await wallet.lookupPayment(invoice, 10_000) : outcome;
}

/** A sound invoice of a node that nobody has a channel with. */
function ofNobody(): PayableInvoice {
	const invoice = mintInvoice(
		{
			network: 'regtest',
			amountMsat: Number(AMOUNT_MSAT),
			description: 'a picture',
			createdAt: Date.now(),
			expirySeconds: 600,
		},
		randomBytes(32),
	);
	return { ...invoice, amountMsat: AMOUNT_MSAT };
}
