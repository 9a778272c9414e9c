import { randomBytes } from 'node:crypto';
import {
	identifierFor,
	isSignedBy,
	mintMacaroon,
	paymentHashOf,
	readMacaroon,
} from '../../sandbox/macaroon';
import vectors from '../vectors/challenge-pairs.json';

const rootKey = randomBytes(32);
const paymentHash = randomBytes(32).toString('hex');
const caveats = ['services=colorize-image:0', `${'long'.repeat(60)}=1`];

it('a minted macaroon reads back, signed by its root key alone', () => {
	const token = mintMacaroon(rootKey, paymentHash, caveats);
	const macaroon = readMacaroon(token);
	if (macaroon === null) throw new Error('unreadable');
	expect(macaroon.caveats).toEqual(caveats);
	expect(macaroon.identifier).toHaveLength(66);
	expect(paymentHashOf(macaroon.identifier)).toBe(paymentHash);
	expect(isSignedBy(macaroon, rootKey)).toBe(true);
	expect(isSignedBy(macaroon, randomBytes(32))).toBe(false);
	expect(isSignedBy({ ...macaroon, caveats: caveats.slice(0, 1) }, rootKey)).toBe(false);
	expect(isSignedBy({ ...macaroon, identifier: identifierFor(paymentHash) }, rootKey)).toBe(false);
});

it('macaroons of other servers read as they say', () => {
	const aperture = vectors.find(({ name }) => name === 'aperture');
	const macaroon = readMacaroon(aperture?.token ?? '');
	expect(macaroon).toMatchObject({ location: 'lsat', caveats: aperture?.caveats });
	expect(paymentHashOf(macaroon?.identifier ?? Buffer.alloc(0))).toBe(aperture?.tokenPaymentHash);
});

it('anything else is no macaroon', () => {
	const token = mintMacaroon(rootKey, paymentHash, caveats);
	const bytes = Buffer.from(token, 'base64');
	for (let length = 0; length < bytes.length; length += 1) {
		expect(readMacaroon(bytes.subarray(0, length).toString('base64'))).toBeNull();
	}
	expect(readMacaroon(Buffer.concat([bytes, Buffer.of(0)]).toString('base64'))).toBeNull();
	expect(readMacaroon('not base64!')).toBeNull();
	expect(paymentHashOf(Buffer.alloc(66, 1))).toBeNull();
});
