import { trouble, unavailable, type ApiAnswer, type ApiCall, type CallApi } from '../api';
import type { WalletUnavailable } from '../wallet';
import { readError, RIGHTS } from './answer';

/**
 * Whether the macaroon may pay and look payments up, without paying: LND checks the macaroon before
 * it reads a request, and this one names no invoice and no recipient, so that it cannot be paid
 * (`extractIntentFromSendRequest`). null where nothing speaks against it.
 */
export async function missingLndRight(
	call: CallApi,
	lookUpNothing: Omit<ApiCall, 'timeoutMs'>,
	timeoutMs: number,
): Promise<WalletUnavailable | null> {
	const payNothing = {
		method: 'POST',
		path: '/v2/router/send',
		body: { payment_request: '' },
	} as const;
	const [looked, paid] = [
		await call({ ...lookUpNothing, timeoutMs }),
		await call({ ...payNothing, timeoutMs }),
	];
	const missing = [
		...(isRefused(paid) ? [`pay (${RIGHTS.pay})`] : []),
		...(isRefused(looked) ? [`look payments up (${RIGHTS.lookup})`] : []),
	];
	if (missing.length === 0) return null;
	const reason = `this macaroon may not ${missing.join(' nor ')}`;
	return unavailable(trouble('unauthorized', reason));
}

/** In LND's own words: a proxy may keep other paths from n8n for reasons of its own. */
function isRefused(answer: ApiAnswer): boolean {
	return answer.kind === 'answer' && /permission denied/i.test(readError(answer.json).message);
}
