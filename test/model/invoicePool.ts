import { mintInvoice, type MintedInvoice } from '../../sandbox/mintInvoice';

export interface PooledInvoice extends MintedInvoice {
	/** Milliseconds since 1970. */
	readonly expiresAt: number;
}

/** When the simulated clock starts, in milliseconds since 1970. */
export const START_AT = 1_700_000_000_000;
export const PRICE_MSAT = 5_000;
const MOST = 400;
const DAY_SECONDS = 24 * 60 * 60;
const NODE_KEY = Buffer.alloc(32, 7);

/** Really signed invoices, each minted when it is first wanted and dealt out anew for every schedule. */
export class InvoicePool {
	private dealt = 0;

	private constructor(
		private readonly invoices: PooledInvoice[],
		/** All that were dealt so far, by any schedule, and more while it goes on. */
		readonly byPaymentHash: Map<string, PooledInvoice>,
		readonly expensive: PooledInvoice,
		readonly expired: PooledInvoice,
	) {}

	static mint(): InvoicePool {
		const expensive = mint(900_000, START_AT, 30 * DAY_SECONDS);
		const expired = mint(PRICE_MSAT, START_AT - 60_000, 30);
		const known = [expensive, expired].map((each) => [each.paymentHash, each] as const);
		return new InvoicePool([], new Map(known), expensive, expired);
	}

	/** The same invoices from the start. */
	fresh(): InvoicePool {
		return new InvoicePool(this.invoices, this.byPaymentHash, this.expensive, this.expired);
	}

	/** The next one; `lasting` passes over those that expire soon. */
	next(lasting: boolean): PooledInvoice {
		if (lasting && expiresSoon(this.dealt)) this.dealt += 1;
		const invoice = this.invoices[this.dealt] ?? this.mintUpTo(this.dealt);
		this.dealt += 1;
		return invoice;
	}

	private mintUpTo(index: number): PooledInvoice {
		if (index >= MOST) throw new Error('The pool of invoices is used up');
		const lastsSeconds = expiresSoon(this.invoices.length) ? 240 : 30 * DAY_SECONDS;
		const invoice = mint(PRICE_MSAT, START_AT, lastsSeconds);
		this.byPaymentHash.set(invoice.paymentHash, invoice);
		const isIt = this.invoices.push(invoice) > index;
		return isIt ? invoice : this.mintUpTo(index);
	}
}

/** Every third, within the reach of a schedule. */
function expiresSoon(index: number): boolean {
	return index % 3 === 2;
}

function mint(amountMsat: number, createdAt: number, expirySeconds: number): PooledInvoice {
	const terms = { network: 'regtest', description: 'picture' } as const;
	const minted = mintInvoice({ ...terms, amountMsat, createdAt, expirySeconds }, NODE_KEY);
	return { ...minted, expiresAt: createdAt + expirySeconds * 1000 };
}
