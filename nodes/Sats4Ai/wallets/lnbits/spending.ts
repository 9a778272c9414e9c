import { LNBITS } from '../httpWallet';
import { MAX_LIST_BYTES, readAnswer, type CallApi } from '../api';
import { asAmount, asInteger, asObject, asText, type JsonObject } from '../json';
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
import { BEGINNING, isBehind, pageAt, type Place } from '../pages';
import type { WalletUnavailable } from '../unavailable';
import { isUnknownKey } from './answer';

/**
 * `GET /api/v1/payments`, the newest first (`lnbits/core/views/payment_api.py` of 1.x and 0.12). A
 * payment made while the pages are read moves the others down: some are then read twice, none is missed.
 */
const PAGE = 100;
const BLIND =
	'LNbits shows no payments of this wallet, which has just made one: it seems to be shared with you without them';

/** `hasPaid`: whether this wallet has made a payment since it was connected. */
export function lnbitsSpender(
	call: CallApi,
	elapsedMs: () => number,
	hasPaid: () => boolean,
): Spender {
	return {
		spentSince: async ({ sinceAt, timeoutMs }) => {
			// Asked before the list is: a payment that ends meanwhile may be missing in it.
			const isPayer = hasPaid();
			return await readPages(
				BEGINNING,
				async (place, leftMs) => await readPage(call, { place, sinceAt, isPayer }, leftMs),
				timeoutMs,
				elapsedMs,
			);
		},
	};
}

async function readPage(
	call: CallApi,
	{ place, sinceAt, isPayer }: { place: Place; sinceAt: number; isPayer: boolean },
	timeoutMs: number,
): Promise<Page<Place> | WalletUnavailable> {
	const path = `/api/v1/payments?limit=${PAGE}&offset=${place.offset}&sortby=time&direction=desc`;
	const read = readAnswer(
		await call({ method: 'GET', path, timeoutMs, maxBytes: MAX_LIST_BYTES }),
		LNBITS,
	);
	if (read.kind === 'trouble') {
		return read.cause === 'unauthorized'
			? notAllowed(read.reason, 'the admin key of the wallet')
			: untold(read.cause, read.reason);
	}
	const detail = asText(asObject(read.json).detail);
	if (isUnknownKey(detail)) {
		return notAllowed('LNbits does not know this key', 'the admin key of the wallet');
	}
	if (read.status !== 200 || !Array.isArray(read.json)) {
		const words = detail === '' ? '' : `: ${detail}`;
		return untold('unreachable', `LNbits did not list its payments (HTTP ${read.status}${words})`);
	}
	const rows = read.json.map(asObject);
	if (isPayer && rows.length === 0 && place.offset === 0) {
		return notAllowed(BLIND, 'the right to view payments, or a wallet of its own');
	}
	const outgoing = rows.filter((row) => (asInteger(row.amount) ?? -1n) < 0n && !hasFailed(row));
	const outflows = outgoing.map(readPayment);
	if (!outflows.every((outflow) => outflow !== null)) return unreadable('LNbits');
	const isLast = isBehind(rows.map(timeOf), sinceAt);
	return pageAt(place, { asked: PAGE, names: rows.map(nameOf), outflows, isLast });
}

function hasFailed({ status, pending }: JsonObject): boolean {
	return status === 'failed' && pending !== true;
}

/** Amount and fee are in msat, and negative for what leaves. What is pending reserves its fee limit. */
function readPayment(row: JsonObject): Outflow | null {
	const at = timeOf(row);
	const amountMsat = asAmount(row.amount);
	const id = nameOf(row);
	if (at === null || amountMsat === null || id === '') return null;
	const isSettled = row.status === undefined ? row.pending === false : row.status === 'success';
	const isUnderWay = !isSettled || row.pending === true;
	return { id, amountMsat, feeMsat: asAmount(row.fee), isUnderWay, at };
}

function nameOf(row: JsonObject): string {
	return (asText(row.payment_hash) || asText(row.checking_id)).toLowerCase();
}

/** Seconds in 0.12, ISO 8601 in 1.x. */
function timeOf(row: JsonObject): number | null {
	return readTime(row.time) ?? readTime(row.created_at);
}
