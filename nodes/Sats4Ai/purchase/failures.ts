import type { Settlement } from '../l402/payment';
import {
	PurchaseFailure,
	type FailureCode,
	type PaymentRecord,
	type ServiceWords,
} from './report/failure';
import { FAILED } from './report/causes';
import type { PaidOutcome } from './service/collectPaid';
import { serviceWords, spoken } from './service/serviceWords';
import type { Picture } from './service/storePicture';
import type { HttpOutcome } from '../l402/http';
import { paymentRecord, type OpenPurchase } from './books/openPurchase';

/** What a wallet's own words begin with where they say all that the message would. */
const ALREADY_SAID: Partial<Record<FailureCode, RegExp>> = {
	WALLET_UNREACHABLE: / (?:could not be|was not) reached\b/,
	WALLET_UNAUTHORIZED: /^\S+(?: \S+){0,3} refused the (?:credentials|macaroon|rune|password)\b/,
};

const FIND_OUT =
	"Run again: the open payment is looked up and finished, not repeated. Or find it in the wallet by its payment hash and finish with 'Payment' = 'Redeem'.";
const LINE_LOST =
	'The wallet had lost its node at that moment: what it calls failed may still be under way there, so its "failed" counts only a day after the invoice has expired.';

/** The failure of a payment that did not end as paid. */
export function settlementFailure(
	settlement: Exclude<Settlement, { status: 'paid' }>,
	purchase: OpenPurchase,
): PurchaseFailure {
	const payment = paymentRecord(purchase);
	if (settlement.status === 'failed') {
		const { code, message, hint } = FAILED[settlement.cause];
		const { reason } = settlement;
		// No sentence inside a sentence that says the same.
		const isSaid = ALREADY_SAID[code]?.test(reason) === true;
		const text = isSaid ? reason.replace(/^./, (c) => c.toUpperCase()) : `${message}: ${reason}`;
		return new PurchaseFailure(code, text, hint, { payment });
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
		settlement.isLineLost === true ? `${LINE_LOST} ${FIND_OUT}` : FIND_OUT,
		{ payment },
	);
}

export const RUN_AGAIN =
	"The picture is paid; do not pay again. Run again: the same proof of payment is sent first. Or finish by hand with 'Payment' = 'Redeem' and the token and preimage of this error.";

/** The service did not honor the proof of payment in time, or refused it for good. */
function redeemFailure(
	{ outcome, said }: Extract<PaidOutcome, { status: 'unserved' }>,
	payment: PaymentRecord,
): PurchaseFailure {
	const verb = outcome.kind === 'answer' ? 'deliver' : 'answer';
	const message = `The invoice is paid, but the service did not ${verb}: ${said}`;
	return undelivered(message, serviceWords(outcome), payment);
}

/** The service does not take a proof that was brought by hand. It cannot be finished with it again. */
export function notAccepted(outcome: HttpOutcome, payment: PaymentRecord): PurchaseFailure {
	const service = serviceWords(outcome);
	return new PurchaseFailure(
		'REDEEM_FAILED',
		`The service does not deliver for this proof of payment: ${spoken(service)}`,
		'A proof buys one picture, once: this one may be used already, or be for another picture, operation or parameters than the invoice was. Compare them with the item of the invoice, and ask the service if they agree.',
		{ payment, service },
	);
}

/** The picture, or why there is none although it is paid. */
export function pictureOrFailure(
	collected: PaidOutcome,
	payment: PaymentRecord,
): Picture | PurchaseFailure {
	if (collected.status === 'picture') return collected.picture;
	if (collected.status === 'unserved') return redeemFailure(collected, payment);
	if (collected.status === 'unreachable') {
		return new PurchaseFailure(
			'REDEEM_FAILED',
			`The picture is ready, but its link cannot be fetched: ${spoken(collected.words)}`,
			'The picture is paid; do not pay again. Fetch imageUrl of this error by hand soon, or run again: the link is fetched first.',
			{ payment, service: collected.words, imageUrl: collected.imageUrl },
		);
	}
	if (collected.status === 'failed') {
		const { words: service } = collected;
		const message = `The invoice is paid, but the service could not make the picture: ${spoken(service)}`;
		return undelivered(message, service, payment);
	}
	const { words: service, imageUrl } = collected;
	const message = `The invoice is paid, but the service sent no picture: ${collected.reason}`;
	return new PurchaseFailure('RESULT_INVALID', message, RUN_AGAIN, {
		payment,
		...(service === null ? {} : { service }),
		...(imageUrl === null ? {} : { imageUrl }),
	});
}

function undelivered(
	message: string,
	service: ServiceWords,
	payment: PaymentRecord,
): PurchaseFailure {
	return new PurchaseFailure('REDEEM_FAILED', message, RUN_AGAIN, { payment, service });
}
