import type { Network } from '../bolt11/prefix';
import type { Clock } from '../l402/clock';
import type { Http } from '../l402/http';
import type { Payer } from '../l402/payer';
import type { Receiver } from '../l402/receiver';
import type { WalletName } from '../wallets/wallet';
import type { Ledger } from './books/ledger';
import type { Shelf } from './books/shelf';
import type { DayLimit } from './dayLimit';
import type { Service } from './service/service';
import type { Store } from './service/storePicture';

/** What talking to the service takes. */
export interface Shop {
	readonly clock: Clock;
	readonly service: Service;
	/** Base URL of the service: relative links belong to it. */
	readonly serviceUrl: string;
}

/** What paying takes, and taking money back. */
export interface Purse {
	readonly payer: Payer;
	readonly wallet: WalletName;
	/** A fingerprint of its address and secret: an open payment is looked up where it was made. */
	readonly walletKey: string;
	/** Whose purchases these are: the workflow and the credential. */
	readonly buyer: string;
	/** null where the credential has no cap per day. */
	readonly day: DayLimit | null;
	/** null where the user has not asked to take refunds. */
	readonly refunds: RefundTaker | null;
}

export interface RefundTaker {
	readonly clock: Clock;
	readonly receiver: Receiver;
	/** As in `Purse`. */
	readonly walletKey: string;
	readonly network: Network;
	/** Sends neither the proof of payment nor a wallet's secret. */
	readonly http: Http;
	/**
	 * Whether a link of the service may lead to this machine or into a private network, as a service
	 * may that is there itself.
	 */
	readonly mayLeadInside: boolean;
	/** For a claim with all its waiting. */
	readonly timeoutMs: number;
}

/** Where a purchase is written down, and where its picture goes. */
export interface Books<Item> {
	readonly ledger: Ledger;
	readonly shelf: Shelf<Item>;
	readonly store: Store<Item>;
}

/** All that buying takes. `Item` is what a picture becomes in the workflow. */
export type Ports<Item> = Shop & Purse & Books<Item>;
