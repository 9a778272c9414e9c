import { PurchaseFailure, type PaymentRecord } from '../report/failure';
import { reasonIn } from '../report/reasonIn';
import { NOT_CHARGED, type Receipt } from '../report/receipt';
import type { PictureFormat } from './picture/format';
import type { PictureBytes } from './picture/pieces';

/** A picture in hand. */
export interface Picture extends PictureFormat {
	readonly bytes: PictureBytes;
	/** Absolute; null where the service returned the picture itself. */
	readonly imageUrl: string | null;
}

/** Stores the picture and makes the output item. */
export type Store<Item> = (picture: Picture, receipt: Receipt) => Promise<Item>;

/**
 * Stores a picture that is paid for; where n8n cannot, the failure carries all that is left.
 * @param keep Called with the picture then.
 */
export async function storePaid<Item>(
	store: Store<Item>,
	picture: Picture,
	receipt: Receipt,
	payment: PaymentRecord,
	keep: (picture: Picture) => void,
): Promise<Item> {
	return await store(picture, receipt).catch((cause: unknown) => {
		keep(picture);
		throw new PurchaseFailure(
			'REDEEM_FAILED',
			notStored(cause),
			'The picture is paid. Make room for binary data and run again: it is not paid a second time.',
			{ payment, ...linkOf(picture) },
		);
	});
}

/** Stores a picture that cost nothing. */
export async function storeFree<Item>(store: Store<Item>, picture: Picture): Promise<Item> {
	return await store(picture, NOT_CHARGED).catch((cause: unknown) => {
		throw new PurchaseFailure(
			'RESULT_INVALID',
			notStored(cause),
			'Nothing was owed or paid. Make room for binary data and run again.',
			{ spent: 'no', ...linkOf(picture) },
		);
	});
}

function notStored(cause: unknown): string {
	return `The picture came, but n8n could not store it: ${reasonIn(cause)}`;
}

function linkOf({ imageUrl }: Picture): { imageUrl?: string } {
	return imageUrl === null ? {} : { imageUrl };
}
