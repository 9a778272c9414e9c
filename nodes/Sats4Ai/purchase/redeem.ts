import { isToken } from '../l402/challenge';
import type { HttpOutcome } from '../l402/http';
import { isWorthRedeemingAgain } from '../l402/persistence';
import { isPreimage, paymentHashOf } from '../l402/preimage';
import { tokenCommitment, tokenCommitsTo } from '../l402/token';
import type { OpenPurchase } from './books/openPurchase';
import type { PurchaseMemory } from './books/purchaseMemory';
import { notAccepted, pictureOrFailure } from './failures';
import type { Shop } from './ports';
import { redeemOwn, type PaidElsewhere } from './redeemOwn';
import { showRefund } from './refund/settleRefund';
import { PurchaseFailure, type PaymentRecord } from './report/failure';
import { satOf, type Receipt } from './report/receipt';
import { collectPaid } from './service/collectPaid';
import type { Order } from './service/order';
import { isUnproven } from './service/service';
import { serviceWords } from './service/serviceWords';
import { storePaid, type Picture, type Store } from './service/storePicture';
import { unforeseenRedeemFailure } from './unforeseen';

/** A service that has not seen the payment of an invoice by then will not see it. */
const SETTLEMENT_LAG_MS = 10_000;

/**
 * Checks what the user pasted. A preimage that does not fit the token is refused here, before any
 * request: it proves nothing, and nobody else needs to see it.
 */
export function readPaidElsewhere(tokenText: unknown, preimageText: unknown): PaidElsewhere {
	const token = typeof tokenText === 'string' ? tokenText.trim() : '';
	const preimage = typeof preimageText === 'string' ? preimageText.trim().toLowerCase() : '';
	if (token === '') throw missing('Token', "Paste 'payment.token' of the invoice's item.");
	if (isInvoice(token)) {
		throw missing('Token', "This is the invoice; paste 'payment.token' of the same item.");
	}
	if (!isToken(token)) throw missing('Token', 'It holds signs no token has.');
	if (preimage === '') throw missing('Preimage', 'Paste the proof of payment of the wallet.');
	if (!isPreimage(preimage)) throw unfitting('The preimage is not 64 hex digits', token, '');
	const paymentHash = paymentHashOf(preimage);
	if (tokenCommitsTo(token, paymentHash) === 'no') {
		throw unfitting('The preimage does not belong to this token', token, paymentHash);
	}
	return { token, preimage, paymentHash };
}

/** Sends the order with the proof of a payment made elsewhere. Can never pay. */
export async function redeemPaid<Item>(
	order: Order,
	paid: PaidElsewhere,
	requestTimeoutMs: number,
	memory: PurchaseMemory,
	shop: Shop,
	store: Store<Item>,
): Promise<Item> {
	const { clock } = shop;
	return await redeemOwn(order, paid, requestTimeoutMs, memory, clock, async (own) => {
		const payment = { ...paid, invoice: own?.invoice ?? null };
		const deadlineAt = clock.elapsedMs() + requestTimeoutMs;
		return await takeFor(payment, own, order, deadlineAt, memory, shop, store).catch(
			(cause: unknown) => {
				throw unforeseenRedeemFailure(cause, payment);
			},
		);
	});
}

async function takeFor<Item>(
	payment: PaymentRecord & PaidElsewhere,
	own: OpenPurchase | null,
	order: Order,
	deadlineAt: number,
	memory: PurchaseMemory,
	shop: Shop,
	store: Store<Item>,
): Promise<Item> {
	const { paymentHash, preimage } = payment;
	const { digest } = order;
	const picture =
		memory.pictures.of({ paymentHash, digest }) ??
		(await collect(payment, order, deadlineAt, memory, shop));
	const receipt: Receipt = {
		status: 'redeemed',
		priceSat: own === null ? null : satOf(BigInt(own.amountMsat)),
		feeMsat: null,
		paymentHash,
		preimage,
		wallet: null,
		paidAt: null,
	};
	const item = await storePaid(store, picture, receipt, payment, (kept) =>
		memory.pictures.keep({ paymentHash, digest }, kept),
	);
	memory.pictures.forget({ paymentHash, digest });
	memory.forgetLink(paymentHash, digest);
	return item;
}

async function collect(
	payment: PaymentRecord & PaidElsewhere,
	order: Order,
	deadlineAt: number,
	memory: PurchaseMemory,
	shop: Shop,
): Promise<Picture> {
	const { paymentHash } = payment;
	const { digest } = order;
	const proof = { scheme: 'L402', ...payment } as const;
	const link = memory.linkOf(paymentHash, digest);
	const collected = await collectPaid(order, proof, link, deadlineAt, shop, {
		onLink: (imageUrl) => memory.rememberLink(paymentHash, digest, imageUrl),
		onRefusal: () => undefined,
		unprovenUntilAt: shop.clock.elapsedMs() + SETTLEMENT_LAG_MS,
	});
	const picture =
		collected.status === 'unserved' && isNo(collected.outcome)
			? notAccepted(collected.outcome, payment)
			: pictureOrFailure(collected, payment);
	if (picture instanceof PurchaseFailure) throw showRefund(picture);
	return picture;
}

/** Whether the proof will not be taken, however often it is sent; money back is another matter. */
function isNo(outcome: HttpOutcome): boolean {
	if (outcome.kind !== 'answer' || serviceWords(outcome).refund !== null) return false;
	return isUnproven(outcome) || !isWorthRedeemingAgain(outcome.status);
}

/** An invoice, which is what people copy first; also as a link. */
function isInvoice(text: string): boolean {
	return /^(lightning:)?ln(bc|tb|tbs|bcrt)\d*[munp]?1[ac-hj-np-z02-9]{40,}$/i.test(text);
}

function missing(field: string, hint: string): PurchaseFailure {
	const message = `'${field}' is missing or cannot be right`;
	return new PurchaseFailure('INPUT_INVALID', message, `${hint} Nothing was sent.`);
}

/** The payment to look for in the wallet is the token's, not the one that was pasted by mistake. */
function unfitting(message: string, token: string, pastedHash: string): PurchaseFailure {
	const commitment = tokenCommitment(token);
	const paymentHash = commitment.status === 'hash' ? commitment.paymentHash : pastedHash;
	const payment: PaymentRecord = { token, invoice: null, paymentHash };
	const hint = 'Nothing was sent. Copy the preimage of exactly this invoice from the wallet.';
	return new PurchaseFailure('PREIMAGE_INVALID', message, hint, { spent: 'unknown', payment });
}
