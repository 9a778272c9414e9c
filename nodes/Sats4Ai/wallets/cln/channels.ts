import type { PayOutcome } from '../../l402/payer';
import type { ApiAnswer, CallApi } from '../api';
import { asArray, asObject, type JsonObject } from '../json';
import { readMsat } from './answer';

const TIMEOUT_MS = 5_000;

/** The sum over the open channels; null where the rune may not ask, or nothing is named. */
export function spendableMsatIn(answer: ApiAnswer): bigint | null {
	const channels = openChannelsIn(answer);
	return channels === null ? null : sumOf(channels);
}

/** Where no route was found because channel peers are offline, the reason says so. */
export async function explainCln(
	call: CallApi,
	outcome: PayOutcome,
	amountMsat: bigint,
): Promise<PayOutcome> {
	const isFinal = outcome.status === 'failed' || outcome.status === 'notSent';
	if (!isFinal || !['noRoute', 'balance', 'other'].includes(outcome.cause)) return outcome;
	const path = '/v1/listpeerchannels';
	const answer = await call({ method: 'POST', path, body: {}, timeoutMs: TIMEOUT_MS });
	const channels = openChannelsIn(answer) ?? [];
	const offline = channels.filter(({ peer_connected: connected }) => connected === false);
	const online = channels.filter((channel) => !offline.includes(channel));
	if (offline.length === 0 || sumOf(online) >= amountMsat) return outcome;
	const reason = `${outcome.reason}. ${offline.length} of its ${channels.length} channels cannot be used: the node's channel peer is offline`;
	return { ...outcome, cause: 'offline', reason };
}

function openChannelsIn(answer: ApiAnswer): readonly JsonObject[] | null {
	const { channels } = answer.kind === 'answer' ? asObject(answer.json) : {};
	if (!Array.isArray(channels)) return null;
	const isOpen = ({ state }: JsonObject) =>
		state === 'CHANNELD_NORMAL' || state === 'CHANNELD_AWAITING_SPLICE';
	return asArray(channels).map(asObject).filter(isOpen);
}

function sumOf(channels: readonly JsonObject[]): bigint {
	return channels.reduce((sum, channel) => sum + (readMsat(channel.spendable_msat) ?? 0n), 0n);
}
