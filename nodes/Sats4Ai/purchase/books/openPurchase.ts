import type { PayableInvoice } from '../../l402/payer';
import type { WalletName } from '../../wallets/wallet';
import type { PaymentRecord } from '../report/failure';
import type { OfferedRefund, RefundClaim } from '../report/offeredRefund';
import { satOf } from '../report/receipt';

/**
 * A purchase between the moment the wallet may have been called and the delivery of its picture.
 * Plain JSON: it is saved with the execution, so that a later try can finish it. Holds no wallet
 * secret. What comes back out of a saved execution goes through `readPurchase`.
 */
export interface OpenPurchase {
	/** What was asked for: `orderDigest`. */
	readonly digest: string;
	readonly itemIndex: number;
	/** Whose it is: the workflow, and the credential it is paid with. Nobody else finds it. */
	readonly buyer: string;
	/** The execution, with those that retry it, in whose budget it is; see `Family`. */
	readonly family: string;
	readonly scheme: 'L402' | 'LSAT';
	/** As received. */
	readonly token: string;
	readonly invoice: string;
	readonly paymentHash: string;
	/** Decimal, since JSON knows no bigint. */
	readonly amountMsat: string;
	/** The routing fee limit it is paid under. Decimal. */
	readonly maxFeeMsat: string;
	/** When the invoice expires, in milliseconds since 1970. */
	readonly expiresAt: number;
	/** null where nobody knows any more. */
	readonly wallet: WalletName | null;
	/** A fingerprint of the wallet's address and secret: only this wallet can prove it unpaid. */
	readonly walletKey: string;
	/** paying: money may or may not have left. paid: it has, and here is the preimage. */
	readonly status: 'paying' | 'paid';
	readonly preimage: string | null;
	/** null while unpaid, or where the wallet does not tell. Decimal. */
	readonly feeMsat: string | null;
	/** ISO 8601. */
	readonly paidAt: string | null;
	/** Where the finished picture can be fetched, once the service has said so. */
	readonly imageUrl: string | null;
	/** When the service last refused the proof of payment for good, in milliseconds since 1970. */
	readonly refusedAt: number | null;
	/** Since when the service has not served it, without a refusal; milliseconds since 1970. */
	readonly unservedSince: number | null;
	/** When it was told that new runs no longer wait for it; milliseconds since 1970. */
	readonly letGoAt: number | null;
	/** The wallet has lost its node in the middle of the pay call: its *failed* proves nothing. */
	readonly isLineLost?: true;
	/** The invoice came by the newer name of the endpoint, so the proof goes there. */
	readonly isByNewerName?: true;
	/** The money back, once the service has offered it. */
	readonly refund?: OfferedRefund;
	/** Written down before the refund is asked for, and never replaced by another. */
	readonly claim?: RefundClaim;
}

export function payableInvoice(purchase: OpenPurchase): PayableInvoice {
	const { invoice, paymentHash, amountMsat } = purchase;
	return { text: invoice, paymentHash, amountMsat: BigInt(amountMsat) };
}

export function paymentRecord(purchase: OpenPurchase): PaymentRecord {
	const { token, invoice, paymentHash, preimage, amountMsat } = purchase;
	const priceSat = satOf(BigInt(amountMsat));
	return { token, invoice, paymentHash, ...(preimage === null ? {} : { preimage }), priceSat };
}

/** What a purchase takes, or may still take, out of the budget. */
export function committedMsat(purchase: OpenPurchase): bigint {
	const feeMsat = purchase.status === 'paid' ? purchase.feeMsat : null;
	return BigInt(purchase.amountMsat) + BigInt(feeMsat ?? purchase.maxFeeMsat);
}
