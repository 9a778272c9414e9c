import { mintInvoice, type MintedInvoice } from '../../sandbox/mintInvoice';

export interface PooledInvoice extends MintedInvoice {
	/** Milliseconds since 1970. */
	readonly expiresAt: number;
}

/** When the simulated clock starts, in milliseconds since 1970. */
export const START_AT = 1_700_000_000_000;
export const PRICE_MSAT = 5_000;
const POOL_SIZE = 400;
const DAY_SECONDS = 24 * 60 * 60;

/** Really signed invoices, minted once and dealt out anew for every schedule. */
export class InvoicePool {
	private dealt = 0;

	private constructor(
		private readonly invoices: readonly PooledInvoice[],
		readonly expensive: PooledInvoice,
		readonly expired: PooledInvoice,
	) {}

	static mint(): InvoicePool {
		const nodeKey = Buffer.alloc(32, 7);
		const mint = (amountMsat: number, createdAt: number, expirySeconds: number): PooledInvoice => {
			const terms = { network: 'regtest', description: 'picture' } as const;
			const minted = mintInvoice({ ...terms, amountMsat, createdAt, expirySeconds }, nodeKey);
			return { ...minted, expiresAt: createdAt + expirySeconds * 1000 };
		};
		const invoices = Array.from({ length: POOL_SIZE }, (_, index) =>
			// Every third expires within the reach of a schedule.
			mint(PRICE_MSAT, START_AT, index % 3 === 2 ? 240 : 30 * DAY_SECONDS),
		);
		return new InvoicePool(
			invoices,
			mint(900_000, START_AT, 30 * DAY_SECONDS),
			mint(PRICE_MSAT, START_AT - 60_000, 30),
		);
	}

	/** The same invoices from the start. */
	fresh(): InvoicePool {
		return new InvoicePool(this.invoices, this.expensive, this.expired);
	}

	/** The next one; `lasting` passes over those that expire soon. */
	next(lasting: boolean): PooledInvoice {
		if (lasting && this.dealt % 3 === 2) this.dealt += 1;
		const invoice = this.invoices[this.dealt];
		if (invoice === undefined) throw new Error('The pool of invoices is used up');
		this.dealt += 1;
		return invoice;
	}

	get byPaymentHash(): ReadonlyMap<string, PooledInvoice> {
		const all = [...this.invoices, this.expensive, this.expired];
		return new Map(all.map((invoice) => [invoice.paymentHash, invoice]));
	}
}
