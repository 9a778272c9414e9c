import { InvoiceInvalid } from './invalid';

/**
 * The features BOLT 9 allows in an invoice, by their even number. All concern how the wallet
 * pays; a wallet that lacks one refuses by itself. Dependencies among them need no check: the only
 * one (`basic_mpp` needs `payment_secret`) is on a feature that BOLT 9 takes for granted and that
 * every invoice shows by its `s` field.
 */
const KNOWN_FEATURES: ReadonlySet<number> = new Set([
	8, // var_onion_optin
	14, // payment_secret
	16, // basic_mpp
	24, // option_route_blinding
	36, // option_attribution_data
	48, // option_payment_metadata
]);

/** The numbers of all bits set in the `9` fields, ascending. The last bit of a field is bit 0. */
export function featureBits(fields: readonly Uint8Array[]): number[] {
	const bits = new Set<number>();
	for (const words of fields) {
		for (const [index, word] of words.entries()) {
			const lowest = (words.length - 1 - index) * 5;
			for (let bit = 0; bit < 5; bit++) if ((word >>> bit) & 1) bits.add(lowest + bit);
		}
	}
	return [...bits].sort((a, b) => a - b);
}

/** Throws `InvoiceInvalid` at an unknown even bit; "it's ok to be odd" (BOLT 9). */
export function checkFeatures(features: readonly number[]): void {
	const unknown = features.find((bit) => bit % 2 === 0 && !KNOWN_FEATURES.has(bit));
	if (unknown !== undefined) throw new InvoiceInvalid(`it requires the unknown feature ${unknown}`);
}
