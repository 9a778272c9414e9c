import type { Receiver } from '../../l402/receiver';
import { readAnswer, type CallApi } from '../api';
import { asInteger, asObject, asText } from '../json';
import { LNBITS } from '../httpWallet';
import { isUnknownKey, saidByLnbits } from './answer';
import { failed, notMade, notTold, onlyWholeSats, readMade, wholeSat } from '../madeInvoice';

/**
 * Receiving with LNbits (`lnbits/core/views/payment_api.py`), which each key of the wallet may. The
 * amount is in sats here, while a payment's amount is in msat.
 */
export function lnbitsReceiver(call: CallApi): Receiver {
	return {
		async makeInvoice(wanted) {
			const amountSat = wholeSat(wanted.amountMsat);
			if (amountSat === null) return onlyWholeSats('LNbits');
			const { memo, expirySeconds, timeoutMs } = wanted;
			const answer = await call({
				method: 'POST',
				path: '/api/v1/payments',
				body: { out: false, amount: Number(amountSat), unit: 'sat', memo, expiry: expirySeconds },
				timeoutMs,
			});
			const read = readAnswer(answer, LNBITS);
			if (read.kind === 'trouble') return notMade(read);
			const body = asObject(read.json);
			const detail = asText(body.detail);
			if (isUnknownKey(detail)) {
				return { status: 'unsupported', reason: 'LNbits does not know this key' };
			}
			if (read.status !== 200 && read.status !== 201) return failed(saidByLnbits(read));
			// `bolt11` since 1.0, `payment_request` before.
			return readMade(asText(body.bolt11) || asText(body.payment_request), wanted, 'LNbits');
		},
		async lookupReceived(paymentHash, timeoutMs) {
			const path = `/api/v1/payments/${paymentHash}`;
			const read = readAnswer(await call({ method: 'GET', path, timeoutMs }), LNBITS);
			if (read.kind === 'trouble') return notTold(read.reason);
			const body = asObject(read.json);
			const details = asObject(body.details);
			const isOurs = asText(details.payment_hash).toLowerCase() === paymentHash;
			// Without details, or with a negative amount, it is not about money that came in.
			const amountMsat = asInteger(details.amount);
			if (read.status !== 200 || !isOurs || amountMsat === null || amountMsat <= 0n) {
				return notTold(saidByLnbits(read));
			}
			const isPending = details.pending === true || details.status === 'pending';
			if (body.paid === true && !isPending) return { status: 'received' };
			// An incoming payment fails by its expiry alone.
			return { status: details.status === 'failed' ? 'expired' : 'waiting' };
		},
	};
}
