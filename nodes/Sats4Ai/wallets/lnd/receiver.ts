import type { Receiver } from '../../l402/receiver';
import type { CallApi } from '../api';
import { asObject, asText } from '../json';
import { readLndAnswer, saidByLnd } from './answer';
import { failed, notMade, notTold, readMade } from '../madeInvoice';

/** Receiving with LND: `AddInvoice` and `LookupInvoice` of `lnrpc/lightning.proto`. */
export function lndReceiver(call: CallApi): Receiver {
	return {
		async makeInvoice(wanted) {
			const { amountMsat, memo, expirySeconds, timeoutMs } = wanted;
			const answer = await call({
				method: 'POST',
				path: '/v1/invoices',
				// `private` adds hints to channels that are not announced; without such it adds nothing.
				body: {
					memo,
					value_msat: amountMsat.toString(),
					expiry: expirySeconds.toString(),
					private: true,
				},
				timeoutMs,
			});
			const read = readLndAnswer(answer);
			if (read.kind === 'trouble') return notMade(read);
			if (read.status !== 200) return failed(saidByLnd(read));
			return readMade(asText(asObject(read.json).payment_request), wanted, 'LND');
		},
		async lookupReceived(paymentHash, timeoutMs) {
			const path = `/v1/invoice/${paymentHash}`;
			const read = readLndAnswer(await call({ method: 'GET', path, timeoutMs }));
			if (read.kind === 'trouble') return notTold(read.reason);
			const invoice = asObject(read.json);
			const hash = Buffer.from(asText(invoice.r_hash), 'base64').toString('hex');
			if (read.status !== 200 || hash !== paymentHash) return notTold(saidByLnd(read));
			if (invoice.state === 'SETTLED') return { status: 'received' };
			if (invoice.state === 'CANCELED') return { status: 'expired' };
			return { status: 'waiting' };
		},
	};
}
