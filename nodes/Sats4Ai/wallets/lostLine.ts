/** What a wallet in front of a node says where that node does not answer it. */

/** A wallet says why in its first line or two. */
const LONGEST_WORDS = 1_000;

/**
 * gRPC's status codes and the words of its transport (LND behind Alby Hub), of Go's, Python's and
 * Node's HTTP clients (phoenixd and others behind a hub or LNbits), and of a proxy between the two.
 */
const LOST = [
	/\bcode ?= ?(?:Unavailable|DeadlineExceeded|Canceled|Aborted)\b/,
	/error reading from server|transport is closing|stream terminated|RST_STREAM|GOAWAY|without sending trailers/i,
	/connection (?:was |has been )?(?:reset|aborted|lost)|(?:closed|lost|reset) (?:the )?connection|broken pipe/i,
	/use of closed network connection|connection (?:was )?closed (?:before|by|without)/i,
	/\bEOF\b|context deadline exceeded|context canceled|i\/o timeout|Client\.Timeout/,
	/\b(?:ECONNRESET|EPIPE|ETIMEDOUT|ReadTimeout|ReadError|RemoteProtocolError)\b|socket hang up/,
	/server disconnected|remote end closed/i,
	/\bbad gateway\b|\bgateway time-?out\b|\bservice unavailable\b/i,
];

/** There was no line to lose: the call never left. */
const NEVER_LEFT =
	/error while dialing|\bdial tcp\b|connection refused|ECONNREFUSED|connect ETIMEDOUT|no such host|ENOTFOUND/i;
/** Said by the transport of a call that did leave, whatever stands beside it. */
const DID_LEAVE =
	/error reading from server|connection (?:was )?reset|broken pipe|ECONNRESET|\bEOF\b/i;

/** LND is up, and takes no calls yet (`rpcperms/interceptor.go`, `server.go`). */
export const NOT_READY =
	/wallet locked|wallet not created|waiting to start|not yet ready to accept calls|in the process of starting|still syncing/i;

/** Whether these words mean that the wallet cannot reach its node, or that this takes no calls. */
export function saysNodeAway(words: string): boolean {
	const start = words.slice(0, LONGEST_WORDS);
	return [NEVER_LEFT, NOT_READY, ...LOST].some((pattern) => pattern.test(start));
}

/**
 * Whether these words mean that the wallet does not know what its node made of the call: whatever it
 * then writes down as failed is a guess.
 */
export function saysLineLost(words: string): boolean {
	const start = words.slice(0, LONGEST_WORDS);
	const isAnswered = NEVER_LEFT.test(start) || NOT_READY.test(start);
	if (isAnswered && !DID_LEAVE.test(start)) return false;
	return LOST.some((pattern) => pattern.test(start));
}
