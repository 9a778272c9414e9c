import type { Clock } from '../../l402/clock';
import type { Http } from '../../l402/http';
import type { Network } from '../../bolt11/invoice';
import type { Receiver } from '../../l402/receiver';
import type { Ledger } from '../books/ledger';

/** What taking a refund needs beyond a purchase's own ports. */
export interface RefundPorts {
	readonly receiver: Receiver;
	/** Sends neither the proof of payment nor a wallet's secret. */
	readonly http: Http;
	readonly network: Network;
	/** For a claim with all its waiting. */
	readonly timeoutMs: number;
}

export interface ClaimPorts {
	readonly ledger: Ledger;
	readonly clock: Clock;
	/** Which wallet the money goes to, without its secret. */
	readonly walletKey: string;
	readonly refunds: RefundPorts;
}
