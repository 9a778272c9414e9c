/** Whole sats as users read them: `1 sat`, `12 sats`. */
export function sats(amount: bigint | number): string {
	return `${amount} ${BigInt(amount) === 1n ? 'sat' : 'sats'}`;
}

/** An amount to the last msat, which has three decimals in sats: `1 sat`, `2.5 sats`. */
export function exactSats(amountMsat: bigint): string {
	const rest = amountMsat % 1000n;
	if (rest === 0n) return sats(amountMsat / 1000n);
	const decimals = String(rest).padStart(3, '0').replace(/0+$/, '');
	return `${amountMsat / 1000n}.${decimals} sats`;
}
