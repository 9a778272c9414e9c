import { sats } from '../../bolt11/amountText';
import type { Failed, LookupOutcome, PayOutcome } from '../../l402/payer';
import type { CallApi } from '../api';
import { asInteger, asObject } from '../json';

const TIMEOUT_MS = 5_000;

/**
 * LND says "insufficient balance" also where the balance lies in channels whose peer is offline, as
 * all are just after a restart. Then topping up would not help, and the reason says so.
 */
export async function explainLnd<Outcome extends PayOutcome | LookupOutcome>(
	call: CallApi,
	outcome: Outcome,
	amountMsat: bigint,
): Promise<Outcome | Failed> {
	const isFinal = outcome.status === 'failed' || outcome.status === 'notSent';
	if (!isFinal || outcome.cause !== 'balance') return outcome;
	const info = await ask(call, '/v1/getinfo');
	const inactive = asInteger(info.num_inactive_channels) ?? 0n;
	const balance = asObject((await ask(call, '/v1/balance/channels')).local_balance);
	const ownMsat = asInteger(balance.msat) ?? 0n;
	if (inactive <= 0n && ownMsat < amountMsat) return outcome;
	const channels =
		inactive > 0n ? `${inactive} of its channels cannot be used` : 'none can be used';
	const why = "the node's channel peer is offline, or LND has just started";
	const reason = `${outcome.reason}. It holds ${sats(ownMsat / 1000n)}, and ${channels}: ${why}`;
	return { status: 'failed', cause: 'offline', reason };
}

async function ask(call: CallApi, path: string) {
	const answer = await call({ method: 'GET', path, timeoutMs: TIMEOUT_MS });
	return answer.kind === 'answer' && answer.status === 200 ? asObject(answer.json) : {};
}
