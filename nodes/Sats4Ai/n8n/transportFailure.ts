import type { HttpOutcome } from '../l402/http';

/** Errors of a connection that was never there: whatever was to be sent has not left. */
const NEVER_CONNECTED = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ERR_INVALID_URL', 'HOSTNAME_MISMATCH']);
/** Not `ERR_SSL_…`: a garbled record has such a code too, also after the request was acted upon. */
const CERTIFICATE = /^(CERT_|ERR_TLS_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/;
/** Errors that connections end with before they stand, and some of them also long after. */
const WHILE_CONNECTING = new Set([
	'EACCES',
	'EADDRNOTAVAIL',
	'ECONNREFUSED',
	'EHOSTDOWN',
	'EHOSTUNREACH',
	'ENETDOWN',
	'ENETUNREACH',
	'EPROTO',
]);
/** System calls of the name look-up and of the connection itself. */
const CONNECTING = new Set(['connect', 'getaddrinfo']);
/** As deep as anybody wraps errors. */
const DEEPEST = 5;

/** What an error of n8n's request helper says of the request. Messages may quote it, codes do not. */
export function transportFailure(cause: unknown): HttpOutcome {
	const error = errorWithCode(cause, DEEPEST);
	if (error === undefined) return { kind: 'lost', reason: 'the connection failed' };
	const reason = `the connection failed (${words(error.code)})`;
	return { kind: hasNeverLeft(error) ? 'notSent' : 'lost', reason };
}

interface CodedError {
	readonly code: string;
	readonly syscall?: unknown;
	/** What made it. */
	readonly cause?: unknown;
	/** One for each address that was tried, all in vain (`AggregateError` of `node:net`). */
	readonly errors?: unknown;
}

function hasNeverLeft(error: CodedError): boolean {
	const { code } = error;
	if (NEVER_CONNECTED.has(code) || CERTIFICATE.test(code)) return true;
	if (!WHILE_CONNECTING.has(code)) return false;
	const calls = systemCalls(error, DEEPEST);
	// Only a connection can be refused, even where the error does not name the system call.
	if (calls.length === 0) return code === 'ECONNREFUSED';
	return calls.every((call) => CONNECTING.has(call));
}

/** The system calls that failed: of the error itself, or else of those that made it. */
function systemCalls(error: Partial<CodedError>, depth: number): string[] {
	if (typeof error.syscall === 'string') return [error.syscall];
	const inner = [error.errors ?? error.cause].flat().filter(isObject);
	return depth === 0 ? [] : inner.flatMap((one) => systemCalls(one, depth - 1));
}

function errorWithCode(cause: unknown, depth: number): CodedError | undefined {
	if (!isObject(cause) || depth === 0) return undefined;
	return isCoded(cause) ? cause : errorWithCode(cause.cause, depth - 1);
}

function isObject(value: unknown): value is Partial<CodedError> {
	return typeof value === 'object' && value !== null;
}

/** Axios' own codes say nothing of the connection. */
function isCoded(error: Partial<CodedError>): error is CodedError {
	return typeof error.code === 'string' && !error.code.startsWith('ERR_BAD_');
}

/** n8n replaces a whole message that holds one of Node's error codes, so it is said in words. */
const WORDS = new Map([
	['ECONNREFUSED', 'connection refused'],
	['ECONNRESET', 'connection reset'],
	['ECONNABORTED', 'connection aborted'],
	['ENOTFOUND', 'no such host'],
	['EAI_AGAIN', 'name lookup failed'],
	['EHOSTUNREACH', 'host unreachable'],
	['ENETUNREACH', 'network unreachable'],
	['ETIMEDOUT', 'timed out'],
	['EPIPE', 'connection closed'],
	['EPROTO', 'TLS handshake failed'],
]);

function words(code: string): string {
	return WORDS.get(code) ?? code.slice(0, 60).toLowerCase().replace(/_/g, ' ');
}
