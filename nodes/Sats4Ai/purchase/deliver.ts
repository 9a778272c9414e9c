import { unserved } from './books/lapse';
import type { Ledger } from './books/ledger';
import { paymentRecord, type OpenPurchase } from './books/openPurchase';
import { pictureOrFailure } from './failures';
import { letGo } from './openFailures';
import type { Ports } from './ports';
import { settleRefund } from './refund/settleRefund';
import { PurchaseFailure } from './report/failure';
import { satOf, type Receipt } from './report/receipt';
import { collectPaid } from './service/collectPaid';
import type { Order } from './service/order';
import { storePaid, type Picture } from './service/storePicture';

/**
 * Turns a paid purchase into an output item: the same bytes with the proof of payment, bounded
 * retries, never a second payment. The purchase is closed only after the picture is stored; until
 * then every way out leaves it open, and the failure carries what is needed to finish it, and what
 * became of a refund; one that has arrived closes the purchase too.
 */
export async function deliver<Item>(
	order: Order,
	purchase: OpenPurchase,
	requestTimeoutMs: number,
	ports: Ports<Item>,
): Promise<Item> {
	return await deliverPaid(order, purchase, requestTimeoutMs, ports).catch(
		async (cause: unknown) => {
			const isOurs = cause instanceof PurchaseFailure;
			throw isOurs ? await settleRefund(cause, purchase, ports.ledger, ports.refunds) : cause;
		},
	);
}

async function deliverPaid<Item>(
	order: Order,
	purchase: OpenPurchase,
	requestTimeoutMs: number,
	ports: Ports<Item>,
): Promise<Item> {
	const { ledger } = ports;
	const picture =
		ledger.pictures.of(purchase) ?? (await collect(order, purchase, requestTimeoutMs, ports));
	const today = await ports.day?.today();
	const receipt = { ...receiptOf(purchase), ...today };
	const payment = paymentRecord(purchase);
	const item = await storePaid(ports.store, picture, receipt, payment, () =>
		notStored(purchase, picture, ledger),
	);
	ledger.family.storingFails = false;
	ledger.close(purchase, 'delivered');
	ports.shelf.put(order.digest, order.itemIndex, item);
	return item;
}

/** It is kept, and nothing more is bought for now. */
export function notStored(purchase: OpenPurchase, picture: Picture, ledger: Ledger): void {
	ledger.pictures.keep(purchase, picture);
	ledger.family.storingFails = true;
}

/** Has the picture from the service. Throws what is known of it where there is none. */
async function collect<Item>(
	order: Order,
	purchase: OpenPurchase,
	requestTimeoutMs: number,
	ports: Ports<Item>,
): Promise<Picture> {
	const { clock, ledger } = ports;
	const { paymentHash, imageUrl } = purchase;
	const proof = { ...purchase, preimage: purchase.preimage ?? '' };
	const deadlineAt = clock.elapsedMs() + requestTimeoutMs;
	let isRefused = false;
	const collected = await collectPaid(
		byNameOf(purchase, order),
		proof,
		imageUrl,
		deadlineAt,
		ports,
		{
			onLink: (link) => ledger.update(paymentHash, { imageUrl: link }),
			onRefusal: () => {
				isRefused = true;
				ledger.update(paymentHash, { refusedAt: clock.now() });
			},
		},
	);
	const picture = pictureOrFailure(collected, paymentRecord(purchase));
	if (!(picture instanceof PurchaseFailure)) return picture;
	throw isRefused ? picture : noteUnserved(purchase, picture, ports);
}

/** The service may still serve it; after a day of that, new runs no longer wait for it. */
function noteUnserved<Item>(
	purchase: OpenPurchase,
	failure: PurchaseFailure,
	{ ledger, clock }: Ports<Item>,
): PurchaseFailure {
	const standing = unserved(purchase, clock.now());
	ledger.update(purchase.paymentHash, standing);
	return standing.letGoAt === null ? failure : letGo(failure);
}

/** The proof goes where the invoice came from. */
function byNameOf({ isByNewerName }: OpenPurchase, order: Order): Order {
	return isByNewerName === true ? { ...order, isByNewerName } : order;
}

export function receiptOf(purchase: OpenPurchase): Receipt {
	const { feeMsat, paymentHash, preimage, paidAt, wallet } = purchase;
	return {
		status: 'paid',
		priceSat: satOf(BigInt(purchase.amountMsat)),
		feeMsat: feeMsat === null ? null : Number(feeMsat),
		paymentHash,
		preimage,
		wallet,
		paidAt,
	};
}
