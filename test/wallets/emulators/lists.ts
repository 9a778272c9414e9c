import type { PlayNode, PlayPayment } from './playNode';
import { json, type Reply } from './server';

/** What each wallet says of all the payments of its node, page by page, with its odd forms. */

function oldestFirst(node: PlayNode): readonly PlayPayment[] {
	return [...node.payments.values()];
}

function newestFirst(node: PlayNode): readonly PlayPayment[] {
	return [...oldestFirst(node)].reverse();
}

const seconds = (ms: number) => Math.floor(ms / 1000);

/** `QueryPayments` of `payments/db/kv_store.go`: an exclusive index, and 64-bit numbers as strings. */
export function lndList(node: PlayNode, query: URLSearchParams): Reply {
	const statuses = { complete: 'SUCCEEDED', failed: 'FAILED', pending: 'IN_FLIGHT' };
	const all = oldestFirst(node).map((payment, index) => ({ payment, index: index + 1 }));
	const offset = Number(query.get('index_offset') ?? 0);
	const reversed = query.get('reversed') === 'true';
	const start = Number(query.get('creation_date_start') ?? 0);
	const wanted = all.filter(
		({ payment, index }) =>
			(query.get('include_incomplete') === 'true' || payment.state === 'complete') &&
			seconds(payment.begunAt) >= start &&
			(reversed ? offset === 0 || index < offset : index > offset),
	);
	const most = Number(query.get('max_payments') ?? 100);
	const page = reversed ? wanted.slice(-most) : wanted.slice(0, most);
	return json(200, {
		payments: page.map(({ payment, index }) => ({
			payment_hash: payment.paymentHash,
			value_sat: `${payment.amountMsat / 1000n}`,
			value_msat: `${payment.amountMsat}`,
			creation_date: `${seconds(payment.begunAt)}`,
			creation_time_ns: `${payment.begunAt}000000`,
			fee_msat: `${payment.feeMsat}`,
			status: statuses[payment.state],
			htlcs:
				payment.doneAt === null || payment.state === 'failed'
					? []
					: [{ status: 'SUCCEEDED', resolve_time_ns: `${payment.doneAt}000000` }],
			payment_index: `${index}`,
		})),
		first_index_offset: `${page[0]?.index ?? 0}`,
		last_index_offset: `${page[page.length - 1]?.index ?? 0}`,
		total_num_payments: '0',
	});
}

/** Ten at once unless asked; invoices among the payments; what failed is not shown. */
export function lnbitsList(node: PlayNode, query: URLSearchParams): Reply {
	const iso = (ms: number) => new Date(ms).toISOString().replace('Z', '123+00:00');
	const outgoing = newestFirst(node)
		.filter(({ state }) => state !== 'failed')
		.map((payment) => ({
			checking_id: payment.paymentHash,
			payment_hash: payment.paymentHash,
			amount: -Number(payment.amountMsat),
			fee: payment.state === 'pending' ? -2_000 : -Number(payment.feeMsat),
			status: payment.state === 'pending' ? 'pending' : 'success',
			time: iso(payment.begunAt),
			created_at: iso(payment.begunAt),
			updated_at: iso(payment.doneAt ?? payment.begunAt),
		}));
	const incoming = {
		checking_id: 'internal_1',
		payment_hash: 'ee'.repeat(32),
		amount: 50_000,
		fee: 0,
		status: 'success',
		time: iso(node.now()),
	};
	const offset = Number(query.get('offset') ?? 0);
	const limit = Math.min(1_000, Number(query.get('limit') ?? 10));
	return json(200, [incoming, ...outgoing].slice(offset, offset + limit));
}

/** By index since v24.11; the older node knows no such parameters. */
export function clnList(node: PlayNode, params: Record<string, unknown>, hasIndex: boolean): Reply {
	const { index, start, limit } = params;
	if (index !== undefined && !hasIndex) {
		return json(500, { code: -32602, message: 'unknown parameter: index', data: {} });
	}
	const rows = oldestFirst(node).map((payment, at) => ({
		payment_hash: payment.paymentHash,
		status: payment.state,
		created_at: seconds(payment.begunAt),
		...(payment.state === 'complete' ? { completed_at: seconds(payment.doneAt ?? 0) } : {}),
		...(payment.state === 'failed' ? {} : { amount_msat: Number(payment.amountMsat) }),
		amount_sent_msat: payment.state === 'failed' ? 0 : Number(payment.amountMsat + payment.feeMsat),
		...(hasIndex ? { created_index: at + 1 } : {}),
	}));
	const wanted = rows.slice(Math.max(0, Number(start ?? 1) - 1));
	return json(201, { pays: wanted.slice(0, Number(limit ?? Infinity)) });
}

/** Twenty at once unless asked; without `all` only what was sent, by when it was. */
export function phoenixdList(node: PlayNode, query: URLSearchParams): Reply {
	const from = Number(query.get('from') ?? 0);
	const all = query.get('all') === 'true';
	const wanted = oldestFirst(node).filter((payment) =>
		all ? payment.begunAt >= from : payment.state === 'complete' && (payment.doneAt ?? 0) >= from,
	);
	const offset = Number(query.get('offset') ?? 0);
	const page = wanted.slice(offset, offset + Number(query.get('limit') ?? 20));
	return json(
		200,
		page.map((payment) => ({
			type: 'outgoing_payment',
			subType: 'lightning',
			paymentId: `6fd5ae0d-3b3c-4f1d-9d2e-${payment.paymentHash.slice(0, 12)}`,
			paymentHash: payment.paymentHash,
			isPaid: payment.state === 'complete',
			sent: Number((payment.amountMsat + payment.feeMsat) / 1000n),
			fees: Number(payment.feeMsat),
			...(payment.doneAt === null ? {} : { completedAt: payment.doneAt }),
			createdAt: payment.begunAt,
		})),
	);
}

/** The latest change first, 50 at most; what is unsettled past its invoice's hour is "expired". */
export function hubList(node: PlayNode, params: Record<string, unknown>): object {
	const states = { complete: 'settled', failed: 'failed', pending: 'pending' };
	const changedAt = ({ begunAt, doneAt }: PlayPayment) => doneAt ?? begunAt;
	const wanted = newestFirst(node)
		.filter(
			(payment) =>
				(params.unpaid === true || payment.state === 'complete') &&
				seconds(changedAt(payment)) >= Number(params.from ?? 0),
		)
		.sort((a, b) => changedAt(b) - changedAt(a));
	const offset = Number(params.offset ?? 0);
	const page = wanted.slice(offset, offset + Math.min(50, Number(params.limit ?? 50)));
	return {
		transactions: page.map((payment) => ({
			type: 'outgoing',
			state:
				payment.state !== 'complete' && node.now() > payment.begunAt + 3_600_000
					? 'expired'
					: states[payment.state],
			preimage: payment.state === 'complete' ? payment.preimage : '',
			payment_hash: payment.paymentHash,
			amount: Number(payment.amountMsat),
			fees_paid: Number(payment.feeMsat),
			created_at: seconds(payment.begunAt),
			settled_at: payment.state === 'complete' ? seconds(payment.doneAt ?? 0) : null,
		})),
		total_count: wanted.length,
	};
}

/** A budget that renews at midnight of the wallet's place, here an hour ago. */
export function hubBudget(node: PlayNode): object {
	const renewedAt = node.now() - 3_600_000;
	const used = oldestFirst(node)
		.filter(({ state, begunAt }) => state !== 'failed' && begunAt > renewedAt)
		.reduce(
			(sum, { amountMsat, feeMsat, state }) =>
				sum + amountMsat + (state === 'pending' ? 10_000n : feeMsat),
			0n,
		);
	return {
		used_budget: Number(used),
		total_budget: 100_000_000,
		renews_at: seconds(renewedAt) + 24 * 3_600,
		renewal_period: 'daily',
	};
}
