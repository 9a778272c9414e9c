import type { Bench } from '../benches/bench';
import { forwardingFees, outgoing, settled, type BookEntry } from '../lab/books';
import type { LightningNetwork } from '../lab/network';

const sorted = (entries: readonly BookEntry[]) =>
	entries.map(({ paymentHash, amountMsat }) => `${paymentHash} ${amountMsat}`).sort();

/**
 * The books of all three nodes: what one end says it paid is what the other end was paid, hash by
 * hash and to the millisatoshi; the fees are what the node between them earned; nothing is left in
 * flight.
 */
export async function expectBooksAgree({ west, middle, east }: LightningNetwork): Promise<void> {
	let feesMsat = 0n;
	for (const [payer, seller] of [
		[west, east],
		[east, west],
	] as const) {
		const payments = await outgoing(payer);
		const succeeded = payments.filter(({ status }) => status === 'SUCCEEDED');
		const open = payments.filter(({ status }) => !['SUCCEEDED', 'FAILED'].includes(status));
		expect(open).toEqual([]);
		expect(sorted(succeeded)).toEqual(sorted(await settled(seller)));
		for (const { feeMsat } of succeeded) feesMsat += feeMsat;
	}
	expect(await forwardingFees(middle)).toBe(feesMsat);
}

/** What the two ends of the network paid each other, as their books have it, in a line each. */
export async function tellBooks({ west, east }: LightningNetwork): Promise<string[]> {
	const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
	const lines = [];
	for (const [payer, seller] of [
		[west, east],
		[east, west],
	] as const) {
		const paid = (await outgoing(payer)).filter(({ status }) => status === 'SUCCEEDED');
		const earned = await settled(seller);
		const paidMsat = sum(paid.map(({ amountMsat }) => amountMsat));
		const feesMsat = sum(paid.map(({ feeMsat }) => feeMsat));
		const earnedMsat = sum(earned.map(({ amountMsat }) => amountMsat));
		lines.push(
			`${payer.alias} made ${paid.length} payments, ${paidMsat} msat, and ${feesMsat} msat in fees; ` +
				`${seller.alias} has ${earned.length} paid invoices, ${earnedMsat} msat.`,
		);
	}
	return lines;
}

/** What left the bench's node since some moment. */
export interface Spending {
	/** New payments that succeeded. */
	readonly paid: ReadonlyArray<BookEntry & { readonly feeMsat: bigint; readonly preimage: string }>;
}

/** Remembers where the books stand; asked later, it tells what was paid since. */
export async function startSpending({ payer }: Bench): Promise<() => Promise<Spending>> {
	const known = new Set(await succeededHashes());
	return async () => {
		const now = await outgoing(payer);
		return {
			paid: now.filter(
				({ status, paymentHash }) => status === 'SUCCEEDED' && !known.has(paymentHash),
			),
		};
	};

	async function succeededHashes(): Promise<string[]> {
		return (await outgoing(payer))
			.filter(({ status }) => status === 'SUCCEEDED')
			.map(({ paymentHash }) => paymentHash);
	}
}
