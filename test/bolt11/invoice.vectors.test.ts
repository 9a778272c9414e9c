import { createHash } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesFilledUp } from '../../nodes/Sats4Ai/bolt11/words';
import { decodeInvoice, InvoiceInvalid, type Invoice } from '../../nodes/Sats4Ai/bolt11/invoice';
import vectors from '../vectors/bolt11.json';
import { wordsIn } from './invoiceWriter';

const NETWORKS = new Map([
	['lnbc', 'mainnet'],
	['lntb', 'testnet'],
	['lntbs', 'signet'],
	['lnbcrt', 'regtest'],
]);

/** The key behind the signature: the vectors name it, the decoder does not look for it. */
function recoveredPayee({ text, signature, recoveryFlag }: Invoice): string {
	const hash = createHash('sha256')
		.update(text.slice(0, text.lastIndexOf('1')))
		.update(bytesFilledUp(Uint8Array.from(wordsIn(text).slice(0, -104))))
		.digest();
	const recoverable = Buffer.concat([Buffer.of(recoveryFlag), Buffer.from(signature, 'hex')]);
	const key = secp256k1.recoverPublicKey(recoverable, hash, { prehash: false });
	return Buffer.from(key).toString('hex');
}

describe('the examples of BOLT 11', () => {
	test('are all there', () => {
		expect(vectors.valid).toHaveLength(16);
		expect(vectors.invalid).toHaveLength(10);
		expect(vectors.extra.vectors).toHaveLength(14);
	});

	test.each(vectors.valid)('$id decodes: $title', (vector) => {
		const invoice = decodeInvoice(vector.invoice);
		expect(invoice).toEqual({
			text: vector.invoice.toLowerCase(),
			network: NETWORKS.get(vector.prefix),
			amountMsat: vector.amountMsat === null ? null : BigInt(vector.amountMsat),
			timestamp: vector.timestamp,
			expirySeconds: BigInt(vector.expiry),
			expiresAt: (vector.timestamp + vector.expiry) * 1000,
			paymentHash: vector.paymentHash,
			paymentSecret: vector.paymentSecret,
			description: vector.description ?? null,
			descriptionHash: vector.descriptionHash ?? null,
			payee: null,
			minFinalCltvExpiryDelta: vector.minFinalCltvExpiryDelta,
			features: vector.features,
			signature: vector.signature,
			recoveryFlag: vector.recoveryFlag,
		});
		expect(recoveredPayee(invoice)).toBe(vector.payee);
	});

	test.each(vectors.invalid)('$id is refused: $title', ({ invoice }) => {
		expect(() => decodeInvoice(invoice)).toThrow(InvoiceInvalid);
	});

	test('are refused for the reason they were made for', () => {
		const reasons = vectors.invalid.map(({ id, invoice }) => [id, reasonAgainst(invoice)]);
		expect(Object.fromEntries(reasons)).toEqual({
			I1: 'it requires the unknown feature 100',
			I2: 'its checksum is wrong',
			I3: 'it has no separator "1"',
			I4: 'it mixes upper and lower case',
			I5: 'no key can be recovered from its signature',
			I6: 'it is too short',
			I7: 'its amount has an unknown multiplier',
			I8: 'its amount is not a whole number of millisatoshis',
			I9: 'it has no payment secret',
			I10: 'its signature is not in the low-S form',
		});
	});
});

describe('more vectors, signed with the key of the examples', () => {
	const good = vectors.extra.vectors.filter(({ expect }) => expect === 'valid');
	const bad = vectors.extra.vectors.filter(({ expect }) => expect === 'invalid');

	test.each(good)('$id decodes: $title', (vector) => {
		const invoice = decodeInvoice(vector.invoice);
		expect(invoice.amountMsat?.toString() ?? null).toBe(vector.amountMsat);
		expect(invoice.network).toBe(NETWORKS.get(vector.prefix ?? 'lnbc'));
		expect(invoice.paymentHash).toBe(vector.paymentHash);
		expect(invoice.expirySeconds).toBe(BigInt(vector.expiry ?? NaN));
		expect(invoice.timestamp).toBe(vector.timestamp);
		expect(invoice.payee ?? recoveredPayee(invoice)).toBe(vector.payee);
	});

	test.each(bad)('$id is refused: $title', ({ invoice }) => {
		expect(() => decodeInvoice(invoice)).toThrow(InvoiceInvalid);
	});

	test('E4 names its payee', () => {
		const e4 = vectors.extra.vectors.find(({ id }) => id === 'E4');
		expect(decodeInvoice(e4?.invoice ?? '').payee).toBe(
			'03e7156ae33b0a208d0744199163177e909e80176e55d97a2f221ede0f934dd9ad',
		);
	});
});

function reasonAgainst(invoice: string): string | null {
	try {
		decodeInvoice(invoice);
		return null;
	} catch (error) {
		return error instanceof InvoiceInvalid ? error.reason : String(error);
	}
}
