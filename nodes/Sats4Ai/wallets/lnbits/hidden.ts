import type { LookupOutcome } from '../../l402/payer';
import { readAnswer, type CallApi } from '../api';
import { LNBITS } from '../httpWallet';
import { asObject, asText } from '../json';
import { weigh } from '../proof';

const LACK =
	'LNbits knows this payment and does not show it to this wallet, which shows none of its payments; if it is a wallet that was shared with you, it needs the right to view payments';

/** The words of LNbits for a payment that it does not know, or does not show. */
export function saysNoSuchPayment(detail: string): boolean {
	return /^Payment does not exist\.?$/i.test(detail);
}

/**
 * What *no such payment* is worth. A wallet that was shared without the right to view payments is
 * shown none, also of those it has made itself (`can_view_payments` in `lnbits/core/crud/payments.py`
 * of LNbits 1.6). Without a key LNbits tells anybody whether it knows a payment.
 *
 * @param leftMs What is left of the time of the look-up, at least 1.
 */
export async function surelyNoPayment(
	call: CallApi,
	callWithoutKey: CallApi,
	paymentHash: string,
	leftMs: () => number,
): Promise<LookupOutcome> {
	const path = `/api/v1/payments/${paymentHash}`;
	const answer = await callWithoutKey({ method: 'GET', path, timeoutMs: leftMs() });
	const read = readAnswer(answer, LNBITS);
	if (read.kind === 'trouble') {
		const { mayHaveActed: isLost, cause, reason } = read;
		return isLost || cause === 'unreachable' ? { status: 'unknown', reason } : NONE;
	}
	const body = asObject(read.json);
	if (read.status >= 500) return { status: 'unknown', reason: `LNbits answered ${read.status}` };
	if (saysNoSuchPayment(asText(body.detail)) || typeof body.paid !== 'boolean') return NONE;
	const unproven: LookupOutcome = { status: 'unknown', reason: LACK };
	const outcome = weigh(unproven, body, paymentHash);
	if (outcome.status === 'paid') return outcome;
	// It may be the invoice of another wallet of the same server, that nobody has paid yet.
	return (await showsPayments(call, leftMs())) ? NONE : unproven;
}

const NONE: LookupOutcome = { status: 'notFound' };

/** Whether the wallet is shown any payment: what came in is among them, so that all but new ones have some. */
async function showsPayments(call: CallApi, timeoutMs: number): Promise<boolean> {
	const answer = await call({ method: 'GET', path: '/api/v1/payments?limit=1', timeoutMs });
	return answer.kind === 'answer' && Array.isArray(answer.json) && answer.json.length > 0;
}
