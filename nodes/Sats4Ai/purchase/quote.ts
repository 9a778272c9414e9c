import { InvoiceInvalid, tryDecodeInvoice } from '../bolt11/invoice';
import { isToken } from '../l402/challenge';
import { PurchaseFailure } from './report/failure';
import { offerOf, type Offer } from './service/offer';

/** No quote is near this; what is longer is not read. */
const LONGEST_QUOTE = 64 * 1024;
/** A text in a text in a text. */
const MOST_WRAPPERS = 3;
const URI_PREFIX = /^lightning:(?:\/\/)?/i;

/**
 * Reads the `payment` object that *Get Invoice Only* has put out, as object or text, and checks it
 * as a fresh offer, but for expiry and limits: what is paid already is finished whatever they say.
 * `digest` is of the order at hand. Throws `INPUT_INVALID` where it is no quote, or one for another
 * order, `HASH_MISMATCH` where token and invoice belong to different payments.
 */
export function readQuote(value: unknown, digest: string): Offer {
	const fields = objectIn(value);
	if (fields === null) throw invalid("it is no object with 'token' and 'invoice'");
	const token = textIn(fields, 'token');
	const invoiceText = textIn(fields, 'invoice').replace(URI_PREFIX, '');
	if (!isToken(token)) throw invalid("its 'token' is missing or cannot be right");
	if (invoiceText === '') throw invalid("its 'invoice' is missing");
	const invoice = tryDecodeInvoice(invoiceText);
	if (invoice instanceof InvoiceInvalid)
		throw invalid(`its invoice cannot be read: ${invoice.reason}`);
	const order = typeof fields.order === 'string' ? fields.order.trim() : (fields.order ?? '');
	const isThis = typeof order === 'string' && order.toLowerCase() === digest;
	if (order !== '' && !isThis) throw ofAnotherOrder(order);
	const scheme = fields.scheme === 'LSAT' ? 'LSAT' : 'L402';
	return offerOf({ scheme, token, invoice: invoiceText }, invoice);
}

/** The object itself, the one in a JSON text, or the item's `payment` in it. */
function objectIn(value: unknown): Record<string, unknown> | null {
	const read = unpacked(value);
	if (!isObject(read)) return null;
	const inner = 'token' in read ? read : unpacked(read.payment);
	return isObject(inner) ? inner : null;
}

/** Stores that hold text make text of text. */
function unpacked(value: unknown): unknown {
	let read = value;
	for (let depth = 0; depth < MOST_WRAPPERS && typeof read === 'string'; depth += 1) {
		read = parsed(read);
	}
	return read;
}

function parsed(text: string): unknown {
	if (text.length > LONGEST_QUOTE) return null;
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return null;
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textIn(fields: Record<string, unknown>, key: string): string {
	const value = Object.hasOwn(fields, key) ? fields[key] : '';
	return typeof value === 'string' && value.length <= LONGEST_QUOTE ? value.trim() : '';
}

function ofAnotherOrder(order: unknown): PurchaseFailure {
	return typeof order === 'string' && /^[0-9a-f]{64}$/i.test(order)
		? new PurchaseFailure(
				'INPUT_INVALID',
				'The quote was made for another picture or for other parameters',
				"Nothing was sent or paid. Give the node the same operation, picture and parameters as the one with 'Get Invoice Only', or get a new quote.",
			)
		: invalid("its 'order' is not 64 hex digits");
}

function invalid(reason: string): PurchaseFailure {
	return new PurchaseFailure(
		'INPUT_INVALID',
		`'Quote' cannot be used: ${reason}`,
		"Nothing was sent or paid. Give the payment object of an item of 'Get Invoice Only', as in {{ $json.payment }}.",
	);
}
