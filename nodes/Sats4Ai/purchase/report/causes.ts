import type { FailureCause } from '../../l402/payer';
import type { FailureCode } from './failure';

/** What each cause of a payment that surely did not happen means for the user. */
export const FAILED: Readonly<
	Record<
		FailureCause,
		{ readonly code: FailureCode; readonly message: string; readonly hint: string }
	>
> = {
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
	offline: {
		code: 'PAYMENT_FAILED',
		message: "The wallet's channels are offline",
		hint: 'Nothing was paid. Wait until the channel peers of the node are connected, then run again.',
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
