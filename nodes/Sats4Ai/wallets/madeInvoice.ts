import { exactSats } from '../bolt11/amountText';
import { InvoiceInvalid, tryDecodeInvoice } from '../bolt11/invoice';
import type { MakeOutcome, ReceiveOutcome, WantedInvoice } from '../l402/receiver';
import type { ApiTrouble } from './api';

/**
 * The invoice that a wallet says it has made, checked by our own decoder: it must ask for exactly
 * what was wanted, on the right network. `text` is as the wallet gave it, '' where it gave none.
 */
export function readMade(text: string, wanted: WantedInvoice, walletTitle: string): MakeOutcome {
	if (text === '') return failed(`${walletTitle} answered without an invoice`);
	const invoice = tryDecodeInvoice(text);
	if (invoice instanceof InvoiceInvalid) {
		return failed(`${walletTitle} gave an invoice that cannot be read: ${invoice.reason}`);
	}
	if (invoice.network !== wanted.network) {
		const reason = `${walletTitle} gave an invoice for ${invoice.network}, and ${wanted.network} is set`;
		return failed(reason);
	}
	if (invoice.amountMsat !== wanted.amountMsat) {
		const amount = invoice.amountMsat === null ? 'no amount' : exactSats(invoice.amountMsat);
		return failed(
			`${walletTitle} gave an invoice for ${amount}, not for the ${exactSats(wanted.amountMsat)} that were asked for`,
		);
	}
	const { paymentHash, expiresAt } = invoice;
	return { status: 'made', text: invoice.text, paymentHash, expiresAt };
}

/** A wallet that refuses the credential cannot make invoices with it; other trouble may pass. */
export function notMade({ cause, reason }: Pick<ApiTrouble, 'cause' | 'reason'>): MakeOutcome {
	return cause === 'unauthorized' ? { status: 'unsupported', reason } : failed(reason);
}

/** The whole sats of an amount; null where the wallet, which counts in sats, cannot ask for it. */
export function wholeSat(amountMsat: bigint): bigint | null {
	return amountMsat % 1000n === 0n ? amountMsat / 1000n : null;
}

export function onlyWholeSats(walletTitle: string): MakeOutcome {
	return { status: 'unsupported', reason: `${walletTitle} makes invoices in whole sats only` };
}

export function failed(reason: string): MakeOutcome {
	return { status: 'failed', reason };
}

export function notTold(reason: string): ReceiveOutcome {
	return { status: 'unknown', reason };
}
