import { randomBytes } from 'node:crypto';
import type { Receiver } from '../../l402/receiver';
import type { Answered, CallApi } from '../api';
import { notClnrest, readClnAnswer } from './answer';
import { asArray, asObject, asText } from '../json';
import { failed, notMade, notTold, readMade } from '../madeInvoice';

/** Receiving with Core Lightning: `doc/schemas/invoice.json` and `listinvoices.json`. */
export function clnReceiver(call: CallApi): Receiver {
	const ask = async (method: string, params: object, timeoutMs: number) =>
		readClnAnswer(await call({ method: 'POST', path: `/v1/${method}`, body: params, timeoutMs }));
	return {
		async makeInvoice(wanted) {
			const params = {
				amount_msat: Number(wanted.amountMsat),
				// Labels must be unique, and are never shown to the payer.
				label: `n8n-refund-${randomBytes(16).toString('hex')}`,
				description: wanted.memo,
				expiry: wanted.expirySeconds,
			};
			const read = await ask('invoice', params, wanted.timeoutMs);
			if (read.kind === 'trouble') return notMade(read);
			if (read.status !== 200 && read.status !== 201) return failed(said(read));
			return readMade(asText(asObject(read.json).bolt11), wanted, 'Core Lightning');
		},
		async lookupReceived(paymentHash, timeoutMs) {
			const read = await ask('listinvoices', { payment_hash: paymentHash }, timeoutMs);
			if (read.kind === 'trouble') return notTold(read.reason);
			const invoice = asArray(asObject(read.json).invoices)
				.map(asObject)
				.find(({ payment_hash: hash }) => asText(hash).toLowerCase() === paymentHash);
			if (invoice === undefined) return notTold(said(read));
			if (invoice.status === 'paid') return { status: 'received' };
			return { status: invoice.status === 'expired' ? 'expired' : 'waiting' };
		},
	};
}

function said({ status, json }: Answered): string {
	const message = asText(asObject(json).message);
	if (message !== '') return `Core Lightning said: ${message}`;
	return status < 300 ? 'Core Lightning does not know this invoice' : notClnrest(status);
}
