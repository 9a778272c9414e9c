import { createHash } from 'node:crypto';
import type { Clock } from '../../nodes/Sats4Ai/l402/clock';
import type {
	LookupOutcome,
	PayableInvoice,
	Payer,
	PayOutcome,
} from '../../nodes/Sats4Ai/l402/payer';

export const PREIMAGE = 'ab'.repeat(32);
export const invoice: PayableInvoice = {
	text: 'lnbc1',
	paymentHash: createHash('sha256').update(Buffer.from(PREIMAGE, 'hex')).digest('hex'),
	amountMsat: 21_000n,
};

export const paid = { status: 'paid', preimage: PREIMAGE, feeMsat: 7n } as const;
export const noPreimage = { status: 'paid', preimage: null, feeMsat: null } as const;
export const failed = { status: 'failed', cause: 'noRoute', reason: 'no route' } as const;
export const notSent = { status: 'notSent', cause: 'balance', reason: 'too little' } as const;
export const pending = { status: 'pending', reason: 'under way' } as const;
export const unknown = { status: 'unknown', reason: 'no answer' } as const;
export const lineLost = { ...unknown, isLineLost: true } as const;
export const notFound = { status: 'notFound' } as const;

/** Time of day when `Clock.elapsedMs` is at zero. */
export const MIDNIGHT = 1_800_000_000_000;
const PAY_CALL_LINGERS_MS = 60_000;

/** A clock that moves when somebody waits, and a wallet that answers by a list: all that is asked of them is kept. */
export class Script implements Clock, Payer {
	elapsed = 0;
	/** Cancelled from this moment on. */
	cancelledAt = Infinity;
	/** How long each call of the wallet takes. */
	callMs = 0;
	readonly notFoundFinalAfterMs = PAY_CALL_LINGERS_MS;
	/** Of each pause, in ms. */
	readonly pauses: number[] = [];
	/** What each look-up might take, in ms. */
	readonly lookups: number[] = [];
	readonly payCalls: Array<{ readonly maxFeeMsat: bigint; readonly timeoutMs: number }> = [];

	/** The last answer of each list is given again and again. */
	constructor(
		private readonly toLookups: readonly LookupOutcome[],
		private readonly toPay: PayOutcome = unknown,
	) {}

	readonly now = () => MIDNIGHT + this.elapsed;
	readonly elapsedMs = () => this.elapsed;
	readonly cancelled = () => this.elapsed >= this.cancelledAt;
	readonly sleep = async (ms: number) => {
		this.pauses.push(ms);
		this.elapsed += ms;
	};

	async payInvoice(
		_: PayableInvoice,
		limits: { readonly maxFeeMsat: bigint; readonly timeoutMs: number },
	): Promise<PayOutcome> {
		this.payCalls.push(limits);
		this.elapsed += this.callMs;
		return this.toPay;
	}

	async lookupPayment(_: PayableInvoice, timeoutMs: number): Promise<LookupOutcome> {
		const answer = this.toLookups[Math.min(this.lookups.length, this.toLookups.length - 1)];
		this.lookups.push(timeoutMs);
		this.elapsed += this.callMs;
		if (answer === undefined) throw new Error('no look-up was expected');
		return answer;
	}
}
