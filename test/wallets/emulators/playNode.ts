import { mintInvoice } from '../../../sandbox/mintInvoice';

const NODE_KEY = Buffer.alloc(32, 7);

/** What becomes of the payments sent from now on. */
export type Plan = 'deliver' | 'hold' | 'noRoute';

export interface PlayPayment {
	readonly paymentHash: string;
	readonly amountMsat: bigint;
	feeMsat: bigint;
	state: 'pending' | 'complete' | 'failed';
	/** As the wallet would give it: '' where it has none. */
	preimage: string;
	/** Milliseconds since 1970, by the wallet's clock. */
	begunAt: number;
	/** When it was settled or failed; null while it is under way. */
	doneAt: number | null;
	/** Resolves once the payment is settled or failed. */
	readonly done: Promise<void>;
	readonly finish: () => void;
}

/** An invoice of the node's own. */
export interface PlayInvoice {
	readonly text: string;
	readonly paymentHash: string;
	readonly preimage: string;
	readonly amountMsat: bigint;
	state: 'open' | 'paid' | 'expired';
}

export type Label = 'incoming' | 'failed' | 'pending';

/** What is wrong with the invoices made from now on. */
export type Bend = 'none' | 'amount' | 'network' | 'text';

/** The Lightning node behind an emulated wallet: it holds play money and remembers payments. */
export class PlayNode {
	plan: Plan = 'deliver';
	balanceMsat = 1_000_000n;
	feeMsat = 1_000n;
	/** How often money was really sent. More than one for a hash is a payment made twice. */
	readonly sent: string[] = [];
	readonly payments = new Map<string, PlayPayment>();
	/** What the wallet's clock says, in milliseconds since 1970. */
	now = () => Date.now();
	/** Words with which the next pay calls are refused, leaving no record. */
	refusal: string | null = null;
	/**
	 * Words with which the next pay calls end while their payments go on: the wallet in front has lost
	 * the node. See also `label`.
	 */
	lostLine: string | null = null;
	/** Channel peers are not connected: there is balance, and no way to use it. */
	isOffline = false;
	/** What look-ups call a payment, whatever has become of it; its preimage is shown all the same. */
	label: Label | null = null;
	/** Look-ups say in one field that a payment failed, and in another that it is under way. */
	contradicts = false;
	/** A wallet that was shared without the right to view payments: its key is shown none (LNbits). */
	isBlind = false;
	/** Answers that stream do not end before this. */
	staysOpen: Promise<void> | null = null;
	/** So many look-ups show an earlier attempt that failed, in place of the last one. */
	staleReads = 0;
	bend: Bend = 'none';
	/** Of the invoices made from now on. */
	invoiceNetwork: 'mainnet' | 'regtest' = 'mainnet';
	readonly invoices = new Map<string, PlayInvoice>();
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
			begunAt: this.now(),
			doneAt: null,
			done,
			finish,
		};
		this.sent.push(paymentHash);
		this.payments.set(paymentHash, payment);
		if (this.plan === 'deliver') this.settle(paymentHash);
		if (this.plan === 'noRoute') this.fail(paymentHash);
		return payment;
	}

	/** A payment that was begun before. */
	begin(paymentHash: string, amountMsat: bigint, begunAt: number): PlayPayment {
		const payment = this.send(paymentHash, amountMsat);
		payment.begunAt = begunAt;
		return payment;
	}

	/** A payment as a look-up is to show it. */
	shown(paymentHash: string): PlayPayment | undefined {
		const payment = this.payments.get(paymentHash);
		if (payment === undefined) return undefined;
		if (this.staleReads > 0) {
			this.staleReads -= 1;
			return { ...payment, state: 'failed', preimage: '' };
		}
		if (this.contradicts) return { ...payment, state: 'failed', preimage: '' };
		if (this.label === 'failed' || this.label === 'pending') {
			return { ...payment, state: this.label };
		}
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

	/** Makes an invoice that somebody else is to pay. */
	makeInvoice(amountMsat: bigint, description: string, expirySeconds: number): PlayInvoice {
		const { bend } = this;
		const minted = mintInvoice(
			{
				network: bend === 'network' ? 'testnet' : this.invoiceNetwork,
				amountMsat: Number(bend === 'amount' ? amountMsat + 1_000n : amountMsat),
				description,
				createdAt: Date.now(),
				expirySeconds,
			},
			NODE_KEY,
		);
		const text = bend === 'text' ? `${minted.text.slice(0, -1)}b` : minted.text;
		const invoice: PlayInvoice = { ...minted, text, amountMsat, state: 'open' };
		this.invoices.set(invoice.paymentHash, invoice);
		return invoice;
	}

	settle(paymentHash: string): void {
		const payment = this.payment(paymentHash);
		payment.state = 'complete';
		payment.feeMsat = this.feeMsat;
		payment.preimage = this.preimages.get(paymentHash) ?? '';
		payment.doneAt = this.now();
		this.balanceMsat -= payment.amountMsat + payment.feeMsat;
		payment.finish();
	}

	fail(paymentHash: string): void {
		const payment = this.payment(paymentHash);
		payment.state = 'failed';
		payment.doneAt = this.now();
		payment.finish();
	}

	private payment(paymentHash: string): PlayPayment {
		const payment = this.payments.get(paymentHash);
		if (payment === undefined) throw new Error(`no payment ${paymentHash}`);
		return payment;
	}
}
