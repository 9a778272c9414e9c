import { MAX_LIST_BYTES, type CallApi } from '../api';
import { asArray, asInteger, asObject, asText, isObject, type JsonObject } from '../json';
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
import { isBehind } from '../pages';
import type { WalletUnavailable } from '../unavailable';
import { readError, readLndAnswer } from './answer';

/**
 * `GET /v1/payments` (`ListPayments` of `lnrpc/lightning.proto`, LND 0.18 to 0.21), from the newest
 * payment backwards. LND before its SQL store reads all payments there are to find those of a date,
 * so the date is left to us: the first page mostly holds the whole window.
 */
const PAGE = 100;
const RIGHT = 'uri:/lnrpc.Lightning/ListPayments in the macaroon';

interface Cursor {
	/** Exclusive; 0 for the newest payment. */
	readonly before: bigint;
	/** A LiT account is shown its own payments of each page, which may be none: then LND goes by date. */
	readonly byDate: boolean;
}

export function lndSpender(call: CallApi, elapsedMs: () => number): Spender {
	return {
		spentSince: async ({ sinceAt, timeoutMs }) =>
			await readPages<Cursor>(
				{ before: 0n, byDate: false },
				async (cursor, leftMs) => await readPage(call, cursor, sinceAt, leftMs),
				timeoutMs,
				elapsedMs,
			),
	};
}

async function readPage(
	call: CallApi,
	{ before, byDate }: Cursor,
	sinceAt: number,
	timeoutMs: number,
): Promise<Page<Cursor> | WalletUnavailable> {
	const from = byDate ? `&creation_date_start=${Math.floor(sinceAt / 1000)}` : '';
	const path = `/v1/payments?include_incomplete=true&reversed=true&max_payments=${PAGE}&index_offset=${before}${from}`;
	const read = readLndAnswer(
		await call({ method: 'GET', path, timeoutMs, maxBytes: MAX_LIST_BYTES }),
	);
	if (read.kind === 'trouble') {
		return read.cause === 'unauthorized'
			? notAllowed(read.reason, RIGHT)
			: untold(read.cause, read.reason);
	}
	const body = asObject(read.json);
	if (read.status !== 200 || !isObject(read.json)) {
		const words = readError(read.json).message || 'no message';
		return untold('unreachable', `LND answered HTTP ${read.status} to the list: ${words}`);
	}
	// LND writes an empty list out; an answer without one is none.
	if (!Array.isArray(body.payments)) return unreadable('LND');
	const payments = asArray(body.payments).map(asObject);
	const begun = payments.map(begunAt);
	const outflows = payments.filter(({ status }) => status !== 'FAILED').map(readPayment);
	if (!outflows.every((outflow) => outflow !== null)) return unreadable('LND');
	const first = asInteger(body.first_index_offset) ?? asInteger(payments[0]?.payment_index);
	if (first === null && payments.length >= PAGE) return unreadable('LND');
	const isAll = first === null || first <= 1n || (before > 0n && first >= before);
	const isEnd = isAll || isBehind([...begun].reverse(), sinceAt);
	const next = isEnd ? null : { before: first, byDate: byDate || payments.length === 0 };
	return { status: 'page', outflows, next };
}

function readPayment(payment: JsonObject): Outflow | null {
	const at = begunAt(payment);
	const amountMsat = asInteger(payment.value_msat);
	const id = asText(payment.payment_hash).toLowerCase();
	if (at === null || amountMsat === null || amountMsat < 0n || id === '') return null;
	// Every other state than the two that are final is under way, also one of a later version.
	if (payment.status !== 'SUCCEEDED') {
		return { id, amountMsat, feeMsat: null, isUnderWay: true, at };
	}
	const feeMsat = asInteger(payment.fee_msat);
	const settledAt = asArray(payment.htlcs)
		.map(asObject)
		.filter(({ status }) => status === 'SUCCEEDED')
		.map((htlc) => readTime(htlc.resolve_time_ns) ?? 0);
	return {
		id,
		amountMsat,
		feeMsat: feeMsat === null || feeMsat < 0n ? null : feeMsat,
		isUnderWay: false,
		at: Math.max(at, ...settledAt),
	};
}

function begunAt(payment: JsonObject): number | null {
	return readTime(payment.creation_time_ns) ?? readTime(payment.creation_date);
}
