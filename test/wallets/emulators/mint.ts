import { createHash, randomBytes } from 'node:crypto';
import { decode, encode, sign } from 'bolt11';
import type { PayableInvoice } from '../../../nodes/Sats4Ai/l402/payer';

const RECIPIENT_KEY = 'e126f68f7eafcc8b74f54d269fe206be715000f94dac067d1c04a8ca3b2db734';

/** An invoice and the preimage that only its recipient knows. */
export interface Minted extends PayableInvoice {
	readonly preimage: string;
}

/** A signed invoice for 5 sat unless told otherwise, valid for an hour from now or from `ageS` ago. */
export function mint(amountMsat = 5_000n, ageS = 0): Minted {
	const preimage = randomBytes(32);
	const paymentHash = createHash('sha256').update(preimage).digest('hex');
	const unsigned = encode({
		millisatoshis: amountMsat.toString(),
		timestamp: Math.floor(Date.now() / 1000) - ageS,
		tags: [
			{ tagName: 'payment_hash', data: paymentHash },
			{ tagName: 'payment_secret', data: randomBytes(32).toString('hex') },
			{ tagName: 'description', data: 'a picture' },
			{ tagName: 'expire_time', data: 3600 },
			{ tagName: 'min_final_cltv_expiry', data: 18 },
		],
	});
	const text = sign(unsigned, RECIPIENT_KEY).paymentRequest ?? '';
	return { text, paymentHash, amountMsat, preimage: preimage.toString('hex') };
}

/** What a wallet reads in an invoice. */
export function readInvoice(text: string) {
	const decoded = decode(text);
	const expiresAt = (decoded.timeExpireDate ?? 0) * 1000;
	return {
		paymentHash: decoded.tagsObject.payment_hash ?? '',
		amountMsat: BigInt(decoded.millisatoshis ?? '0'),
		isExpired: Date.now() > expiresAt,
	};
}
