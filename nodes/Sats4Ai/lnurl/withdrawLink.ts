import { bytesExactly, decodeBech32, encodeBech32 } from '../bolt11/words';
import { placeOf } from './place';

/** A link by which money can be taken, as wallets scan it and as it is asked over HTTP. */
export interface WithdrawLink {
	/** `LNURL1…` (LUD-01), in upper case. */
	readonly lnurl: string;
	/** The address that the link stands for. */
	readonly url: string;
}

const PREFIX = 'lnurl';
/** More than any wallet would scan. */
const LONGEST = 1_000;

/**
 * Reads a withdraw link: bech32 with or without `lightning:` (LUD-01), `lnurlw://` (LUD-17), an
 * https address, or one that carries the bech32 in its `lightning` parameter (LUD-01, fallback).
 * Null for anything else: what is odd is not guessed at. Never throws.
 */
export function readWithdrawLink(text: unknown): WithdrawLink | null {
	if (typeof text !== 'string' || text.length > LONGEST) return null;
	const bare = text.trim().replace(/^lightning:/i, '');
	if (/^lnurl1/i.test(bare)) return decodeLnurl(bare);
	const address = /^lnurlw:\/\//i.test(bare) ? schemeOf(bare.slice('lnurlw://'.length)) : bare;
	const url = withdrawUrl(address);
	if (url === null) return null;
	const inside = url.searchParams.get('lightning');
	if (inside !== null) return decodeLnurl(inside);
	return { lnurl: encodeBech32(PREFIX, Buffer.from(url.href)).toUpperCase(), url: url.href };
}

/** LUD-17: https, and http for what only Tor can reach. */
function schemeOf(rest: string): string {
	return /^[^/?#]+\.onion(?::\d+)?(?:[/?]|$)/i.test(rest) ? `http://${rest}` : `https://${rest}`;
}

function decodeLnurl(text: string): WithdrawLink | null {
	const address = addressIn(text);
	const url = address === null ? null : withdrawUrl(address);
	return url === null ? null : { lnurl: text.toUpperCase(), url: url.href };
}

function addressIn(text: string): string | null {
	try {
		const { humanReadablePart, words } = decodeBech32(text);
		return humanReadablePart === PREFIX ? bytesExactly(words).toString('utf8') : null;
	} catch {
		return null;
	}
}

/**
 * An address that may be asked for money: https, or plain http where nobody can listen in, on this
 * machine or over Tor (LUD-01). No user name, no fragment. Null for anything else. Never throws.
 */
export function withdrawUrl(text: string): URL | null {
	if (!/^https?:\/\/[\x21-\x7e]+$/i.test(text) || !URL.canParse(text)) return null;
	const url = new URL(text);
	const isUnheard = placeOf(url) === 'thisMachine' || /\.onion\.?$/.test(url.hostname);
	if (url.protocol !== 'https:' && !isUnheard) return null;
	return url.username === '' && url.password === '' && url.hash === '' ? url : null;
}
