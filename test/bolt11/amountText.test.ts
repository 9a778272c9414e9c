import { exactSats, sats } from '../../nodes/Sats4Ai/bolt11/amountText';

test.each([
	[0, '0 sats'],
	[1, '1 sat'],
	[1n, '1 sat'],
	[2n, '2 sats'],
	[1000, '1000 sats'],
])('%p whole sats are %p', (amount, text) => {
	expect(sats(amount)).toBe(text);
});

test.each([
	[0n, '0 sats'],
	[1n, '0.001 sats'],
	[500n, '0.5 sats'],
	[1000n, '1 sat'],
	[1005n, '1.005 sats'],
	[2500n, '2.5 sats'],
	[2_100_000n, '2100 sats'],
])('%p msat are %p', (amountMsat, text) => {
	expect(exactSats(amountMsat)).toBe(text);
});
