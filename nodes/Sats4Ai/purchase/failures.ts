import type { FailureCause } from '../l402/payer';
import type { Settlement } from '../l402/payment';
import { PurchaseFailure, type FailureCode } from './report/failure';
import { paymentRecord, type OpenPurchase } from './books/openPurchase';

/** What each cause of a payment that surely did not happen means for the user. */
const FAILED: Record<FailureCause, { code: FailureCode; message: string; hint: string }> = {
	unauthorized: {
		code: 'WALLET_UNAUTHORIZED',
		message: 'The wallet refused the credential',
		hint: 'Nothing was paid. Check the secret in the credential and that it may send payments.',
	},
	unreachable: {
		code: 'WALLET_UNREACHABLE',
		message: 'The wallet could not be reached',
		hint: "Nothing was paid. Check the wallet's URL, that it is running, and its certificate.",
	},
	feeLimit: {
		code: 'FEE_OVER_LIMIT',
		message: 'The routing fee is above your limit',
		hint: "Nothing was paid. Raise 'Max Fee (Sats)' if the fee is acceptable.",
	},
	balance: {
		code: 'PAYMENT_FAILED',
		message: 'The wallet has not enough balance',
		hint: 'Nothing was paid. Top the wallet up and run again.',
	},
	budget: {
		code: 'PAYMENT_FAILED',
		message: "The wallet's own spending limit is reached",
		hint: 'Nothing was paid. Raise the limit in the wallet or wait until it renews.',
	},
	noRoute: {
		code: 'PAYMENT_FAILED',
		message: 'The wallet found no route to the service',
		hint: "Nothing was paid. Run again later, or raise 'Max Fee (Sats)'.",
	},
	expired: {
		code: 'PAYMENT_FAILED',
		message: 'The invoice expired before it was paid',
		hint: 'Nothing was paid. Run again for a new invoice.',
	},
	rejected: {
		code: 'PAYMENT_FAILED',
		message: 'The payment was rejected',
		hint: 'Nothing was paid. Run again; if it stays, see what the wallet says.',
	},
	other: {
		code: 'PAYMENT_FAILED',
		message: 'The wallet did not pay',
		hint: 'Nothing was paid. See what the wallet says, then run again.',
	},
};

/** The failure of a payment that did not end as paid. */
export function settlementFailure(
	settlement: Exclude<Settlement, { status: 'paid' }>,
	purchase: OpenPurchase,
): PurchaseFailure {
	const payment = paymentRecord(purchase);
	if (settlement.status === 'failed') {
		const { code, message, hint } = FAILED[settlement.cause];
		return new PurchaseFailure(code, `${message}: ${settlement.reason}`, hint, { payment });
	}
	if (settlement.status === 'unproven') {
		return new PurchaseFailure(
			'PREIMAGE_INVALID',
			`The payment cannot be proven: ${settlement.reason}`,
			"Do not pay again. Find the preimage in the wallet and finish with 'Payment' = 'Redeem', or run again: the open payment is looked up first.",
			{ payment },
		);
	}
	return new PurchaseFailure(
		'PAYMENT_UNKNOWN',
		`Nobody can tell yet whether the invoice was paid: ${settlement.reason}`,
		"Run again: the open payment is looked up and finished, not repeated. Or find it in the wallet by its payment hash and finish with 'Payment' = 'Redeem'.",
		{ payment },
	);
}

/** An error that nobody foresaw, while `purchase` is open: never said to have cost nothing. */
export function unforeseenFailure(cause: unknown, purchase: OpenPurchase): PurchaseFailure {
	if (cause instanceof PurchaseFailure) return cause;
	const reason = cause instanceof Error ? cause.message : 'unknown reason';
	if (purchase.status === 'paying')
		return settlementFailure({ status: 'unknown', reason }, purchase);
	return new PurchaseFailure(
		'REDEEM_FAILED',
		`The invoice is paid, but the picture could not be taken: ${reason}`,
		'The picture is paid; do not pay again. Run again: the proof of payment is kept.',
		{ payment: paymentRecord(purchase) },
	);
}
