import { paymentRecord, type OpenPurchase } from './books/openPurchase';
import { PurchaseFailure } from './report/failure';

/** Its picture is in another execution that began with the same books. */
export function deliveredElsewhere(purchase: OpenPurchase): PurchaseFailure {
	return new PurchaseFailure(
		'REDEEM_FAILED',
		`This picture was bought before (payment hash ${purchase.paymentHash}), and another attempt has delivered it`,
		'Nothing was paid again. Take the picture from the execution that has it, or run the workflow anew to buy it again.',
		{ payment: paymentRecord(purchase) },
	);
}

/** Nobody can tell how it ends before the other attempt does. */
export function heldElsewhere(purchase: OpenPurchase): PurchaseFailure {
	return new PurchaseFailure(
		'PAYMENT_UNKNOWN',
		`Another attempt is still at work on this very purchase (payment hash ${purchase.paymentHash})`,
		'Nothing was paid again. Wait until the other execution has ended, and see whether it has the picture.',
		{ payment: paymentRecord(purchase) },
	);
}

/** Another try has made another order of the item, and the service sells what was ordered alone. */
export function changedOrderFailure(
	fields: readonly string[],
	purchase: OpenPurchase,
): PurchaseFailure {
	return new PurchaseFailure(
		'REDEEM_FAILED',
		`The invoice is paid, but for other bytes than this try sends: ${fields.join(', ').slice(0, 200)} changes with each try`,
		"Do not pay again: nothing was. Work out what changes in a node before this one, so that each try sends the same. This purchase can be finished by hand with 'Payment' = 'Redeem', the fields as they were, and the token and preimage of this error.",
		{ payment: paymentRecord(purchase) },
	);
}

/** The same failure, a day after the first: nobody waits for the service any longer. */
export function letGo({ code, message, details }: PurchaseFailure): PurchaseFailure {
	const hint =
		"The service has not delivered for more than a day, so the purchase is let go: the next run buys anew. A Retry of this execution still asks for what was paid. Keep token and preimage of this error: with them 'Payment' = 'Redeem' finishes it.";
	return new PurchaseFailure(code, message, hint, details);
}
