import type { HttpOutcome } from '../l402/http';
import { isWorthRedeemingAgain } from '../l402/persistence';
import type { AskPorts } from './service/ask';
import { collectLink, collectPicture, type CollectOutcome } from './service/collect';
import { PurchaseFailure } from './report/failure';
import { paymentRecord, satOf, type OpenPurchase } from './books/openPurchase';
import { pictureOrFailure, redeemFailure } from './failures';
import { settleRefund, type RefundFailurePorts } from './refund/settleRefund';
import type { Receipt } from './report/receipt';
import type { Order } from './service/service';
import { serviceWords } from './service/serviceWords';
import type { Shelf } from './books/shelf';
import { storePaid } from './service/storePicture';

export interface DeliveryPorts<Item> extends AskPorts<Item>, RefundFailurePorts {
	readonly shelf: Shelf<Item>;
}

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
	ports: DeliveryPorts<Item>,
): Promise<Item> {
	return await deliverPaid(order, purchase, requestTimeoutMs, ports).catch(
		async (cause: unknown) => {
			const isOurs = cause instanceof PurchaseFailure;
			throw isOurs ? await settleRefund(cause, purchase, ports) : cause;
		},
	);
}

async function deliverPaid<Item>(
	order: Order,
	purchase: OpenPurchase,
	requestTimeoutMs: number,
	ports: DeliveryPorts<Item>,
): Promise<Item> {
	const deadlineAt = ports.clock.now() + requestTimeoutMs;
	const collected = await collect(order, purchase, deadlineAt, ports);
	const payment = paymentRecord(purchase);
	const picture = pictureOrFailure(collected, payment);
	if (picture instanceof PurchaseFailure) {
		if (collected.status !== 'unreachable') refused(purchase, ports);
		throw picture;
	}
	const receipt = receiptOf(purchase);
	const item = await storePaid(ports.store, picture, receipt, payment);
	ports.ledger.closeSpent(purchase, 'delivered');
	ports.shelf.put(order.digest, order.itemIndex, item);
	return item;
}

async function collect<Item>(
	order: Order,
	purchase: OpenPurchase,
	deadlineAt: number,
	ports: DeliveryPorts<Item>,
): Promise<CollectOutcome> {
	const { service, clock, ledger } = ports;
	// An earlier try got as far as the link: the credential may be used up, and comes second.
	const linkDeadlineAt = (clock.now() + deadlineAt) / 2;
	const earlier =
		purchase.imageUrl === null
			? undefined
			: await collectLink(purchase.imageUrl, linkDeadlineAt, ports);
	if (earlier?.status === 'picture') return earlier;
	const proof = { ...purchase, preimage: purchase.preimage ?? '' };
	const outcome = await service.redeem(order, proof, deadlineAt);
	if (outcome.kind === 'answer' && outcome.status >= 200 && outcome.status < 300) {
		return await collectPicture(outcome, deadlineAt, ports, (imageUrl) =>
			ledger.update(purchase.paymentHash, { imageUrl }),
		);
	}
	if (isRefusal(outcome)) refused(purchase, ports);
	if (earlier !== undefined) return earlier;
	throw redeemFailure(outcome, paymentRecord(purchase));
}

/**
 * Whether the service has said no, not just *not now*: a final status, the proof still not accepted
 * when time was up, or the offer of a refund.
 */
function isRefusal(outcome: HttpOutcome): boolean {
	if (outcome.kind !== 'answer') return false;
	const unproven = outcome.status === 401 || outcome.status === 402;
	const refunded = serviceWords(outcome).refund !== null;
	return unproven || refunded || !isWorthRedeemingAgain(outcome.status);
}

function refused<Item>(purchase: OpenPurchase, { ledger, clock }: DeliveryPorts<Item>): void {
	ledger.update(purchase.paymentHash, { refusedAt: clock.now() });
}

function receiptOf(purchase: OpenPurchase): Receipt {
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
