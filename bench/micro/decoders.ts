import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { decodeInvoice as decodeWithLightningTools } from '@getalby/lightning-tools/bolt11';
import * as bolt11 from 'bolt11';
import * as light from 'light-bolt11-decoder';
import { decodeInvoice } from '../../nodes/Sats4Ai/bolt11/invoice';
import { mintInvoice } from '../../sandbox/mintInvoice';
import { cycling, type Call } from './timeCalls';

export const OWN_DECODER = 'this node';
export const OWN_DECODER_PAYEE_NAMED = 'this node, payee named';

/** What a decoder does about the signature, where the invoice does not name its payee as here. */
export const SIGNATURE_CHECK: Readonly<Record<string, string>> = {
	[OWN_DECODER]: 'range and point checked',
	[OWN_DECODER_PAYEE_NAMED]: 'signature verified',
	bolt11: 'key recovered',
	invoices: 'key recovered',
	'light-bolt11-decoder': 'no signature check',
	'@getalby/lightning-tools': 'no signature check',
};

/** Decoding invoices as LND writes them, signed by another node each. */
export function decoders(peersFolder: string | null): Call[] {
	const mint = (namesPayee: boolean) =>
		Array.from(
			{ length: 100 },
			() => mintInvoice({ ...terms(), namesPayee }, randomBytes(32)).text,
		);
	const invoices = mint(false);
	const calls: Call[] = [
		decoder(OWN_DECODER, decodeInvoice),
		decoder(OWN_DECODER_PAYEE_NAMED, decodeInvoice, mint(true)),
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

	function decoder(name: string, decode: (text: string) => unknown, texts = invoices): Call {
		const next = cycling(texts);
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
