import { paymentRecord, type OpenPurchase } from './books/openPurchase';
import { RUN_AGAIN, settlementFailure } from './failures';
import { PurchaseFailure, type PaymentRecord } from './report/failure';
import { reasonIn } from './report/reasonIn';

/** An error that nobody foresaw, while `purchase` is open: never said to have cost nothing. */
export function unforeseenFailure(cause: unknown, purchase: OpenPurchase): PurchaseFailure {
	if (cause instanceof PurchaseFailure) return cause;
	const reason = reasonIn(cause);
	if (purchase.status === 'paying')
		return settlementFailure({ status: 'unknown', reason }, purchase);
	return new PurchaseFailure(
		'REDEEM_FAILED',
		`The invoice is paid, but the picture could not be taken: ${reason}`,
		'The picture is paid; do not pay again. Run again: the proof of payment is kept.',
		{ payment: paymentRecord(purchase) },
	);
}

/** An error that nobody foresaw, after a proof that was brought by hand has left. */
export function unforeseenRedeemFailure(cause: unknown, payment: PaymentRecord): PurchaseFailure {
	if (cause instanceof PurchaseFailure) return cause;
	return new PurchaseFailure(
		'REDEEM_FAILED',
		`The proof of payment was sent, but the picture could not be taken: ${reasonIn(cause)}`,
		RUN_AGAIN,
		{ payment },
	);
}
