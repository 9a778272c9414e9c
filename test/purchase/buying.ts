import type { LedgerState } from '../../nodes/Sats4Ai/purchase/books/ledgerState';
import type { OpenPurchase } from '../../nodes/Sats4Ai/purchase/books/openPurchase';
import { buy } from '../../nodes/Sats4Ai/purchase/buy';
import { Bench, orderOf, terms, type Item } from './bench';
import { mint, openPurchase } from './openPurchases';

export const order = orderOf();
/** What comes of buying it. */
export const bought = async (bench: Bench, change: object = {}, what = order) =>
	await bench.run(async () => await buy<Item>(what, { ...terms, ...change }, bench.ports));

/** Books in which the payment of this order is under way, or whatever else is given. */
export function stateOf(...changes: Array<Partial<OpenPurchase>>) {
	const open: Record<string, OpenPurchase> = {};
	const invoices = changes.map((change) => {
		const invoice = mint();
		const { text, paymentHash, preimage } = invoice;
		const proof = change.status === 'paid' ? { preimage, feeMsat: '500' } : {};
		const own = { digest: order.digest, invoice: text, paymentHash, ...proof };
		open[paymentHash] = openPurchase({ ...own, ...change });
		return invoice;
	});
	const state: LedgerState = {
		family: 'f'.repeat(16),
		spentMsat: '0',
		spent: {},
		open,
		delivered: {},
	};
	return { state, invoices };
}

/** A bench whose execution has such a purchase open. */
export function benchWith(change: Partial<OpenPurchase> = {}) {
	const { state, invoices } = stateOf(change);
	const bench = new Bench(state);
	const [{ paymentHash, preimage, text } = mint()] = invoices;
	return { bench, paymentHash, preimage, text };
}
