import { trouble, unavailable, type ApiAnswer } from '../api';
import type { WalletUnavailable } from '../wallet';
import { isUnknownMethod, readClnAnswer } from './answer';

const NEVER_PAID = '0'.repeat(64);

/**
 * Whether the rune may pay and look payments up, without paying: clnrest checks the rune first, and
 * `xpay` and `pay` refuse a call without an invoice. A rune with a limit on the amount refuses such
 * a call too, in other words than those about the method. null where nothing speaks against it.
 */
export async function missingClnRight(
	ask: (method: string, params: object, timeoutMs: number) => Promise<ApiAnswer>,
	timeoutMs: number,
): Promise<WalletUnavailable | null> {
	const looked = await ask('listpays', { payment_hash: NEVER_PAID }, timeoutMs);
	const paid = await byXpayOrPay(
		async () => await ask('xpay', {}, timeoutMs),
		async () => await ask('pay', {}, timeoutMs),
	);
	const missing = [
		...(isForbidden(paid) ? ['pay (method=xpay, or method=pay before v24.11)'] : []),
		...(isForbidden(looked) ? ['look payments up (method=listpays)'] : []),
	];
	if (missing.length === 0) return null;
	return unavailable(trouble('unauthorized', `this rune may not ${missing.join(' nor ')}`));
}

/**
 * The answer of `xpay`, or, where the node does not have it or the rune does not allow it, of `pay`.
 * A node of before v24.11 looks at the rune first: one for `pay` alone hides that there is no `xpay`.
 */
export async function byXpayOrPay(
	xpay: () => Promise<ApiAnswer>,
	pay: () => Promise<ApiAnswer>,
): Promise<ApiAnswer> {
	const first = await xpay();
	const isDenied = isForbidden(first);
	if (!isDenied && !isUnknownMethod(first)) return first;
	const second = await pay();
	const isNoBetter = isForbidden(second) || isUnknownMethod(second);
	return isDenied && isNoBetter ? first : second;
}

/** `runes.c` names each condition that did not hold; one about parameters says nothing of the method. */
function isForbidden(answer: ApiAnswer): boolean {
	const read = readClnAnswer(answer);
	if (read.kind !== 'trouble' || read.cause !== 'unauthorized') return false;
	return /method/i.test(read.reason) && !/\bp(?:inv|name|arr|num)/i.test(read.reason);
}
