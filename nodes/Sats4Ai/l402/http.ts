/**
 * HTTP as values. The protocol code takes an `Http` as an argument and never sees an exception:
 * with money in flight, "it never left" and "nobody knows" are answers to be told apart, not errors.
 */

export interface HttpRequest {
	readonly method: 'GET' | 'POST';
	/** Absolute URL, http or https. */
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Sent as it is, byte for byte. */
	readonly body?: string | Buffer;
	/** In place of `body`. */
	readonly streamedBody?: StreamedBody;
	/** Limit for the whole exchange, answer body included. */
	readonly timeoutMs: number;
	/** PEM of a certificate authority to trust for this request. */
	readonly caCertificate?: string;
	/** Accept any certificate. Only ever set because the user switched it on. */
	readonly ignoreSslIssues?: boolean;
	/**
	 * Asked with each line of the body as it comes: whether it is the last one that is wanted. Then
	 * the answer is given and the connection closed, for streams that stay open (LND's router).
	 */
	readonly isLastLine?: (line: string) => boolean;
	/** Hang up on an answer with more bytes than this, counted after they are unpacked. */
	readonly maxBytes: number;
	/** The same for an answer that is none of 2xx; `maxBytes` where absent. */
	readonly maxRefusalBytes?: number;
	/**
	 * Whether a long body of a 2xx is to stay in the pieces that it came in. To join them would take as
	 * much memory again.
	 */
	readonly inPieces?: boolean;
	/** Follow redirects. Off unless the request carries no secret. */
	readonly followRedirects?: boolean;
}

/** A body that is not held, but made anew each time it is sent: the very same bytes. */
export interface StreamedBody {
	/** In bytes. */
	readonly length: number;
	/** Rejects where it can not be made any more; its pieces throw where they would be other ones. */
	open(): Promise<OpenBody>;
}

/** A stream as the HTTP client takes it, to be destroyed by whoever has opened it. */
export type OpenBody = AsyncIterable<Buffer> & { destroy(): void };

/** The other side answered, with whatever status. */
export interface HttpAnswer {
	readonly kind: 'answer';
	readonly status: number;
	/** Names in lower case; repeated lines joined with ", ". */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Buffer;
	/** All of it, where it was to stay in pieces; `body` is its beginning then. */
	readonly pieces?: readonly Buffer[];
	/** Whether `body` is only a beginning, since there was more of it than allowed. Absent: it is all. */
	readonly isCut?: boolean;
}

export type HttpOutcome =
	| HttpAnswer
	/** No byte of the request can have been acted upon: refused, no such host, bad certificate. */
	| { readonly kind: 'notSent'; readonly reason: string }
	/** Sent or partly sent, no answer: timeout, reset, stopped. The other side may have acted. */
	| { readonly kind: 'lost'; readonly reason: string };

/** Sends one request, once. Never throws, never retries, ends early when the run is stopped. */
export type Http = (request: HttpRequest) => Promise<HttpOutcome>;

/** For answers that mean something only as a whole: one that was cut counts as lost. */
export function wholeAnswer(outcome: HttpOutcome): HttpOutcome {
	const isCut = outcome.kind === 'answer' && outcome.isCut === true;
	return isCut ? { kind: 'lost', reason: 'the answer is too large' } : outcome;
}
