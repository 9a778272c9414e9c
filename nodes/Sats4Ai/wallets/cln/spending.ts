import { InvoiceInvalid, tryDecodeInvoice } from '../../bolt11/invoice';
import { MAX_LIST_BYTES, type ApiAnswer, type CallApi } from '../api';
import { asArray, asInteger, asObject, asText, type JsonObject } from '../json';
import {
	notAllowed,
	readTime,
	told,
	unreadable,
	untold,
	type Outflow,
	type Spender,
	type Spending,
} from '../spending';
import type { WalletUnavailable } from '../unavailable';
import { CLN } from '../httpWallet';
import { notThere } from '../whatCame';
import { readClnAnswer, readMsat } from './answer';

/**
 * `listpays` (`plugins/xpay/listpays.c`). Since v24.11 it goes by index: the first of the window is
 * found by probes, and from there on all is read at once, since a page could end within a payment
 * of several parts and count them twice. The bookmark saves the probes. Before, all is read.
 */
const RIGHT = 'method=listpays in the rune';
/** Before v24.11 the command does not know `index`. */
const UNKNOWN_PARAMETER = -32602n;
/** So many payments too many are not worth another probe. */
const NEAR = 100n;
const STRIDE = 8n;
/** More than the strides and halvings between 1 and 2^63 can be. */
const MOST_PROBES = 90;

export function clnSpender(call: CallApi, elapsedMs: () => number): Spender {
	return {
		async spentSince({ sinceAt, timeoutMs: givenMs, bookmark }) {
			const endAt = elapsedMs() + givenMs;
			const list: List = async (body) => {
				const timeoutMs = Math.max(1, endAt - elapsedMs());
				const listpays = { method: 'POST', path: '/v1/listpays', body, timeoutMs } as const;
				return readList(await call({ ...listpays, maxBytes: MAX_LIST_BYTES }));
			};
			const start = bookmark ?? (await findStart(list, sinceAt, () => elapsedMs() >= endAt));
			if (typeof start === 'object') return start;
			const rows = await list(start === 'all' ? {} : { index: 'created', start: Number(start) });
			return 'status' in rows ? rows : addUp(rows, sinceAt);
		},
	};
}

type List = (params: object) => Promise<readonly JsonObject[] | WalletUnavailable>;

/** An index at or a little before the first payment of the window, or `all` where there is none. */
async function findStart(
	list: List,
	sinceAt: number,
	isLate: () => boolean,
): Promise<string | WalletUnavailable> {
	let before = 0n;
	let within: bigint | null = null;
	for (let probes = 0; probes < MOST_PROBES; probes += 1) {
		if (isLate()) return untold('unreachable', 'the list of payments did not end in time');
		const next: bigint =
			within === null ? (before === 0n ? 1n : before * STRIDE) : (before + within) / 2n;
		const rows = await list({ index: 'created', start: Number(next), limit: 1 });
		if ('status' in rows) return rows.reason === NO_INDEX ? 'all' : rows;
		const first = rows[0];
		if (first === undefined) within = next;
		else {
			const at = readTime(first.created_at);
			const index = asInteger(first.created_index);
			if (at === null || index === null) return 'all';
			if (at >= sinceAt) within = next;
			else before = index > next ? index : next;
		}
		if (within !== null && within - before <= NEAR) break;
	}
	return (before === 0n ? 1n : before).toString();
}

const NO_INDEX = 'Core Lightning lists payments without an index';

function readList(answer: ApiAnswer): readonly JsonObject[] | WalletUnavailable {
	const read = readClnAnswer(answer);
	if (read.kind === 'trouble') {
		return read.cause === 'unauthorized'
			? notAllowed(read.reason, RIGHT)
			: untold(read.cause, read.reason);
	}
	const body = asObject(read.json);
	if (read.status === 200 || read.status === 201) {
		return Array.isArray(body.pays)
			? asArray(body.pays).map(asObject)
			: unreadable('Core Lightning');
	}
	if (asInteger(body.code) === UNKNOWN_PARAMETER) return untold('other', NO_INDEX);
	const message = asText(body.message);
	const said = `Core Lightning did not list its payments: ${message}`;
	return untold('unreachable', message === '' ? notThere(read, CLN) : said);
}

function addUp(rows: readonly JsonObject[], sinceAt: number): Spending {
	const outflows = rows.filter(({ status }) => status !== 'failed').map(readPay);
	if (!outflows.every((outflow) => outflow !== null)) return unreadable('Core Lightning');
	const indexes = rows
		.filter((row) => (readTime(row.created_at) ?? 0) >= sinceAt)
		.map(({ created_index: index }) => asInteger(index));
	const last = asInteger(rows[rows.length - 1]?.created_index);
	const first = indexes.find((index) => index !== null) ?? last;
	return told(outflows, first === null || first === undefined ? null : first.toString());
}

/** One group of attempts at a payment hash: its amounts are those of the parts that have not failed. */
function readPay(row: JsonObject): Outflow | null {
	const begunAt = readTime(row.created_at);
	const id = asText(row.payment_hash).toLowerCase();
	const sentMsat = readMsat(row.amount_sent_msat);
	const toldMsat = readMsat(row.amount_msat);
	if (begunAt === null || id === '' || (sentMsat ?? toldMsat) === null) return null;
	const sent = sentMsat ?? 0n;
	if (row.status === 'complete') {
		const at = Math.max(begunAt, readTime(row.completed_at) ?? 0);
		const isKnown = toldMsat !== null && toldMsat <= sent;
		const amountMsat = isKnown ? toldMsat : largest(sent, toldMsat);
		return { id, amountMsat, feeMsat: sent - amountMsat, isUnderWay: false, at };
	}
	// Between two attempts nothing is out, and the invoice alone tells what is going to be.
	const amountMsat = largest(toldMsat ?? sent, invoicedMsat(row));
	return { id, amountMsat, feeMsat: null, isUnderWay: true, at: begunAt };
}

function invoicedMsat(row: JsonObject): bigint | null {
	const text = asText(row.bolt11);
	const invoice = text === '' ? null : tryDecodeInvoice(text);
	return invoice === null || invoice instanceof InvoiceInvalid ? null : invoice.amountMsat;
}

function largest(one: bigint, other: bigint | null): bigint {
	return other !== null && other > one ? other : one;
}
