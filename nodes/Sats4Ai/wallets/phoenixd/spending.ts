import { PHOENIXD } from '../httpWallet';
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
import { BEGINNING, pageAt, type Place } from '../pages';
import type { WalletUnavailable } from '../unavailable';
import { notThere } from '../whatCame';

/**
 * `GET /payments/outgoing`, the oldest first (`Api.kt`, `PaymentsOutgoing.sq` of phoenixd 0.5 to
 * 0.8). Without `all` it leaves out what is under way. What went on-chain is in it too.
 */
const PAGE = 100;

/** `feeMsatOf`: what phoenixd takes for a payment of an amount. */
export function phoenixdSpender(
	call: CallApi,
	feeMsatOf: (amountMsat: bigint) => bigint,
	elapsedMs: () => number,
): Spender {
	return {
		spentSince: async ({ sinceAt, timeoutMs }) =>
			await readPages(
				BEGINNING,
				async (place, leftMs) => await readPage(call, feeMsatOf, place, sinceAt, leftMs),
				timeoutMs,
				elapsedMs,
			),
	};
}

async function readPage(
	call: CallApi,
	feeMsatOf: (amountMsat: bigint) => bigint,
	place: Place,
	sinceAt: number,
	timeoutMs: number,
): Promise<Page<Place> | WalletUnavailable> {
	const path = `/payments/outgoing?all=true&from=${sinceAt}&limit=${PAGE}&offset=${place.offset}`;
	const read = readAnswer(
		await call({ method: 'GET', path, timeoutMs, maxBytes: MAX_LIST_BYTES }),
		PHOENIXD,
	);
	if (read.kind === 'trouble') {
		return read.cause === 'unauthorized'
			? notAllowed(read.reason, 'the http-password of phoenix.conf')
			: untold(read.cause, read.reason);
	}
	if (read.status !== 200 || !Array.isArray(read.json)) {
		return untold('unreachable', notThere(read, PHOENIXD));
	}
	const rows = read.json.map(asObject);
	const outflows = rows.filter((row) => !hasFailed(row)).map((row) => readPayment(row, feeMsatOf));
	if (!outflows.every((outflow) => outflow !== null)) return unreadable('phoenixd');
	return pageAt(place, { asked: PAGE, names: rows.map(nameOf), outflows, isLast: false });
}

/** Nulls are left out: what is neither paid nor completed is under way. */
function hasFailed({ isPaid, completedAt }: JsonObject): boolean {
	return isPaid === false && completedAt !== undefined && completedAt !== null;
}

function nameOf(row: JsonObject): string {
	return (asText(row.paymentHash) || asText(row.paymentId)).toLowerCase();
}

/** `sent` is in sats with the fee in it, cut to whole ones; `fees` is in msat. */
function readPayment(row: JsonObject, feeMsatOf: (amountMsat: bigint) => bigint): Outflow | null {
	const begunAt = readTime(row.createdAt);
	const sentSat = asInteger(row.sent);
	const feesMsat = asAmount(row.fees);
	const id = nameOf(row);
	if (begunAt === null || sentSat === null || sentSat < 0n || feesMsat === null || id === '') {
		return null;
	}
	const sentMsat = sentSat * 1000n + (feesMsat % 1000n);
	const amountMsat = sentMsat > feesMsat ? sentMsat - feesMsat : 0n;
	if (row.isPaid === true) {
		// On-chain, "completed" is when it was confirmed, which may be days after it left.
		const completedAt = asText(row.paymentHash) === '' ? null : readTime(row.completedAt);
		const at = Math.max(begunAt, completedAt ?? 0);
		return { id, amountMsat, feeMsat: feesMsat, isUnderWay: false, at };
	}
	const expectedMsat = feeMsatOf(amountMsat);
	const feeMsat = feesMsat > expectedMsat ? feesMsat : expectedMsat;
	return { id, amountMsat, feeMsat, isUnderWay: true, at: begunAt };
}
