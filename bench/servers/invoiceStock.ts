import { randomBytes } from 'node:crypto';
import { mintMacaroon } from '../../sandbox/macaroon';
import { mintInvoice } from '../../sandbox/mintInvoice';

/** What is sold for one picture: all of it made before anything is timed. */
export interface StockedOffer {
	/** The whole value of `WWW-Authenticate`. */
	readonly challenge: string;
	readonly token: string;
	readonly invoice: string;
	readonly paymentHash: string;
	readonly preimage: string;
}

const DAY_SECONDS = 86_400;

/** Really signed invoices with tokens that commit to them, each given out once. */
export class InvoiceStock {
	private readonly nodeKey = randomBytes(32);
	private readonly rootKey = randomBytes(32);
	private readonly offers: StockedOffer[] = [];
	private readonly byInvoice = new Map<string, StockedOffer>();
	private readonly byToken = new Map<string, StockedOffer>();
	private next = 0;

	/** Mints until so many are left to be given out. */
	fill(count: number): void {
		while (this.offers.length - this.next < count) this.offers.push(this.mint());
	}

	take(): StockedOffer {
		this.fill(1);
		const offer = this.offers[this.next];
		if (offer === undefined) throw new Error('The stock is empty');
		this.next += 1;
		return offer;
	}

	soldFor(invoice: string): StockedOffer | undefined {
		return this.byInvoice.get(invoice);
	}

	withToken(token: string): StockedOffer | undefined {
		return this.byToken.get(token);
	}

	private mint(): StockedOffer {
		const terms = {
			network: 'regtest',
			amountMsat: 5_000,
			description: 'One picture',
			createdAt: Date.now(),
			expirySeconds: DAY_SECONDS,
		} as const;
		const { text: invoice, paymentHash, preimage } = mintInvoice(terms, this.nodeKey);
		const token = mintMacaroon(this.rootKey, paymentHash, ['service=colorize-image']);
		const challenge = `L402 token="${token}", invoice="${invoice}"`;
		const offer = { challenge, token, invoice, paymentHash, preimage };
		this.byInvoice.set(invoice, offer);
		this.byToken.set(token, offer);
		return offer;
	}
}
