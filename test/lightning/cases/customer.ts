import type {
	LookupOutcome,
	PayableInvoice,
	PaymentLimits,
	PayOutcome,
} from '../../../nodes/Sats4Ai/l402/payer';
import type { Wallet } from '../../../nodes/Sats4Ai/wallets/wallet';
import { openBenchWallet, type Bench } from '../benches/bench';
import { createInvoice, type LabInvoice } from '../lab/invoices';

export const LIMITS: PaymentLimits = { maxFeeMsat: 10_000n, timeoutMs: 20_000 };
/** Five sats and a bit: what is paid must agree to the millisatoshi. */
export const AMOUNT_MSAT = 5_123n;

const LOOKUP_MS = 10_000;
/** For a user who does not wait. */
const IMPATIENT_MS = 3_000;
export const HURRIED: PaymentLimits = { ...LIMITS, timeoutMs: IMPATIENT_MS };

/** Whether an outcome leaves open what became of the money. */
const isOpen = ({ status }: PayOutcome | LookupOutcome) =>
	status === 'pending' || status === 'unknown';

/** Pays with the wallet of a bench, as the node's own state machine would. */
export class Customer {
	constructor(private readonly opened: () => Bench) {}

	get wallet(): Wallet {
		return openBenchWallet(this.opened().credential);
	}

	/** The same wallet, whose answers are waited for no longer than this. */
	get hurried(): Wallet {
		return openBenchWallet(this.opened().credential, IMPATIENT_MS);
	}

	/** A fresh invoice of the seller. */
	async invoice(terms: { expirySeconds?: number; held?: boolean } = {}): Promise<LabInvoice> {
		return await createInvoice(this.opened().seller, { amountMsat: AMOUNT_MSAT, ...terms });
	}

	async pay(invoice: PayableInvoice, limits = LIMITS): Promise<PayOutcome> {
		return await this.wallet.payInvoice(invoice, limits);
	}

	async payHurriedly(invoice: PayableInvoice): Promise<PayOutcome> {
		return await this.hurried.payInvoice(invoice, HURRIED);
	}

	async lookUp(invoice: PayableInvoice): Promise<LookupOutcome> {
		return await this.wallet.lookupPayment(invoice, LOOKUP_MS);
	}

	async lookUpHurriedly(invoice: PayableInvoice): Promise<LookupOutcome> {
		return await this.hurried.lookupPayment(invoice, IMPATIENT_MS);
	}

	/** What a payment comes to, by a look-up where the answer to the pay call does not tell. */
	async settle(invoice: PayableInvoice, limits = LIMITS): Promise<PayOutcome | LookupOutcome> {
		const outcome = await this.pay(invoice, limits);
		return isOpen(outcome) ? await this.lookUp(invoice) : outcome;
	}

	/** The look-up's answer once it tells how the payment has ended. */
	async end(invoice: PayableInvoice): Promise<LookupOutcome> {
		return await this.opened().payer.until('end of the payment', async () => {
			const record = await this.lookUpHurriedly(invoice);
			return isOpen(record) ? null : record;
		});
	}
}
