import type { Picture } from './collect';
import { PurchaseFailure, type PaymentRecord } from './failure';
import type { Receipt } from './receipt';

/** Stores a picture that is paid for; where n8n cannot, the failure carries all that is left. */
export async function storePaid<Item>(
	store: (picture: Picture, receipt: Receipt) => Promise<Item>,
	picture: Picture,
	receipt: Receipt,
	payment: PaymentRecord,
): Promise<Item> {
	return await store(picture, receipt).catch((cause: unknown) => {
		const reason = cause instanceof Error ? cause.message : 'unknown reason';
		const link = picture.imageUrl === null ? {} : { imageUrl: picture.imageUrl };
		throw new PurchaseFailure(
			'REDEEM_FAILED',
			`The picture came, but n8n could not store it: ${reason}`,
			'The picture is paid. Make room for binary data and run again: it is not paid a second time.',
			{ payment, ...link },
		);
	});
}
