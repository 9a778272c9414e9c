import { randomBytes } from 'node:crypto';
import type { Receiver } from '../../l402/receiver';
import type { CallApi } from '../api';
import { readClnAnswer, saidByCln } from './answer';
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
			if (read.status !== 200 && read.status !== 201) return failed(saidByCln(read));
			return readMade(asText(asObject(read.json).bolt11), wanted, 'Core Lightning');
		},
		async lookupReceived(paymentHash, timeoutMs) {
			const read = await ask('listinvoices', { payment_hash: paymentHash }, timeoutMs);
			if (read.kind === 'trouble') return notTold(read.reason);
			const { invoices } = asObject(read.json);
			if (!Array.isArray(invoices)) return notTold(saidByCln(read));
			const invoice = asArray(invoices)
				.map(asObject)
				.find(({ payment_hash: hash }) => asText(hash).toLowerCase() === paymentHash);
			if (invoice === undefined) return notTold('Core Lightning does not know this invoice');
			if (invoice.status === 'paid') return { status: 'received' };
			return { status: invoice.status === 'expired' ? 'expired' : 'waiting' };
		},
	};
}
