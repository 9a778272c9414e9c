import type { Json, Lnd } from './lnd';

/** What one node says of a payment, in millisatoshis. */
export interface BookEntry {
	readonly paymentHash: string;
	readonly amountMsat: bigint;
}

export interface Outgoing extends BookEntry {
	readonly feeMsat: bigint;
	readonly preimage: string;
	/** SUCCEEDED, FAILED, IN_FLIGHT … */
	readonly status: string;
}

const list = (value: unknown) => (Array.isArray(value) ? (value as Json[]) : []);

/** Every payment this node ever tried, newest attempt of each. */
export async function outgoing(node: Lnd): Promise<Outgoing[]> {
	const { payments } = await node.get('/v1/payments?include_incomplete=true&max_payments=10000');
	return list(payments).map((payment) => ({
		paymentHash: String(payment.payment_hash),
		preimage: String(payment.payment_preimage),
		amountMsat: BigInt(String(payment.value_msat)),
		feeMsat: BigInt(String(payment.fee_msat)),
		status: String(payment.status),
	}));
}

/** Every invoice of this node that was paid. */
export async function settled(node: Lnd): Promise<BookEntry[]> {
	const { invoices } = await node.get('/v1/invoices?num_max_invoices=10000');
	return list(invoices)
		.filter(({ state }) => state === 'SETTLED')
		.map((invoice) => ({
			paymentHash: Buffer.from(String(invoice.r_hash), 'base64').toString('hex'),
			amountMsat: BigInt(String(invoice.amt_paid_msat)),
		}));
}

/** What this node earned by forwarding. */
export async function forwardingFees(node: Lnd): Promise<bigint> {
	const { forwarding_events: events } = await node.post('/v1/switch', { num_max_events: 50000 });
	return list(events).reduce((sum, event) => sum + BigInt(String(event.fee_msat)), 0n);
}
