import type { WalletName } from '../../wallets/wallet';

/** What was paid for one picture, as the output item shows it. */
export interface Receipt {
	readonly status: 'paid' | 'redeemed' | 'notCharged';
	/** Rounded up to whole sats; null where nobody knows it. */
	readonly priceSat: number | null;
	/** Routing fee; null where the wallet does not tell. */
	readonly feeMsat: number | null;
	readonly paymentHash: string | null;
	readonly preimage: string | null;
	readonly wallet: WalletName | null;
	/** ISO 8601. */
	readonly paidAt: string | null;
	/** These two only where the credential has a cap per day; see `DayLimit.today`. */
	readonly spentTodaySat?: number | null;
	readonly limitTodaySat?: number;
}

/** Sats as users see them, rounded up. */
export function satOf(amountMsat: bigint): number {
	return Number((amountMsat + 999n) / 1000n);
}

export const NOT_CHARGED: Receipt = {
	status: 'notCharged',
	priceSat: 0,
	feeMsat: null,
	paymentHash: null,
	preimage: null,
	wallet: null,
	paidAt: null,
};
