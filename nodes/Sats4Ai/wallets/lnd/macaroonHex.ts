import { WalletSettingsInvalid } from '../wallet';

/** First byte of every macaroon in the v2 binary format, the one LND bakes. */
const MACAROON_V2 = 0x02;

/**
 * The macaroon as LND's REST API wants it: lower-case hex. Takes hex, base64 and base64url, with or
 * without padding and line breaks. Throws `WalletSettingsInvalid`, without the macaroon.
 */
export function readMacaroonHex(text: string): string {
	const packed = text.replace(/\s+/g, '');
	if (packed === '') throw new WalletSettingsInvalid('"Macaroon" is empty.');
	if (/^(?:[0-9a-f]{2})+$/i.test(packed)) return packed.toLowerCase();
	if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(packed)) {
		const bytes = Buffer.from(packed, 'base64');
		if (bytes[0] === MACAROON_V2) return bytes.toString('hex');
	}
	throw new WalletSettingsInvalid(
		'"Macaroon" must be the content of the macaroon file as hex or base64, not a path to it.',
	);
}
