import { hubBudget, hubList } from './lists';
import { readInvoice } from './mint';
import type { PlayInvoice, PlayNode } from './playNode';

type HubAnswer =
	| { readonly result: object }
	| { readonly error: { readonly code: string; readonly message: string } };

/** What Alby Hub 1.24 answers to a request, before it is encrypted. */
export async function hubAnswer(
	node: PlayNode,
	methods: readonly string[],
	method: string,
	params: Record<string, unknown>,
): Promise<HubAnswer> {
	if (!methods.includes(method)) {
		return failure('RESTRICTED', `This app does not have the ${method} scope`);
	}
	if (method === 'pay_invoice') return await pay(node, String(params.invoice));
	if (method === 'make_invoice') return makeInvoice(node, params);
	if (method === 'lookup_invoice') return lookup(node, String(params.payment_hash));
	if (method === 'get_balance') return { result: { balance: Number(node.balanceMsat) } };
	if (method === 'list_transactions') return { result: hubList(node, params) };
	if (method === 'get_budget') return { result: hubBudget(node) };
	if (method !== 'get_info') return failure('NOT_IMPLEMENTED', `Unknown method: ${method}`);
	return {
		result: {
			alias: 'hub',
			color: '#3399ff',
			pubkey: `02${'cc'.repeat(32)}`,
			network: 'mainnet',
			block_height: 920_000,
			block_hash: '00'.repeat(32),
			methods,
			notifications: [],
		},
	};
}

async function pay(node: PlayNode, invoice: string): Promise<HubAnswer> {
	const { paymentHash, amountMsat, isExpired } = readInvoice(invoice);
	const earlier = node.payments.get(paymentHash)?.state;
	if (isExpired) return failure('INTERNAL', 'this invoice has expired');
	if (earlier === 'complete') return failure('INTERNAL', 'this invoice has already been paid');
	if (earlier === 'pending') {
		return failure('INTERNAL', 'there is already a payment pending for this invoice');
	}
	if (node.balanceMsat < amountMsat + 10_000n) {
		return failure(
			'INSUFFICIENT_BALANCE',
			'Insufficient balance remaining to make the requested payment',
		);
	}
	const payment = node.send(paymentHash, amountMsat);
	if (node.lostLine !== null) return failure('INTERNAL', node.lostLine);
	await payment.done;
	return payment.state === 'failed'
		? failure('INTERNAL', 'failed to find a path to the destination')
		: { result: { preimage: payment.preimage, fees_paid: Number(payment.feeMsat) } };
}

/** The amount is in msat. */
function makeInvoice(node: PlayNode, params: Record<string, unknown>): HubAnswer {
	const { amount, description, expiry } = params;
	if (typeof amount !== 'number') return failure('BAD_REQUEST', 'amount missing');
	const made = node.makeInvoice(BigInt(amount), String(description), Number(expiry));
	return { result: incoming(made) };
}

/** Alby Hub shows the preimage once it is settled. */
function incoming(invoice: PlayInvoice) {
	const states = { open: 'pending', paid: 'settled', expired: 'expired' };
	const isPaid = invoice.state === 'paid';
	return {
		type: 'incoming',
		state: states[invoice.state],
		invoice: invoice.text,
		description: 'Refund of a picture',
		preimage: isPaid ? invoice.preimage : '',
		payment_hash: invoice.paymentHash,
		amount: Number(invoice.amountMsat),
		fees_paid: 0,
		created_at: 1_795_000_000,
		expires_at: 1_795_003_600,
		settled_at: isPaid ? 1_795_000_001 : null,
		metadata: {},
	};
}

function lookup(node: PlayNode, paymentHash: string): HubAnswer {
	const invoice = node.invoices.get(paymentHash);
	if (invoice !== undefined) return { result: incoming(invoice) };
	const payment = node.shown(paymentHash);
	if (payment === undefined) return failure('NOT_FOUND', 'The requested invoice was not found');
	const states = { complete: 'settled', failed: 'failed', pending: 'pending' };
	const isSettled = payment.state === 'complete';
	return {
		result: {
			type: 'outgoing',
			state: states[payment.state],
			invoice: '',
			description: 'a picture',
			preimage: isSettled ? payment.preimage : '',
			payment_hash: paymentHash,
			amount: Number(payment.amountMsat),
			fees_paid: Number(payment.feeMsat),
			created_at: 1_795_000_000,
			expires_at: 1_795_003_600,
			settled_at: isSettled ? 1_795_000_001 : null,
			metadata: {},
		},
	};
}

function failure(code: string, message: string): HubAnswer {
	return { error: { code, message } };
}
