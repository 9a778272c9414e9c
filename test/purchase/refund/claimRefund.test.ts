import fc from 'fast-check';
import { refundMsat } from '../../../nodes/Sats4Ai/purchase/refund/claimRefund';

test.each([
	['all of it', 5_000n, 5, 1n, 5_000n, 5_000n],
	['what is offered, where that is less', 5_000n, 3, 1n, 5_000n, 3_000n],
	['what the link pays, where that is less', 5_000n, 5, 1n, 3_000n, 3_000n],
	['what was paid, where more is offered', 5_000n, 900, 1n, 900_000n, 5_000n],
	['what was paid, where no amount is offered', 5_000n, null, 1n, 900_000n, 5_000n],
	['whole sats, where the link allows them', 5_700n, 6, 1n, 9_000n, 5_000n],
	['a part of a sat, where it must be', 5_700n, 6, 5_700n, 5_700n, 5_700n],
	['a part of a sat, where that is all there is', 500n, null, 0n, 9_000n, 500n],
	['nothing, where the link pays only more', 5_000n, 9, 9_000n, 9_000n, null],
	['nothing, where it pays only more than is offered', 5_000n, 3, 5_000n, 5_000n, null],
])('%s is asked for', (_name, paidMsat, offeredSat, minMsat, maxMsat, expected) => {
	expect(refundMsat(paidMsat, offeredSat, { minMsat, maxMsat })).toBe(expected);
});

test('never more than was paid, nor outside the limits of the link', () => {
	const msat = fc.bigInt({ min: 1n, max: 1_000_000n });
	fc.assert(
		fc.property(msat, fc.option(fc.nat(1_000)), msat, msat, (paidMsat, offeredSat, a, b) => {
			const bounds = { minMsat: a < b ? a : b, maxMsat: a < b ? b : a };
			const asked = refundMsat(paidMsat, offeredSat, bounds);
			if (asked === null) return;
			expect(asked > 0n || offeredSat === 0).toBe(true);
			expect(asked <= paidMsat && asked >= bounds.minMsat && asked <= bounds.maxMsat).toBe(true);
		}),
	);
});
