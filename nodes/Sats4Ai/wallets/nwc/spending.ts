import { preimageProves } from '../../l402/preimage';
import { asAmount, asArray, asInteger, asObject, asText, type JsonObject } from '../json';
import {
	notAllowed,
	readPages,
	readTime,
	unreadable,
	untold,
	type Outflow,
	type Page,
	type Spender,
} from '../spending';
import type { WalletPorts } from '../wallet';
import { BEGINNING, isBehind, pageAt, type Place } from '../pages';
import type { WalletUnavailable } from '../unavailable';
import { saidWhat } from './answer';
import { atLeast, BUDGET } from './budget';
import type { NwcReply, NwcRequest } from './exchange';

/** `list_transactions` of NIP-47, and `get_budget`, which Alby Hub has beside it. */
const LIST = 'list_transactions';
/** Alby Hub gives 50 at most; an answer must fit into 65,535 bytes, and into what relays take. */
const PAGE = 40;
const NOT_ALLOWED = ['RESTRICTED', 'NOT_IMPLEMENTED', 'UNAUTHORIZED'];
/** The list is the answer; the budget only a second opinion. */
const BUDGET_TIMEOUT_MS = 3_000;

type Ask = (request: NwcRequest) => Promise<NwcReply>;

export function nwcSpender(
	ask: Ask,
	{ now, elapsedMs }: Pick<WalletPorts, 'now' | 'elapsedMs'>,
): Spender {
	return {
		async spentSince({ sinceAt, timeoutMs }) {
			const endAt = elapsedMs() + timeoutMs;
			// First, so that what is begun meanwhile is in the list alone.
			const askedAt = now();
			const params = { method: BUDGET, params: {}, needs: [BUDGET], once: false };
			const budget = await ask({ ...params, timeoutMs: Math.min(BUDGET_TIMEOUT_MS, timeoutMs) });
			const spending = await readPages(
				BEGINNING,
				async (place, leftMs) => await readPage(ask, place, sinceAt, leftMs),
				endAt - elapsedMs(),
				elapsedMs,
			);
			if (spending.status !== 'told' || budget.kind !== 'result') return spending;
			return atLeast(spending, budget.result, askedAt);
		},
	};
}

async function readPage(
	ask: Ask,
	place: Place,
	sinceAt: number,
	timeoutMs: number,
): Promise<Page<Place> | WalletUnavailable> {
	const from = Math.floor(sinceAt / 1000);
	const params = { from, limit: PAGE, offset: place.offset, unpaid: true, type: 'outgoing' };
	const reply = await ask({ method: LIST, params, needs: [LIST], once: false, timeoutMs });
	if (reply.kind !== 'result') return refused(reply);
	const rows = reply.result.transactions;
	// Go writes a list without entries as null.
	if (!Array.isArray(rows) && rows !== null) return unreadable('the wallet');
	const page = asArray(rows).map(asObject);
	const outgoing = page.filter((row) => row.type !== 'incoming' && stateOf(row) !== 'failed');
	const outflows = outgoing.map(readTransaction);
	if (!outflows.every((outflow) => outflow !== null)) return unreadable('the wallet');
	const names = page.map((row) => asText(row.payment_hash));
	const total = asInteger(reply.result.total_count);
	const isAll = total !== null && total > 0n && BigInt(place.offset + page.length) >= total;
	// A wallet that does not know `from` shows all it has: the newest first, as the protocol says.
	const isLast = isAll || isBehind(page.map(latestTime), sinceAt);
	return pageAt(place, { asked: PAGE, names, outflows, isLast });
}

function refused(reply: Exclude<NwcReply, { kind: 'result' }>): WalletUnavailable {
	const right = `the permission ${LIST}: allow the connection in the wallet to read its transactions`;
	if (reply.kind === 'notSent') {
		return reply.cause === 'unauthorized'
			? notAllowed(reply.reason, right)
			: untold(reply.cause, reply.reason);
	}
	if (reply.kind === 'lost') return untold('unreachable', reply.reason);
	return NOT_ALLOWED.includes(reply.code)
		? notAllowed(saidWhat(reply), right)
		: untold('other', saidWhat(reply));
}

function stateOf({ state }: JsonObject): string {
	return asText(state).toLowerCase();
}

function latestTime(row: JsonObject): number | null {
	const begunAt = readTime(row.created_at);
	const settledAt = readTime(row.settled_at);
	return begunAt === null ? settledAt : Math.max(begunAt, settledAt ?? 0);
}

function readTransaction(row: JsonObject): Outflow | null {
	const at = latestTime(row);
	const amountMsat = asAmount(row.amount);
	const id = asText(row.payment_hash).toLowerCase();
	if (at === null || amountMsat === null || id === '') return null;
	// Without a state a time of settlement is not proof everywhere. "expired" is Alby Hub's word for
	// what is under way past its invoice's expiry, and for what failed before.
	const isSettled = stateOf(row) === 'settled' || preimageProves(row.preimage, id);
	const feeMsat = asAmount(row.fees_paid);
	return { id, amountMsat, feeMsat: isSettled ? feeMsat : null, isUnderWay: !isSettled, at };
}
