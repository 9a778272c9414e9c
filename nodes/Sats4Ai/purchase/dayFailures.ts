import { sats } from '../bolt11/amountText';
import type { WalletUnavailable } from '../wallets/unavailable';
import { committedMsat, type OpenPurchase } from './books/openPurchase';
import { FAILED } from './report/causes';
import { PurchaseFailure } from './report/failure';
import { satOf } from './report/receipt';

/** With a cap nothing is paid from a wallet that does not tell what it has spent. */
export function notTold({ cause, reason }: WalletUnavailable): PurchaseFailure {
	const { code, hint } = FAILED[cause];
	return new PurchaseFailure(
		code,
		`'Max per Day (Sats)' is set, and the wallet does not tell what it has spent: ${reason}`,
		cause === 'unauthorized'
			? "Nothing was paid. Allow it in the wallet, or set 'Max per Day (Sats)' in the credential to 0."
			: hint,
	);
}

/** `freeAt`: when the next sats become free; null while all that counts is under way. */
export function dayLimitReached(
	purchase: OpenPurchase,
	spentMsat: bigint,
	limitMsat: bigint,
	freeAt: number | null,
): PurchaseFailure {
	const needSat = satOf(committedMsat(purchase));
	const whenFree =
		freeAt === null
			? 'Sats become free when the payments under way have ended.'
			: `The next sats become free at ${new Date(freeAt).toISOString()}.`;
	return new PurchaseFailure(
		'DAY_LIMIT_REACHED',
		`This picture may cost ${sats(needSat)} with its fee; ${satOf(spentMsat)} of ${sats(limitMsat / 1000n)} that may leave this wallet within 24 hours are spent or under way`,
		`Nothing was paid for this item. ${whenFree} Or raise 'Max per Day (Sats)' in the credential, or lower 'Max Fee (Sats)'.`,
	);
}
