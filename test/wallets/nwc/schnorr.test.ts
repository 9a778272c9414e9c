import { createHash, randomBytes } from 'node:crypto';
import { schnorr } from '@noble/curves/secp256k1.js';
import {
	schnorrPublicKey,
	signSchnorr,
	verifySchnorr,
} from '../../../nodes/Sats4Ai/wallets/nwc/schnorr';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
/** The first row of the table in BIP-340. */
const VECTORS = [
	{
		secretKey: hex(`${'00'.repeat(31)}03`),
		publicKey: 'f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9',
		auxiliary: Buffer.alloc(32),
		message: Buffer.alloc(32),
		signature:
			'e907831f80848d1069a5371b402410364bdf1c5f8307b0084c55f1ce2dca8215' +
			'25f66a4a85ea8b71e482a74f382d2ce5ebeee8fdb2172f477df4900d310536c0',
	},
];

describe('BIP-340 signatures', () => {
	it.each(VECTORS)('are those of its table', (vector) => {
		const { secretKey, publicKey, auxiliary, message, signature } = vector;
		expect(Buffer.from(schnorrPublicKey(secretKey)).toString('hex')).toBe(publicKey);
		const signed = signSchnorr(message, secretKey, auxiliary);
		expect(Buffer.from(signed).toString('hex')).toBe(signature);
	});

	it('are, byte for byte, those of the larger library by the same author', () => {
		// Numbers from a seed: a failure is the same tomorrow.
		const number = (name: string): Buffer => createHash('sha256').update(name).digest();
		for (let index = 0; index < 100; index += 1) {
			const [secretKey, message, auxiliary] = ['key', 'message', 'auxiliary'].map((name) =>
				number(`${name} ${index}`),
			) as [Buffer, Buffer, Buffer];
			const publicKey = schnorr.getPublicKey(secretKey);
			expect(schnorrPublicKey(secretKey)).toEqual(publicKey);
			const signature = schnorr.sign(message, secretKey, auxiliary);
			expect(signSchnorr(message, secretKey, auxiliary)).toEqual(signature);
			expect(verifySchnorr(signature, message, publicKey)).toBe(true);
		}
	});

	it('are refused where one bit of them, of the message or of the key is another', () => {
		const [secretKey, message] = [randomBytes(32), randomBytes(32)];
		const publicKey = Buffer.from(schnorrPublicKey(secretKey));
		const signature = Buffer.from(signSchnorr(message, secretKey, randomBytes(32)));
		const another = (bytes: Buffer): Buffer => {
			const changed = Buffer.from(bytes);
			const place = changed.length - 1;
			changed[place] = (changed[place] ?? 0) ^ 1;
			return changed;
		};
		expect(verifySchnorr(signature, message, publicKey)).toBe(true);
		expect(verifySchnorr(another(signature), message, publicKey)).toBe(false);
		expect(verifySchnorr(signature, another(message), publicKey)).toBe(false);
		expect(verifySchnorr(signature, message, another(publicKey))).toBe(false);
	});

	it.each([Buffer.alloc(32), Buffer.alloc(32, 0xff), Buffer.alloc(31, 1)])(
		'need a secret key of the curve',
		(secretKey) => {
			expect(() => schnorrPublicKey(secretKey)).toThrow();
			expect(() => signSchnorr(Buffer.alloc(32), secretKey, Buffer.alloc(32))).toThrow();
		},
	);
});
