const LONGEST_REASON = 300;

/**
 * What an error of somebody else's says, in a length that can be shown. By its shape, not its class:
 * an error may come out of another realm, as those of expressions do.
 */
export function reasonIn(cause: unknown): string {
	const message =
		typeof cause === 'object' && cause !== null && 'message' in cause ? cause.message : '';
	return typeof message === 'string' && message !== ''
		? message.slice(0, LONGEST_REASON)
		: 'unknown reason';
}
