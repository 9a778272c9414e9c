import type { Network } from './options';

/** What can go wrong on any way: between the two, before the other side does anything. */
export type TransportFault =
	/** The connection is cut as soon as the request's head has come, its body unread. */
	| { readonly kind: 'cutBeforeReading' }
	/** The connection is cut after the request was read, before anything is done. */
	| { readonly kind: 'cut' }
	/** Nothing is done and no answer ever comes. */
	| { readonly kind: 'hang' }
	| StatusFault
	/** 200 and no body. */
	| { readonly kind: 'empty' }
	/** 200 and bytes that mean nothing. */
	| { readonly kind: 'garbage' }
	/** 200 and a web page. */
	| { readonly kind: 'html' }
	/** 307 to another origin (the stranger), or to `location`. */
	| { readonly kind: 'redirect'; readonly location?: string };

/** An error status, in the words of the side that sends it. */
export interface StatusFault {
	readonly kind: 'status';
	readonly status: number;
	readonly errorCode?: string;
	readonly message?: string;
	/** `Retry-After`: a number of seconds, or `date` for an HTTP date two seconds ahead. */
	readonly retryAfter?: number | 'date';
	/** At redeem: offer the money back. */
	readonly refund?: boolean;
	/** … in which this stands for the amount, in sat … */
	readonly refundSat?: number;
	/** … and this for the link. */
	readonly refundLink?: string;
	/** At redeem: a challenge beside it, the same one again or one with a fresh invoice. */
	readonly challenge?: 'same' | 'fresh';
	/** At redeem: the picture is made first, so that the credential is used up. */
	readonly afterWork?: boolean;
}

/** Faults of the first request, the one without a credential. */
export type AskFault =
	| TransportFault
	/** 402 without `WWW-Authenticate`. */
	| { readonly kind: 'noChallenge' }
	/** 402 that offers `Payment` and nothing else. */
	| { readonly kind: 'foreignScheme' }
	/** 402 with an offer that lacks its invoice, or with `header` as it is. */
	| { readonly kind: 'brokenHeader'; readonly header?: string }
	| { readonly kind: 'amountless' }
	| { readonly kind: 'network'; readonly network: Network }
	/** The invoice expired an hour ago. */
	| { readonly kind: 'expired' }
	/** The macaroon commits to another payment hash than the invoice. */
	| { readonly kind: 'baitAndSwitch' }
	| { readonly kind: 'badChecksum' }
	| { readonly kind: 'garbageInvoice' }
	| { readonly kind: 'priceTimes'; readonly factor: number }
	/** 200 with the picture at once, nothing to pay. */
	| { readonly kind: 'freeAnswer' }
	/** The challenge comes with status 401 instead of 402. */
	| { readonly kind: 'challengeWith401' };

/** Faults of the second request. All but the first five of `TransportFault` use the credential up. */
export type RedeemFault =
	| TransportFault
	/** The picture is made, then the connection is cut. */
	| { readonly kind: 'cutAfter' }
	/** The picture is made, and no answer ever comes. */
	| { readonly kind: 'hangAfter' }
	/** The answer comes in `pieces`, one each `stepMs`. */
	| { readonly kind: 'slowDrip'; readonly pieces?: number; readonly stepMs?: number }
	/** The picture ends in the middle. */
	| { readonly kind: 'truncatedImage' }
	/** 202 with `poll_url`; after `polls` looks the job has the status `then`. */
	| { readonly kind: 'job'; readonly polls?: number; readonly then?: 'COMPLETED' | 'FAILED' };

/** Faults of a link to a result, or of a job's status. */
export type LinkFault = TransportFault | { readonly kind: 'truncatedImage' };

/** Faults of the wallet's pay call. */
export type PayFault =
	| TransportFault
	/** 401, as for a key that was taken back. */
	| { readonly kind: 'unauthorized' }
	/** 201 pending; the `lookups`th look-up finds it ended as `then`. Default: 2, success. */
	| { readonly kind: 'pending'; readonly lookups?: number; readonly then?: 'success' | 'failed' }
	/** Paid, then the connection is cut. */
	| { readonly kind: 'cutAfter' }
	/** Paid, and no answer ever comes. */
	| { readonly kind: 'hangAfter' }
	/** 201 with status failed. */
	| { readonly kind: 'failed' }
	/** 520 "Insufficient balance." */
	| { readonly kind: 'insufficient' }
	/** 520 "Payment failed: no route", and the payment stays failed. */
	| { readonly kind: 'noRoute' }
	/** Paid, but this is what stands for the preimage; the look-up tells the right one or the same. */
	| {
			readonly kind: 'preimage';
			readonly preimage: 'null' | 'zeros' | 'wrong' | 'missing';
			readonly onLookup?: 'right' | 'same';
	  }
	/** Says paid and pays nothing. The preimage is made up, or is the real one. */
	| { readonly kind: 'lie'; readonly preimage?: 'madeUp' | 'real' };

export type LookupFault = TransportFault | { readonly kind: 'unauthorized' };

export type FeeReserveFault =
	| TransportFault
	| { readonly kind: 'unauthorized' }
	/** Answers with this reserve. */
	| { readonly kind: 'amount'; readonly msat: number };

/** Faults of a refund's link, `GET /refund/<id>`. */
export type WithdrawFault =
	| TransportFault
	/** Names these limits, in msat. */
	| { readonly kind: 'limits'; readonly minMsat: number; readonly maxMsat: number };

/** Faults of a refund's callback, `GET /refund/<id>/claim`. */
export type ClaimFault =
	| TransportFault
	/** `{"status":"ERROR"}`, and nothing is paid. */
	| { readonly kind: 'error'; readonly reason?: string }
	/** Says OK and pays nothing. */
	| { readonly kind: 'lie' }
	/** Paid, then the connection is cut. */
	| { readonly kind: 'cutAfter' }
	/** Paid, and no answer ever comes. */
	| { readonly kind: 'hangAfter' };

interface FaultByPlace {
	readonly ask: AskFault;
	readonly redeem: RedeemFault;
	readonly link: LinkFault;
	readonly jobStatus: LinkFault;
	readonly withdraw: WithdrawFault;
	readonly claim: ClaimFault;
	readonly pay: PayFault;
	/** The wallet's `POST /api/v1/payments` with `out: false`. */
	readonly makeInvoice: LookupFault;
	readonly lookup: LookupFault;
	/** `GET /api/v1/payments`. */
	readonly list: LookupFault;
	readonly feeReserve: FeeReserveFault;
	/** `GET /api/v1/wallet`. */
	readonly wallet: LookupFault;
}

export type FaultPlace = keyof FaultByPlace;
export type FaultAt<P extends FaultPlace> = FaultByPlace[P];
