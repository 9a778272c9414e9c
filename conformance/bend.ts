import type { WalletName } from '../nodes/Sats4Ai/wallets/wallet';
import type { Bend } from './scenes';

export interface WalletAnswer {
	readonly status: number;
	readonly type: string;
	readonly body: string;
	/** The connection breaks in the middle of the body. */
	readonly isCut?: boolean;
}

const OVERSIZED_BYTES = 6_000_000;
const PROSE = 'Payments are being looked after. Please come back later.';
const SAFE = 'Payment failed: no route. Nothing was sent, it is safe to try again.';

const safely: Readonly<Record<Exclude<WalletName, 'nwc'>, WalletAnswer>> = {
	lnbits: json(520, { detail: SAFE, status: 'failed' }),
	lnd: json(500, { error: { code: 2, message: SAFE, details: [] } }),
	cln: json(500, { code: 205, message: SAFE }),
	phoenixd: json(200, { reason: SAFE }),
};

/** What arrives in place of an honest answer over HTTP; null where nothing does. */
export function bentAnswer(
	wallet: Exclude<WalletName, 'nwc'>,
	bend: Bend,
	honest: WalletAnswer,
): WalletAnswer | null {
	switch (bend) {
		case 'silence':
			return null;
		case 'breakdown':
			return {
				status: 502,
				type: 'text/html',
				body: '<html><title>502 Bad Gateway</title></html>',
			};
		case 'unavailable':
			return { status: 503, type: 'text/plain', body: 'Service Unavailable' };
		case 'prose':
			return { status: 200, type: 'text/plain', body: PROSE };
		case 'oversized':
			return { ...honest, body: padded(honest.body) };
		case 'truncated':
			return { ...honest, isCut: true };
		case 'wrongType':
			return { ...honest, type: 'text/html' };
		case 'declaredSafe':
			return safely[wallet];
	}
}

/**
 * The same over Nostr, where there are neither statuses nor types: an object is an answer, a text is
 * what comes in its place. null where nothing comes; undefined where there is no such thing.
 */
export function bentMessage(bend: Bend, honest: object): object | string | null | undefined {
	switch (bend) {
		case 'silence':
			return null;
		case 'breakdown':
		case 'unavailable':
			return { ...honest, result: null, error: { code: 'INTERNAL', message: 'unavailable' } };
		case 'prose':
			return PROSE;
		case 'oversized':
			return undefined;
		case 'truncated':
			return half(JSON.stringify(honest));
		case 'wrongType':
			return undefined;
		case 'declaredSafe':
			return { ...honest, result: null, error: { code: 'PAYMENT_FAILED', message: SAFE } };
	}
}

export function half(text: string): string {
	return text.slice(0, Math.floor(text.length / 2));
}

function padded(body: string): string {
	return `${' '.repeat(OVERSIZED_BYTES)}${body}`;
}

function json(status: number, value: unknown): WalletAnswer {
	return { status, type: 'application/json', body: JSON.stringify(value) };
}
