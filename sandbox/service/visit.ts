import type { FaultSource } from '../faultSource';
import type { Ledger, LedgerEntry } from '../ledger';
import type { Picture } from '../pictures/picture';
import type { PictureJob } from '../pictures/pictureJob';
import type { Received } from '../receive';
import type { Leak, LoggedRequest } from '../requestLog';
import type { Settings } from '../settings';
import type { RefundDesk } from './refundDesk';
import type { Uploads } from './uploads';

/** What the service remembers, all of it in memory. */
export interface ServiceState {
	readonly settings: Settings;
	readonly ledger: Ledger;
	readonly faults: FaultSource;
	readonly uploads: Uploads;
	readonly requests: LoggedRequest[];
	readonly leaks: Leak[];
	/** Signs the invoices. */
	readonly nodeKey: Buffer;
	/** Signs the macaroons. */
	readonly rootKey: Buffer;
	/** Pictures made a moment ago, by payment hash and by body: for replays and dedup. */
	readonly finished: Map<string, Finished>;
	/** Jobs behind a `poll_url`, by request id. */
	readonly jobs: Map<string, Job>;
	/** One credential is served at a time: the end of the line for each token. */
	readonly lines: Map<string, Promise<void>>;
	readonly refunds: RefundDesk;
	/** Origin that has no business here: where redirects lead. */
	readonly strangerUrl: () => string;
}

/** A picture that is made and can be handed over, once or again. */
export interface Finished {
	readonly job: PictureJob;
	readonly picture: Picture;
	/** Puts the picture behind a link, once: `/uploads/…` */
	readonly link: () => string;
	readonly entry: LedgerEntry | null;
	/** ms since 1970. */
	readonly at: number;
}

export interface Job {
	readonly finished: Finished;
	pollsLeft: number;
	readonly then: 'COMPLETED' | 'FAILED';
}

/** One request at the service. */
export type Visit = Received;
