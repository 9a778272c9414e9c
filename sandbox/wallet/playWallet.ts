import { randomBytes } from 'node:crypto';
import type { Ledger } from '../ledger';
import { mintInvoice, readInvoice, type ReadInvoice } from '../mintInvoice';
import type { PlayInvoice } from './playInvoice';
import { PaymentError, type PlayPayment } from './playPayment';
import type { Settings } from '../settings';

/** How a payment over the play network ends. */
type Sending = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/**
 * An LNbits wallet with an external funding source, so that fees and reserves apply. Lightning itself
 * is the service's ledger: paying settles the invoice there and brings its preimage back.
 */
export class PlayWallet {
	readonly id = randomBytes(16).toString('hex');
	/** ms since 1970. */
	readonly openedAt: number;
	readonly payments: PlayPayment[] = [];
	/** Invoices of the wallet's own, oldest first. */
	readonly invoices: PlayInvoice[] = [];
	readonly #byHash = new Map<string, PlayPayment>();
	readonly #nodeKey = randomBytes(32);

	constructor(
		private readonly settings: Settings,
		private readonly ledger: Ledger,
	) {
		this.openedAt = settings.now();
	}

	/** What is left, with everything pending already taken off. */
	get balanceMsat(): number {
		return this.payments
			.filter(({ status }) => status !== 'failed')
			.reduce(
				(left, payment) => left - payment.amountMsat - payment.feeMsat,
				this.settings.balanceMsat + this.receivedMsat,
			);
	}

	get receivedMsat(): number {
		return this.invoices
			.filter(({ paidAt }) => paidAt !== null)
			.reduce((sum, { amountMsat }) => sum + amountMsat, 0);
	}

	findInvoice(paymentHash: string): PlayInvoice | null {
		return this.invoices.find((invoice) => invoice.paymentHash === paymentHash) ?? null;
	}

	/** An invoice to be paid by somebody else. */
	makeInvoice(amountMsat: number, memo: string, expirySeconds: number): PlayInvoice {
		const { network } = this.settings;
		const createdAt = this.settings.now();
		const terms = { network, amountMsat, description: memo, createdAt, expirySeconds };
		const expiresAt = Math.floor(createdAt / 1000 + expirySeconds) * 1000;
		const minted = mintInvoice(terms, this.#nodeKey);
		const invoice = { ...minted, amountMsat, memo, createdAt, expiresAt, paidAt: null };
		this.invoices.push(invoice);
		return invoice;
	}

	/** Somebody pays an invoice of this wallet; why that cannot be, or null once it is done. */
	receive(paymentHash: string): string | null {
		const invoice = this.findInvoice(paymentHash);
		if (invoice === null) return 'no route';
		if (invoice.paidAt !== null) return 'invoice is already paid';
		if (invoice.expiresAt <= this.settings.now()) return 'invoice expired';
		invoice.paidAt = this.settings.now();
		this.settings.log(`  received ${invoice.amountMsat / 1000} sat`);
		return null;
	}

	find(paymentHash: string): PlayPayment | null {
		return this.#byHash.get(paymentHash) ?? null;
	}

	/** What LNbits sets aside for routing: 1 %, at least 2 sat. */
	feeReserveMsat(amountMsat: number): number {
		return Math.max(2000, Math.floor(amountMsat / 100));
	}

	/**
	 * Enters a payment as pending. The order of the checks is LNbits': an invoice that is already
	 * paid answers "Insufficient balance." when there is too little left to pay it again.
	 */
	open(text: string, extra: Readonly<Record<string, unknown>>): PlayPayment {
		const invoice = this.#read(text);
		if (invoice.amountMsat === null || invoice.amountMsat <= 0) {
			throw new PaymentError('Amountless invoices not supported.', 'failed');
		}
		const earlier = this.find(invoice.paymentHash);
		if (earlier !== null) earlier.payCalls += 1;
		const reserveMsat = this.feeReserveMsat(invoice.amountMsat);
		if (this.balanceMsat < invoice.amountMsat) {
			throw new PaymentError('Insufficient balance.', 'failed');
		}
		if (this.balanceMsat < invoice.amountMsat + reserveMsat) {
			throw new PaymentError(
				`You must reserve at least (${Math.round(reserveMsat / 1000)}  sat) to cover potential routing fees.`,
				'failed',
			);
		}
		if (earlier !== null) throw this.#refuseAgain(earlier);
		const now = this.settings.now();
		const payment: PlayPayment = {
			paymentHash: invoice.paymentHash,
			invoice: text.toLowerCase(),
			amountMsat: invoice.amountMsat,
			memo: invoice.description,
			extra,
			createdAt: now,
			expiresAt: (invoice.timestamp + invoice.expirySeconds) * 1000,
			updatedAt: now,
			status: 'pending',
			feeMsat: reserveMsat,
			preimage: null,
			pending: null,
			payCalls: 1,
		};
		this.payments.push(payment);
		this.#byHash.set(payment.paymentHash, payment);
		return payment;
	}

	/** Sends a pending payment over the play network. */
	send(payment: PlayPayment): Sending {
		const { settings } = this;
		payment.updatedAt = settings.now();
		const refusal = this.#refusalOf(payment);
		const preimage =
			refusal === null
				? this.ledger.settle(payment.paymentHash, settings.routingFeeMsat, settings.now())
				: null;
		if (preimage === null) {
			this.fail(payment);
			return { ok: false, reason: refusal ?? 'invoice is already paid' };
		}
		payment.status = 'success';
		payment.feeMsat = settings.routingFeeMsat;
		payment.preimage = preimage;
		settings.log(`  paid ${payment.amountMsat / 1000} sat, ${this.balanceMsat / 1000} sat left`);
		return { ok: true };
	}

	fail(payment: PlayPayment): void {
		payment.status = 'failed';
		payment.feeMsat = 0;
		payment.updatedAt = this.settings.now();
	}

	/** One look at a pending payment: the last of its `lookups` ends it. */
	look(payment: PlayPayment): void {
		const { pending } = payment;
		if (payment.status !== 'pending' || pending === null) return;
		pending.lookupsLeft -= 1;
		if (pending.lookupsLeft > 0) return;
		if (pending.then === 'success') this.send(payment);
		else this.fail(payment);
	}

	#read(text: string): ReadInvoice {
		try {
			return readInvoice(text);
		} catch {
			throw new PaymentError('Bolt11 decoding failed.', 'failed');
		}
	}

	#refuseAgain({ status }: PlayPayment): PaymentError {
		if (status === 'pending') return new PaymentError('Payment is still pending.', 'pending');
		if (status === 'success') return new PaymentError('Payment already paid.', 'success');
		return new PaymentError('Payment is failed node, retrying is not possible.', 'failed');
	}

	/** What the node behind the wallet would say. */
	#refusalOf(payment: PlayPayment): string | null {
		const entry = this.ledger.byHash(payment.paymentHash);
		if (entry === null) return 'no route';
		if (entry.network !== this.settings.network) return 'invoice not for current active network';
		if (payment.expiresAt <= this.settings.now()) return 'invoice expired';
		const limitMsat = this.feeReserveMsat(payment.amountMsat);
		return this.settings.routingFeeMsat > limitMsat ? 'no route' : null;
	}
}
