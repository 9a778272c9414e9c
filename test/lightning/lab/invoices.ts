import { createHash, randomBytes } from 'node:crypto';
import type { PayableInvoice } from '../../../nodes/Sats4Ai/l402/payer';
import type { Lnd } from './lnd';

export interface LabInvoice extends PayableInvoice {
	readonly preimage: string;
}

export interface InvoiceWish {
	readonly amountMsat: bigint;
	/** Default 600. */
	readonly expirySeconds?: number;
	/** The payment stays in flight until `settleHeld` or `cancelInvoice`. */
	readonly held?: boolean;
}

const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');

/** An invoice of this node. */
export async function createInvoice(node: Lnd, wish: InvoiceWish): Promise<LabInvoice> {
	const preimage = randomBytes(32).toString('hex');
	const paymentHash = createHash('sha256').update(Buffer.from(preimage, 'hex')).digest('hex');
	const terms = {
		value_msat: wish.amountMsat.toString(),
		expiry: String(wish.expirySeconds ?? 600),
	};
	const { payment_request: text } =
		wish.held === true
			? await node.post('/v2/invoices/hodl', { hash: base64(paymentHash), ...terms })
			: await node.post('/v1/invoices', { r_preimage: base64(preimage), ...terms });
	return { text: String(text), paymentHash, amountMsat: wish.amountMsat, preimage };
}

/** OPEN, ACCEPTED (the payment has arrived and is held), SETTLED or CANCELED. */
export async function invoiceState(node: Lnd, { paymentHash }: PayableInvoice): Promise<string> {
	return String((await node.get(`/v1/invoice/${paymentHash}`)).state);
}

export async function settleHeld(node: Lnd, { preimage }: LabInvoice): Promise<void> {
	await node.post('/v2/invoices/settle', { preimage: base64(preimage) });
}

export async function cancelInvoice(node: Lnd, { paymentHash }: PayableInvoice): Promise<void> {
	await node.post('/v2/invoices/cancel', { payment_hash: base64(paymentHash) });
}
