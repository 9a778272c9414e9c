import { finishPayment, payInvoice, recognizePayment } from '../../nodes/Sats4Ai/l402/payment';
import { settleKnown } from '../../nodes/Sats4Ai/l402/knownPayment';
import type { LookupOutcome, PayOutcome } from '../../nodes/Sats4Ai/l402/payer';
import {
	failed,
	invoice,
	MIDNIGHT,
	noPreimage,
	notFound,
	notSent,
	paid,
	pending,
	PREIMAGE,
	Script,
	unknown,
} from './scriptedPayer';

const terms = { maxFeeMsat: 10n, deadlineAt: 60_000 };
const DAY_MS = 24 * 60 * 60 * 1_000;
const settled = { status: 'paid', preimage: PREIMAGE, feeMsat: 7n };

describe('a first payment', () => {
	it('is sent once, for three quarters of the time and at most its fee', async () => {
		const script = new Script([], paid);
		expect(await payInvoice(script, invoice, terms, script)).toEqual(settled);
		expect(script.payCalls).toEqual([{ maxFeeMsat: 10n, timeoutMs: 45_000 }]);
	});

	it('is sent once whatever becomes of it', async () => {
		const script = new Script([failed], unknown);
		expect((await payInvoice(script, invoice, terms, script)).status).toBe('failed');
		expect(script.payCalls).toHaveLength(1);
	});

	it.each([
		[20_001, 29_999],
		[60_000, 1],
		[90_000, 1],
	])('begun at %d ms may take %d ms', async (elapsed, timeoutMs) => {
		const script = Object.assign(new Script([], paid), { elapsed });
		await payInvoice(script, invoice, terms, script);
		expect(script.payCalls[0]?.timeoutMs).toBe(timeoutMs);
	});
});

describe('a payment that was begun before', () => {
	interface Setting {
		readonly elapsed?: number;
		readonly cancelledAt?: number;
		readonly expiresAt?: number;
		readonly arrivesBy?: number | null;
		readonly mayResend?: boolean;
		readonly isLineLost?: boolean;
	}
	async function finish(
		lookups: readonly LookupOutcome[],
		{ mayResend = true, isLineLost = false, ...setting }: Setting,
		again: PayOutcome = paid,
	) {
		const { expiresAt = MIDNIGHT + 600_000, arrivesBy = null, ...change } = setting;
		const script = Object.assign(new Script(lookups, again), change);
		const earlier = { expiresAt, arrivesBy, isLineLost, mayResend: () => mayResend };
		const settlement = await finishPayment(script, invoice, earlier, terms, script);
		return { settlement, script };
	}

	it.each([paid, pending, unknown])(
		'is not sent again where the wallet says $status',
		async (first) => {
			const { settlement, script } = await finish([first, paid], {});
			expect(settlement).toEqual(settled);
			expect(script.payCalls).toEqual([]);
		},
	);

	it('is looked up before anything else, for ten seconds at most', async () => {
		expect((await finish([paid], {})).script.lookups).toEqual([10_000]);
	});

	it('is not ended by the first refusal', async () => {
		const { settlement, script } = await finish([failed, paid], {});
		expect(settlement).toEqual(settled);
		expect(script.pauses).toEqual([2_000]);
		const { settlement: ended } = await finish([failed, failed], {});
		expect(ended).toEqual({ status: 'failed', cause: 'noRoute', reason: 'no route' });
	});

	it.each([
		['by the time of day', { expiresAt: MIDNIGHT - DAY_MS }, 0],
		['by the clock nobody sets', { expiresAt: 0, arrivesBy: -DAY_MS }, 0],
	])('of a node that was lost is failed a day after its expiry, %s', async (_, setting, at) => {
		const lost = { ...setting, isLineLost: true };
		const early = await finish([failed], { ...lost, elapsed: at });
		expect(early.settlement).toMatchObject({ status: 'unknown', isLineLost: true });
		for (const record of [failed, { ...failed, isLineLost: true as const }]) {
			const late = await finish([record], { ...lost, elapsed: at + 1 });
			expect(late.settlement).toMatchObject({ status: 'failed' });
		}
	});

	it.each([
		[0, 'unknown'],
		[1, 'failed'],
	])(
		'of a node that was lost may be struck from the records: %d ms after the day',
		async (elapsed, status) => {
			const lost = { expiresAt: MIDNIGHT - DAY_MS, isLineLost: true, elapsed };
			const { settlement, script } = await finish([notFound], lost);
			expect(settlement).toMatchObject({ status });
			expect(script.payCalls).toEqual([]);
		},
	);

	it.each([
		['the invoice has expired', { expiresAt: MIDNIGHT }],
		['it may not be sent again', { mayResend: false }],
	])('and turn up there as failed, which ends nothing where %s', async (_, setting) => {
		const { settlement, script } = await finish([notFound, failed], {
			...setting,
			isLineLost: true,
		});
		expect(settlement).toMatchObject({ status: 'unknown', isLineLost: true });
		expect(script.payCalls).toEqual([]);
		const { settlement: ended } = await finish([notFound, failed], setting);
		expect(ended).toMatchObject({ status: 'failed' });
		const { settlement: late } = await finish([notFound, failed, paid], setting);
		expect(late).toEqual(settled);
	});

	it('of a node that was lost is not failed by being sent again', async () => {
		const { settlement } = await finish([notFound, failed], { isLineLost: true }, failed);
		expect(settlement).toMatchObject({ status: 'unknown', isLineLost: true });
	});

	it('is sent again, with the same limits, where there is no record of it', async () => {
		const { settlement, script } = await finish([notFound], {});
		expect(settlement).toEqual(settled);
		expect(script.payCalls).toEqual([{ maxFeeMsat: 10n, timeoutMs: 45_000 }]);
	});

	it.each([
		['may not be sent', { mayResend: false }],
		['has expired', { expiresAt: MIDNIGHT }],
		['is stopped', { cancelledAt: 0 }],
	])('is not sent again where it %s', async (_, setting) => {
		const { settlement, script } = await finish([notFound], setting);
		expect(settlement).toEqual({
			status: 'unknown',
			reason: 'the wallet has no record of the payment',
		});
		expect(script.payCalls).toEqual([]);
	});

	it.each([
		['by the time of day', 60_001, { expiresAt: MIDNIGHT }],
		['by the clock nobody sets', 70_001, { expiresAt: MIDNIGHT + 1e9, arrivesBy: 10_000 }],
	])('has failed some time after its expiry, %s', async (_, elapsed, setting) => {
		const { settlement, script } = await finish([notFound], { elapsed, ...setting });
		const reason = 'the invoice expired unpaid';
		expect(settlement).toEqual({ status: 'failed', cause: 'expired', reason });
		expect(script.payCalls).toEqual([]);
	});

	it.each([
		['by the time of day', 60_000, { expiresAt: MIDNIGHT }],
		['by the time of day alone', 65_000, { expiresAt: MIDNIGHT + 30_000 }],
		['by the clock nobody sets', 70_000, { expiresAt: MIDNIGHT, arrivesBy: 10_000 }],
	])('may still be on its way at the last moment, %s', async (_, elapsed, setting) => {
		const { settlement } = await finish([notFound], { elapsed, ...setting });
		expect(settlement.status).toBe('unknown');
	});

	it('is not failed by a refusal of the second call, which speaks for itself alone', async () => {
		const { settlement, script } = await finish([notFound, paid], {}, notSent);
		expect(settlement).toEqual(settled);
		expect(script.payCalls).toHaveLength(1);
		const lost = await finish([notFound], {}, notSent);
		expect(lost.settlement).toEqual({
			status: 'unknown',
			reason: 'too little. Asked again, the wallet has no record of the payment',
		});
	});

	it('is failed by a second call that was sent and failed', async () => {
		const { settlement } = await finish([notFound], {}, failed);
		expect(settlement).toEqual({ status: 'failed', cause: 'noRoute', reason: 'no route' });
	});

	it('is followed where the second call is not answered', async () => {
		const { settlement } = await finish([notFound, failed, failed], {}, unknown);
		const reason = 'no answer. Asked again, no route';
		expect(settlement).toEqual({ status: 'failed', cause: 'noRoute', reason });
	});
});

describe('a payment of another wallet', () => {
	const recognize = async (...lookups: LookupOutcome[]) => {
		const script = new Script(lookups);
		const settlement = await recognizePayment(script, invoice, terms, script);
		expect(script.payCalls).toEqual([]);
		return settlement;
	};

	it.each([[[paid]], [[pending, paid]]])('is proven by its preimage', async (lookups) => {
		expect(await recognize(...lookups)).toEqual(settled);
	});

	it.each([[[notFound]], [[failed]], [[unknown, paid]], [[pending, failed]], [[noPreimage]]])(
		'is unknown whatever else this one says',
		async (lookups) => {
			expect(await recognize(...lookups)).toEqual({
				status: 'unknown',
				reason: expect.stringContaining('this one does not prove that it paid'),
			});
		},
	);
});

describe('an invoice that anybody may have paid with this wallet', () => {
	async function known(lookups: readonly LookupOutcome[], change = {}) {
		const script = Object.assign(new Script(lookups), change);
		return { script, settlement: await settleKnown(script, invoice, terms, script) };
	}

	it.each([notFound, failed])('may be paid where the record is $status', async (record) => {
		const { settlement, script } = await known([record]);
		expect(settlement).toEqual({ status: 'unpaid' });
		expect(script.lookups).toEqual([10_000]);
	});

	it.each([[[paid]], [[pending, paid]], [[unknown, unknown, paid]]])('is paid', async (lookups) => {
		expect((await known(lookups)).settlement).toEqual(settled);
	});

	it('may be paid after what was under way has failed', async () => {
		expect((await known([pending, failed])).settlement).toEqual({ status: 'unpaid' });
	});

	it('is asked about in growing pauses while the wallet is silent, and never taken for unpaid', async () => {
		const { settlement, script } = await known([unknown]);
		expect(settlement.status).toBe('unknown');
		const pauses = [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000];
		expect(script.pauses.slice(0, pauses.length)).toEqual(pauses);
	});

	it('is not asked about again at the deadline, but once more in the end', async () => {
		const { settlement, script } = await known([unknown, notFound], { elapsed: 59_750 });
		expect(settlement.status).toBe('unknown');
		expect(script.lookups).toHaveLength(2);
		const early = await known([unknown, notFound], { elapsed: 59_749 });
		expect(early.settlement).toEqual({ status: 'unpaid' });
	});

	it('is not asked about again in a run that was stopped', async () => {
		const { settlement, script } = await known([unknown], { cancelledAt: 0 });
		expect(settlement).toEqual({ status: 'unknown', reason: 'no answer' });
		expect(script.lookups).toHaveLength(1);
	});
});
