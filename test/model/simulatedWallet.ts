import type {
	LookupOutcome,
	PayableInvoice,
	Payer,
	PaymentLimits,
	PayOutcome,
} from '../../nodes/Sats4Ai/l402/payer';
import type { PooledInvoice } from './invoicePool';
import { recordOf, type Attempt } from './attempt';
import type { PayFate, Schedule } from './schedule';
import type { VirtualTime } from './virtualTime';

/** For how long a wallet may not know yet of a pay call that is on its way to it. */
const ARRIVAL_MS = 200_000;

/** A wallet whose payments have a fate of their own, whatever it says of them. */
export class SimulatedWallet implements Payer {
	readonly notFoundFinalAfterMs: number;
	readonly attempts = new Map<string, Attempt[]>();
	/** Pay calls that should not have been made. */
	readonly complaints: string[] = [];
	/** Which execution the calls come from; set by the schedule. */
	execution = 0;
	private payCalls = 0;
	private lookups = 0;
	/** Payments that no look-up has been answered about since they were last sent. */
	private readonly unread = new Set<string>();

	constructor(
		private readonly time: VirtualTime,
		private readonly schedule: Schedule,
		private readonly invoices: ReadonlyMap<string, PooledInvoice>,
		private readonly latency: () => number,
		private readonly calm: () => boolean,
	) {
		this.notFoundFinalAfterMs = schedule.notFoundFinalAfterMs;
	}

	async payInvoice(invoice: PayableInvoice, limits: PaymentLimits): Promise<PayOutcome> {
		const { time } = this;
		if (time.clock.cancelled()) this.complaints.push('a payment was started after the stop');
		const planned = this.calm() ? undefined : this.schedule.fates.pay[this.payCalls++];
		const { fate, afterMs } = planned ?? { fate: { says: 'paid', truth: 'settles' }, afterMs: 0 };
		const feeMsat = Math.min(planned?.feeMsat ?? 0, Number(limits.maxFeeMsat));
		const earlier = this.attempts.get(invoice.paymentHash) ?? [];
		const taken = earlier.some(
			({ truth, endsAt }) => truth === 'settles' || (truth === 'fails' && endsAt > time.now),
		);
		if (taken && fate.says !== 'notSent') {
			await time.pass(this.latency(), true);
			return { status: 'unknown', reason: 'already paid or in flight' };
		}
		const endsAt = time.now + afterMs;
		const { execution } = this;
		const recordedAs = fate.says === 'lostLine' ? fate.recordedAs : null;
		const { truth } = fate;
		const sentAt = time.now;
		const attempt = { truth, sentAt, endsAt, feeMsat, execution, recordedAs, isHeard: false };
		earlier.push(attempt);
		this.attempts.set(invoice.paymentHash, earlier);
		this.unread.add(invoice.paymentHash);
		const waitMs = this.answersAfterMs(fate.says, afterMs, limits);
		const inTime = waitMs <= limits.timeoutMs;
		await time.pass(Math.min(waitMs, limits.timeoutMs), true);
		if (!inTime || time.clock.cancelled()) return { status: 'unknown', reason: 'no answer' };
		attempt.isHeard = true;
		switch (fate.says) {
			case 'paid':
				return this.paid(invoice.paymentHash, BigInt(feeMsat));
			case 'paidWithoutPreimage':
				return { status: 'paid', preimage: null, feeMsat: null };
			case 'paidWithWrongPreimage':
				return { status: 'paid', preimage: '00'.repeat(32), feeMsat: 0n };
			case 'pending':
				return { status: 'pending', reason: 'under way' };
			case 'lostLine':
				return { status: 'unknown', reason: 'connection reset by peer', isLineLost: true };
			case 'failed':
				return { status: 'failed', cause: 'noRoute', reason: 'no route' };
			case 'notSent':
				return { status: 'notSent', cause: 'balance', reason: 'no balance' };
			default:
				return { status: 'unknown', reason: 'no answer' };
		}
	}

	async lookupPayment(invoice: PayableInvoice, timeoutMs: number): Promise<LookupOutcome> {
		const planned = this.calm() ? 'truth' : (this.schedule.fates.lookup[this.lookups++] ?? 'truth');
		await this.time.pass(planned === 'nothing' ? timeoutMs : this.latency(), true);
		if (planned === 'nothing' || this.time.clock.cancelled()) {
			return { status: 'unknown', reason: 'no answer' };
		}
		const isUnread = this.unread.delete(invoice.paymentHash);
		if (isUnread && planned === 'failedBefore') {
			return { status: 'failed', cause: 'noRoute', reason: 'an earlier attempt failed' };
		}
		const attempts = this.attempts.get(invoice.paymentHash) ?? [];
		const guess = attempts.find(
			({ recordedAs, endsAt }) => recordedAs !== null && endsAt > this.time.now,
		);
		if (guess !== undefined) {
			const recorded = recordOf(guess);
			if (recorded !== null) return recorded;
		}
		const arrived = attempts.filter(({ truth }) => truth !== 'neverArrives');
		const young =
			arrived.every(({ sentAt }) => this.time.now < sentAt + ARRIVAL_MS) &&
			this.time.now < (this.invoices.get(invoice.paymentHash)?.expiresAt ?? 0);
		if (arrived.length === 0 || (planned === 'notFoundYet' && young)) return { status: 'notFound' };
		const settled = arrived.find(
			({ truth, endsAt }) => truth === 'settles' && endsAt <= this.time.now,
		);
		if (settled !== undefined) {
			if (planned === 'paidWithoutPreimage')
				return { status: 'paid', preimage: null, feeMsat: null };
			return this.paid(invoice.paymentHash, BigInt(settled.feeMsat));
		}
		return arrived.every(({ endsAt }) => endsAt <= this.time.now)
			? { status: 'failed', cause: 'noRoute', reason: 'all attempts failed' }
			: { status: 'pending', reason: 'under way' };
	}

	private answersAfterMs(says: PayFate['says'], afterMs: number, { timeoutMs }: PaymentLimits) {
		if (says === 'nothing') return timeoutMs;
		return says === 'lostLine' ? this.latency() : Math.max(afterMs, this.latency());
	}

	/** How often the money for this hash has left, or is going to. */
	timesPaid(paymentHash: string): number {
		return (this.attempts.get(paymentHash) ?? []).filter(({ truth }) => truth === 'settles').length;
	}

	/** Whether a payment had been sent by `at` that settles sooner or later. */
	wasSentBy(paymentHash: string, at: number): boolean {
		const attempts = this.attempts.get(paymentHash) ?? [];
		return attempts.some(({ truth, sentAt }) => truth === 'settles' && sentAt <= at);
	}

	/** What an execution's pay calls cost, fees included, once everything has settled. */
	spentMsat(execution: number, priceMsat: number): number {
		return [...this.attempts.values()]
			.flat()
			.filter((attempt) => attempt.truth === 'settles' && attempt.execution === execution)
			.reduce((sum, { feeMsat }) => sum + priceMsat + feeMsat, 0);
	}

	private paid(paymentHash: string, feeMsat: bigint): PayOutcome & { status: 'paid' } {
		return { status: 'paid', preimage: this.invoices.get(paymentHash)?.preimage ?? null, feeMsat };
	}
}
