/** The longest time that a timer of Node's can hold. */
const LONGEST_MS = 2 ** 31 - 1;
/** One for all: by default each signal would make one of its own, with a trace of the stack. */
const HUNG_UP = new Error('the exchange has ended');

/**
 * The end of one exchange, before its time or after it: the time is up, the run was stopped, or
 * enough was read. `end` must be called however the exchange goes: it hangs up where something is
 * still to come, and takes its listeners off the signals that live longer.
 */
export class HangUp {
	private readonly exchange = new AbortController();
	private readonly timeout: AbortSignal;
	private readonly abort = () => this.exchange.abort(HUNG_UP);

	/** @param cancelSignal Of the run, which the user may stop. */
	constructor(
		timeoutMs: number,
		private readonly cancelSignal: AbortSignal | undefined,
	) {
		this.timeout = AbortSignal.timeout(Math.min(LONGEST_MS, Math.ceil(timeoutMs)));
		this.timeout.addEventListener('abort', this.abort);
		cancelSignal?.addEventListener('abort', this.abort);
		if (this.isStopped) this.abort();
	}

	/** To be handed to whoever holds the connection. */
	get signal(): AbortSignal {
		return this.exchange.signal;
	}

	get isTimeUp(): boolean {
		return this.timeout.aborted;
	}

	/** Whether the run was stopped. */
	get isStopped(): boolean {
		return this.cancelSignal?.aborted === true;
	}

	/**
	 * What `work` gives, or a rejection as soon as the exchange is to end: not every request helper
	 * listens to a signal. What comes later all the same goes to `tooLate`.
	 */
	async orAbort<Result>(work: Promise<Result>, tooLate: (late: Result) => void): Promise<Result> {
		const { signal } = this;
		return await new Promise<Result>((resolve, reject) => {
			const giveUp = () => reject(new Error('no answer in time'));
			signal.addEventListener('abort', giveUp);
			if (signal.aborted) giveUp();
			work
				.then((result) => (signal.aborted ? tooLate(result) : resolve(result)), reject)
				.finally(() => signal.removeEventListener('abort', giveUp));
		});
	}

	end(): void {
		this.timeout.removeEventListener('abort', this.abort);
		this.cancelSignal?.removeEventListener('abort', this.abort);
		this.abort();
	}
}
