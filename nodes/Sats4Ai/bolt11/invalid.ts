/**
 * The text is not an invoice that may be paid. `reason` says why in plain words and repeats nothing
 * of the text but numbers.
 */
export class InvoiceInvalid extends Error {
	override readonly name = 'InvoiceInvalid';

	constructor(readonly reason: string) {
		super(`The invoice is not valid: ${reason}`);
	}
}
