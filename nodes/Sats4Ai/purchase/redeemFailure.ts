import type { HttpOutcome } from '../l402/http';
import type { CollectOutcome, Picture } from './service/collect';
import { PurchaseFailure, type PaymentRecord, type ServiceWords } from './report/failure';
import { serviceWords, spoken } from './service/serviceWords';

const RUN_AGAIN =
	"The picture is paid; do not pay again. Run again: the same proof of payment is sent first. Or finish by hand with 'Payment' = 'Redeem' and the token and preimage of this error.";

/** The service did not honour the proof of payment in time, or refused it for good. */
export function redeemFailure(outcome: HttpOutcome, payment: PaymentRecord): PurchaseFailure {
	const service = serviceWords(outcome);
	const message =
		outcome.kind === 'answer'
			? `The invoice is paid, but the service did not deliver: ${spoken(service)}`
			: `The invoice is paid, but the service did not answer: ${spoken(service)}`;
	return undelivered(message, service, payment);
}

/** The picture, or why there is none although it is paid. */
export function pictureOrFailure(
	collected: CollectOutcome,
	payment: PaymentRecord,
): Picture | PurchaseFailure {
	if (collected.status === 'picture') return collected.picture;
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
