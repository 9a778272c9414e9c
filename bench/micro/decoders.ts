import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { decodeInvoice as decodeWithLightningTools } from '@getalby/lightning-tools/bolt11';
import * as bolt11 from 'bolt11';
import * as light from 'light-bolt11-decoder';
import { decodeInvoice } from '../../nodes/Sats4Ai/l402/invoice';
import { mintInvoice } from '../../sandbox/mintInvoice';
import { cycling, type Call } from './timeCalls';

export const OWN_DECODER = 'this node';

/** Whether a decoder looks at the signature, which is most of the work. */
export const CHECKS_SIGNATURE: Readonly<Record<string, boolean>> = {
	[OWN_DECODER]: true,
	bolt11: true,
	invoices: true,
	'light-bolt11-decoder': false,
	'@getalby/lightning-tools': false,
};

/** Decoding invoices as LND writes them, signed by another node each. */
export function decoders(peersFolder: string | null): Call[] {
	const invoices = Array.from({ length: 100 }, () => mintInvoice(terms(), randomBytes(32)).text);
	const calls: Call[] = [
		decoder(OWN_DECODER, decodeInvoice),
		decoder('bolt11', (text) => bolt11.decode(text)),
		decoder('light-bolt11-decoder', (text) => light.decode(text)),
		decoder('@getalby/lightning-tools', decodeWithLightningTools),
	];
	if (peersFolder === null) return calls;
	const load = createRequire(join(peersFolder, 'index.js'));
	const { parsePaymentRequest } = load('invoices') as {
		parsePaymentRequest: (from: { request: string }) => unknown;
	};
	return [...calls, decoder('invoices', (request) => parsePaymentRequest({ request }))];

	function decoder(name: string, decode: (text: string) => unknown): Call {
		const next = cycling(invoices);
		return {
			name,
			run: () => {
				if (!decode(next())) throw new Error(`${name} does not decode`);
			},
		};
	}
}

function terms() {
	return {
		network: 'mainnet',
		amountMsat: 5_000,
		description: 'One picture, colorized',
		createdAt: Date.now(),
		expirySeconds: 3_600,
	} as const;
}
