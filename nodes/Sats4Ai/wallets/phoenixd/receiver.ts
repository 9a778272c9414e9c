import type { Receiver } from '../../l402/receiver';
import { readAnswer, type CallApi } from '../api';
import { PHOENIXD } from '../httpWallet';
import { asObject, asText } from '../json';
import { failed, notMade, notTold, onlyWholeSats, readMade, wholeSat } from '../madeInvoice';

/** Receiving with phoenixd (`Api.kt`): a form with an amount in sats. */
export function phoenixdReceiver(call: CallApi): Receiver {
	return {
		async makeInvoice(wanted) {
			const amountSat = wholeSat(wanted.amountMsat);
			if (amountSat === null) return onlyWholeSats('phoenixd');
			const form = new URLSearchParams({
				amountSat: amountSat.toString(),
				description: wanted.memo,
				expirySeconds: wanted.expirySeconds.toString(),
			});
			const answer = await call({
				method: 'POST',
				path: '/createinvoice',
				body: form.toString(),
				timeoutMs: wanted.timeoutMs,
			});
			const read = readAnswer(answer, PHOENIXD);
			if (read.kind === 'trouble') return notMade(read);
			if (read.status !== 200) {
				return failed(`phoenixd made no invoice (HTTP ${read.status}: ${read.text.slice(0, 200)})`);
			}
			return readMade(asText(asObject(read.json).serialized), wanted, 'phoenixd');
		},
		async lookupReceived(paymentHash, timeoutMs) {
			const path = `/payments/incoming/${paymentHash}`;
			const read = readAnswer(await call({ method: 'GET', path, timeoutMs }), PHOENIXD);
			if (read.kind === 'trouble') return notTold(read.reason);
			const payment = asObject(read.json);
			const isOurs = asText(payment.paymentHash).toLowerCase() === paymentHash;
			if (read.status !== 200 || !isOurs) {
				return notTold(`phoenixd does not know this invoice (HTTP ${read.status})`);
			}
			if (payment.isPaid === true) return { status: 'received' };
			return { status: payment.isExpired === true ? 'expired' : 'waiting' };
		},
	};
}
