import { decodeInvoice } from '../../../nodes/Sats4Ai/bolt11/invoice';
import { signToInfinity, write } from '../../bolt11/invoiceWriter';
import { openBenchWallet } from '../benches/bench';
import type { Lab } from '../lab/lab';
import { AMOUNT_MSAT, LIMITS } from './customer';

/** What our decoder leaves to the wallet to refuse (docs/decisions/0011). */
export function oddInvoiceCases(opened: () => Lab): void {
	test.each(['west', 'east'] as const)(
		'an invoice whose key is the point at infinity is refused by LND, at %s',
		async (side) => {
			const { restUrl: url, adminMacaroon: macaroon, certificate } = opened().network[side];
			const { text, paymentHash, amountMsat } = decodeInvoice(
				write({
					humanReadablePart: `lnbcrt${AMOUNT_MSAT * 10n}p`,
					timestamp: Math.floor(Date.now() / 1000),
					signer: signToInfinity,
				}),
			);
			expect(amountMsat).toBe(AMOUNT_MSAT);
			const invoice = { text, paymentHash, amountMsat: AMOUNT_MSAT };
			const wallet = openBenchWallet({
				wallet: 'lnd',
				url,
				macaroon,
				caCertificate: certificate,
				network: 'regtest',
			});
			const outcome = await wallet.payInvoice(invoice, LIMITS);
			expect(outcome).toMatchObject({
				status: 'notSent',
				reason: expect.stringContaining('point at infinity'),
			});
			expect(await wallet.lookupPayment(invoice, 10_000)).toMatchObject({ status: 'notFound' });
		},
	);
}
