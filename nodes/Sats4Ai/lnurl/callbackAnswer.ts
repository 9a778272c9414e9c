import { answerObject, refusalIn } from './answerObject';

export type CallbackAnswer =
	/** The service is going to pay the invoice; that it has arrived, only the wallet can say. */
	| { readonly status: 'ok' }
	| { readonly status: 'refused'; readonly reason: string }
	/** Neither yes nor no. */
	| { readonly status: 'odd' };

/** Reads the answer to an invoice that was handed in (LUD-03, step 6). Never throws. */
export function readCallbackAnswer(body: Buffer): CallbackAnswer {
	const answer = answerObject(body);
	const refusal = refusalIn(answer);
	if (refusal !== null) return { status: 'refused', reason: refusal };
	const isOk = typeof answer.status === 'string' && answer.status.toUpperCase() === 'OK';
	return { status: isOk ? 'ok' : 'odd' };
}
