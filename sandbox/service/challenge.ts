import { randomBytes } from 'node:crypto';
import type { ChallengeStyle, Network } from '../options';

export interface Offer {
	readonly token: string;
	readonly invoice: string;
	readonly paymentHash: string;
	readonly amountMsat: number;
	readonly network: Network;
	/** ms since 1970. */
	readonly expiresAt: number;
}

function l402(scheme: 'L402' | 'LSAT', offer: Offer, tokenKey: ChallengeStyle['tokenKey']): string {
	return `${scheme} ${tokenKey}="${offer.token}", invoice="${offer.invoice}"`;
}

/** The neighbor: HTTP authentication scheme `Payment`, method lightning (draft-lightning-charge-00). */
export function paymentChallenge(offer: Offer): string {
	const request = {
		amount: String(Math.ceil(offer.amountMsat / 1000)),
		currency: 'sat',
		methodDetails: {
			invoice: offer.invoice,
			network: offer.network,
			paymentHash: offer.paymentHash,
		},
	};
	const id = randomBytes(16).toString('base64url');
	const encoded = Buffer.from(JSON.stringify(request)).toString('base64url');
	const expires = new Date(offer.expiresAt).toISOString();
	return (
		`Payment id="${id}", realm="sats4ai.com", method="lightning", intent="charge", ` +
		`request="${encoded}", expires="${expires}"`
	);
}

/** The lines of `WWW-Authenticate`. */
export function challengeLines(offer: Offer, style: ChallengeStyle): string[] {
	const schemes = style.scheme === 'both' ? (['LSAT', 'L402'] as const) : [style.scheme];
	const offers = schemes.map((scheme) => l402(scheme, offer, style.tokenKey));
	const payment = style.order === 'l402Only' ? [] : [paymentChallenge(offer)];
	const all = style.order === 'paymentFirst' ? [...payment, ...offers] : [...offers, ...payment];
	return style.lines === 'one' ? [all.join(', ')] : all;
}
