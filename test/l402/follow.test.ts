import { growingPauses } from '../../nodes/Sats4Ai/l402/clock';
import { follow, followCall, lookupTimeoutMs } from '../../nodes/Sats4Ai/l402/follow';
import type { LookupOutcome, PayOutcome } from '../../nodes/Sats4Ai/l402/payer';
import { together } from '../../nodes/Sats4Ai/l402/paymentWords';
import {
	failed,
	invoice,
	lineLost,
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

async function after(called: PayOutcome, lookups: readonly LookupOutcome[], change = {}) {
	const script = Object.assign(new Script(lookups), change);
	const settlement = await followCall(script, invoice, terms, script, called);
	return { settlement, script };
}

describe('a pay call that was answered', () => {
	it.each([PREIMAGE, PREIMAGE.toUpperCase()])('ends with proof: %s', async (preimage) => {
		const { settlement, script } = await after({ ...paid, preimage }, []);
		expect(settlement).toEqual({ status: 'paid', preimage: PREIMAGE, feeMsat: 7n });
		expect(script.lookups).toEqual([]);
		expect(script.pauses).toEqual([]);
	});

	it.each([failed, notSent])('ends with a refusal: $status', async (refusal) => {
		const { settlement, script } = await after(refusal, []);
		const { cause, reason } = refusal;
		expect(settlement).toEqual({ status: 'failed', cause, reason });
		expect(script.lookups).toEqual([]);
	});

	it.each([null, '00'.repeat(32), 'no preimage'])(
		'is looked up where its preimage proves nothing: %s',
		async (preimage) => {
			const { settlement, script } = await after({ ...paid, preimage }, [noPreimage, paid]);
			expect(settlement).toEqual({ status: 'paid', preimage: PREIMAGE, feeMsat: 7n });
			expect(script.pauses).toEqual([250, 500]);
		},
	);

	it('has four chances to prove a payment that it reports', async () => {
		const { settlement, script } = await after(noPreimage, [noPreimage]);
		expect(settlement).toEqual({
			status: 'unproven',
			reason: 'the wallet reports the payment as done, without its preimage',
		});
		expect(script.lookups).toHaveLength(3);
	});

	it('is not failed when the wallet takes back that it paid', async () => {
		const { settlement } = await after(noPreimage, [failed]);
		expect(settlement.status).toBe('unproven');
		expect((await after(noPreimage, [failed, paid])).settlement.status).toBe('paid');
	});
});

describe('a pay call without a clear answer', () => {
	it.each([unknown, pending])('is $status and turns out paid', async (called) => {
		const { settlement } = await after(called, [pending, notFound, unknown, paid]);
		expect(settlement.status).toBe('paid');
	});

	it('doubts the first refusal for two seconds: the record may be of an attempt before it', async () => {
		const { settlement, script } = await after(unknown, [failed, paid]);
		expect(settlement.status).toBe('paid');
		expect(script.pauses).toEqual([250, 2_000]);
	});

	it('believes the second, in the words of both', async () => {
		const { settlement, script } = await after(unknown, [failed]);
		const reason = 'no answer. Asked again, no route';
		expect(settlement).toEqual({ status: 'failed', cause: 'noRoute', reason });
		expect(script.lookups).toHaveLength(2);
	});

	it('says once what it has heard twice', async () => {
		const said = { ...unknown, reason: 'no route' };
		expect((await after(said, [failed])).settlement).toMatchObject({ reason: 'no route' });
		expect((await after(pending, [failed])).settlement).toMatchObject({ reason: 'no route' });
	});

	it('believes the first refusal after the attempt was seen under way', async () => {
		const { settlement, script } = await after(unknown, [pending, failed]);
		expect(settlement.status).toBe('failed');
		expect(script.pauses).toEqual([250, 500]);
	});

	it.each([unknown, notFound])(
		'does not take $status for a record that has caught up',
		async (said) => {
			const { settlement, script } = await after(unknown, [said, failed, paid]);
			expect(settlement.status).toBe('paid');
			expect(script.pauses).toEqual([250, 500, 2_000]);
		},
	);

	it('does not take its own "under way" for a record that has caught up', async () => {
		const { settlement, script } = await after(pending, [failed, paid]);
		expect(settlement.status).toBe('paid');
		expect(script.pauses).toEqual([250, 2_000]);
	});

	it('is still doubted when time is up, and asked again after the pause that is due', async () => {
		const called = { callMs: 59_800 };
		const { settlement, script } = await after(unknown, [failed, paid], called);
		expect(settlement.status).toBe('paid');
		// 60,050 ms were gone at the doubt: the pause is not cut to what is left.
		expect(script.pauses).toEqual([250, 500]);
	});
});

describe('a wallet that lost its node in the middle of the call', () => {
	it('is not believed to have failed, however often it says so', async () => {
		const { settlement, script } = await after(lineLost, [failed]);
		const reason = 'no answer. Asked again, no route';
		expect(settlement).toEqual({ status: 'unknown', reason, isLineLost: true });
		expect(script.elapsed).toBe(60_000);
	});

	it('is believed when it proves that it paid', async () => {
		const { settlement } = await after(lineLost, [failed, failed, failed, paid]);
		expect(settlement.status).toBe('paid');
	});

	it.each([lineLost, { ...failed, isLineLost: true as const }])(
		'may say so in a look-up: $status',
		async (record) => {
			const { settlement } = await after(unknown, [record, failed]);
			expect(settlement).toMatchObject({ status: 'unknown', isLineLost: true });
		},
	);

	it('is remembered also where it says that it paid, and cannot prove it', async () => {
		const { settlement } = await after(lineLost, [noPreimage]);
		expect(settlement).toMatchObject({ status: 'unproven', isLineLost: true });
	});
});

describe('time', () => {
	it('is used in growing pauses, and to the end', async () => {
		const { settlement, script } = await after(unknown, [pending]);
		expect(settlement).toEqual({
			status: 'unknown',
			reason: 'no answer. Asked again, under way',
		});
		const pauses = [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000, 4_250];
		expect(script.pauses).toEqual(pauses);
		expect(script.elapsed).toBe(60_000);
		expect(script.lookups).toHaveLength(pauses.length);
	});

	it('that is over leaves one look-up', async () => {
		const { settlement, script } = await after(unknown, [paid], { elapsed: 61_000 });
		expect(settlement.status).toBe('paid');
		expect(script.pauses).toEqual([0]);
		const late = await after(unknown, [pending], { elapsed: 61_000 });
		expect(late.settlement.status).toBe('unknown');
		expect(late.script.lookups).toHaveLength(1);
	});

	it('is over at the very moment', async () => {
		const { script } = await after(unknown, [pending], { elapsed: 59_750 });
		expect(script.pauses).toEqual([250]);
	});

	it.each([
		[0, 10_000],
		[50_000, 10_000],
		[52_500, 7_500],
		[59_500, 1_000],
		[70_000, 1_000],
	])('at %d ms leaves a look-up %d ms', (elapsed, expected) => {
		const script = Object.assign(new Script([]), { elapsed });
		expect(lookupTimeoutMs(terms, script)).toBe(expected);
	});

	it('grows by doubling', () => {
		const pauses = growingPauses(100, 350);
		expect([1, 2, 3, 4].map(() => pauses.next().value)).toEqual([100, 200, 350, 350]);
	});
});

describe('a run that is stopped', () => {
	it('asks nothing more', async () => {
		const { settlement, script } = await after(unknown, [paid], { cancelledAt: 0 });
		expect(settlement).toEqual({ status: 'unknown', reason: 'no answer' });
		expect(script.pauses).toEqual([]);
		expect(script.lookups).toEqual([]);
	});

	it('during a pause asks nothing more', async () => {
		const { settlement, script } = await after(unknown, [paid], { cancelledAt: 100 });
		expect(settlement.status).toBe('unknown');
		expect(script.pauses).toEqual([250]);
		expect(script.lookups).toEqual([]);
	});

	it('still keeps what has been proven', async () => {
		expect((await after(paid, [], { cancelledAt: 0 })).settlement.status).toBe('paid');
		expect((await after(noPreimage, [], { cancelledAt: 0 })).settlement.status).toBe('unproven');
	});
});

describe('a look-up alone', () => {
	it('that says paid has no words of its own', () => {
		expect(together(null, paid)).toBe('the wallet did not confirm it');
	});

	it('is believed at once when it says that the payment failed', async () => {
		const script = new Script([]);
		const settlement = await follow(script, invoice, terms, script, failed);
		expect(settlement).toEqual({ status: 'failed', cause: 'noRoute', reason: 'no route' });
	});

	it('that finds no record ends in the words for it', async () => {
		const script = new Script([notFound]);
		const settlement = await follow(script, invoice, terms, script, notFound);
		const reason = 'the wallet has no record of the payment';
		expect(settlement).toEqual({ status: 'unknown', reason });
	});

	it('that says paid, when time is up and no preimage came, is unproven', async () => {
		const script = Object.assign(new Script([pending]), { elapsed: 60_000 });
		const settlement = await follow(script, invoice, terms, script, noPreimage);
		expect(settlement.status).toBe('unproven');
		expect(script.lookups).toHaveLength(1);
	});
});
