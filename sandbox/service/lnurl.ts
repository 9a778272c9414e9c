import { bech32 } from '@scure/base';

/** A URL as an LNURL: bech32 with the prefix `lnurl`, in upper case (LUD-01). */
export function toLnurl(url: string): string {
	return bech32.encode('lnurl', bech32.toWords(Buffer.from(url)), false).toUpperCase();
}
