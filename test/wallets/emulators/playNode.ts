/** What becomes of the payments sent from now on. */
export type Plan = 'deliver' | 'hold' | 'noRoute';

export interface PlayPayment {
	readonly paymentHash: string;
	readonly amountMsat: bigint;
	feeMsat: bigint;
	state: 'pending' | 'complete' | 'failed';
	/** As the wallet would give it: '' where it has none. */
	preimage: string;
	/** Resolves once the payment is settled or failed. */
	readonly done: Promise<void>;
	readonly finish: () => void;
}

/** The Lightning node behind an emulated wallet: it holds play money and remembers payments. */
export class PlayNode {
	plan: Plan = 'deliver';
	balanceMsat = 1_000_000n;
	feeMsat = 1_000n;
	/** How often money was really sent. More than one for a hash is a payment made twice. */
	readonly sent: string[] = [];
	readonly payments = new Map<string, PlayPayment>();
	/** What recipients hand out, by payment hash. */
	readonly preimages = new Map<string, string>();

	send(paymentHash: string, amountMsat: bigint): PlayPayment {
		let finish: () => void = () => undefined;
		const done = new Promise<void>((resolve) => (finish = resolve));
		const payment: PlayPayment = {
			paymentHash,
			amountMsat,
			feeMsat: 0n,
			state: 'pending',
			preimage: '',
			done,
			finish,
		};
		this.sent.push(paymentHash);
		this.payments.set(paymentHash, payment);
		if (this.plan === 'deliver') this.settle(paymentHash);
		if (this.plan === 'noRoute') this.fail(paymentHash);
		return payment;
	}

	/** A payment that the node begins and gives up on before anything leaves. */
	giveUp(paymentHash: string, amountMsat: bigint): PlayPayment {
		const { plan } = this;
		this.plan = 'noRoute';
		const payment = this.send(paymentHash, amountMsat);
		this.sent.pop();
		this.plan = plan;
		return payment;
	}

	settle(paymentHash: string): void {
		const payment = this.payment(paymentHash);
		payment.state = 'complete';
		payment.feeMsat = this.feeMsat;
		payment.preimage = this.preimages.get(paymentHash) ?? '';
		this.balanceMsat -= payment.amountMsat + payment.feeMsat;
		payment.finish();
	}

	fail(paymentHash: string): void {
		const payment = this.payment(paymentHash);
		payment.state = 'failed';
		payment.finish();
	}

	private payment(paymentHash: string): PlayPayment {
		const payment = this.payments.get(paymentHash);
		if (payment === undefined) throw new Error(`no payment ${paymentHash}`);
		return payment;
	}
}
