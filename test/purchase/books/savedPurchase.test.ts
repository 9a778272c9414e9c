import { readPurchase } from '../../../nodes/Sats4Ai/purchase/books/readPurchase';
import { identifierFor, writeV2 } from '../../l402/macaroonWriter';
import { DIGEST, mint, openPurchase } from '../openPurchases';

describe('a purchase out of saved books', () => {
	const { invoice, preimage, paymentHash } = (({ text, ...rest }) => ({ invoice: text, ...rest }))(
		mint(),
	);
	const token = writeV2({ identifier: identifierFor(paymentHash) }).toString('base64');
	const saved = { digest: DIGEST, itemIndex: 3, token, invoice };
	const nobodys = { buyer: '', family: '', wallet: null, walletKey: '', maxFeeMsat: '0' };
	const unpaid = openPurchase({ ...saved, ...nobodys, paymentHash });

	it('is what its invoice says, and nothing is known that does not stand there', () => {
		const lies = { paymentHash: 'x', amountMsat: '1', expiresAt: 1, status: 'paid', feeMsat: '7' };
		expect(readPurchase({ ...saved, ...lies, paidAt: '2026-01-01' })).toEqual(unpaid);
	});

	it('keeps all that can be read', () => {
		const more = {
			buyer: 'b0',
			family: 'f0',
			scheme: 'LSAT',
			maxFeeMsat: '9',
			wallet: 'phoenixd',
			walletKey: 'feed',
			imageUrl: 'HTTPS://a.example/p',
			refusedAt: 1,
			unservedSince: 2,
			letGoAt: 3,
			isLineLost: true,
			isByNewerName: true,
		};
		expect(readPurchase({ ...saved, ...more })).toEqual({ ...unpaid, ...more });
		const paid = { preimage, feeMsat: '7', paidAt: '2026-01-01T00:00:00.000Z' };
		expect(readPurchase({ ...saved, ...paid })).toEqual({ ...unpaid, ...paid, status: 'paid' });
		const capitals = readPurchase({ ...saved, preimage: preimage.toUpperCase() });
		expect(capitals).toMatchObject({ status: 'paid', preimage, feeMsat: null, paidAt: null });
	});

	it.each([
		['no invoice', { invoice: undefined }],
		['an invoice that is none', { invoice: 'lnbc1' }],
		['an invoice without amount', { invoice: mint(null).text }],
		['no token', { token: undefined }],
		['a token that is none', { token: 'a b' }],
		['a token that is too long', { token: 'A'.repeat(65_537) }],
		['a token for another payment', { invoice: mint().text }],
		['no digest', { digest: undefined }],
		['a digest in capitals', { digest: DIGEST.toUpperCase() }],
		['a digest that is too short', { digest: DIGEST.slice(1) }],
		['a digest that is too long', { digest: `${DIGEST}0` }],
		['no item', { itemIndex: undefined }],
		['half an item', { itemIndex: 0.5 }],
		['an item below zero', { itemIndex: -1 }],
		['an item that is text', { itemIndex: '3' }],
	])('is none with %s', (_, change) => {
		expect(readPurchase({ ...saved, ...change })).toBeNull();
	});

	it('may be of the first item, with a long token that says nothing', () => {
		const long = 'A'.repeat(65_536);
		expect(readPurchase({ ...saved, itemIndex: 0, token: long })).toMatchObject({ token: long });
	});

	it.each([
		['buyer', 'B0'],
		['buyer', '0'.repeat(65)],
		['family', 'x0'],
		['family', '0x'],
		['walletKey', 5],
	])('has no %s of %p', (name, value) => {
		expect(readPurchase({ ...saved, [name]: value })).toEqual(unpaid);
	});

	it.each([
		['wallet', 'mine'],
		['imageUrl', 'ftp://a.example/p'],
		['imageUrl', 'see https://a.example/p'],
		['imageUrl', 'x:https://a.example/p'],
		['imageUrl', 'https://['],
		['imageUrl', `https://a.example/${'p'.repeat(8_192)}`],
		['isByNewerName', 'true'],
		['refusedAt', 'now'],
	])('has a %s of %p for none', (name, value) => {
		expect(readPurchase({ ...saved, [name]: value })).toEqual(unpaid);
	});

	it('keeps keys of 64 digits, plain http, and no date that is none', () => {
		const key = '0'.repeat(64);
		expect(readPurchase({ ...saved, buyer: key, imageUrl: 'http://a.example/' })).toEqual({
			...unpaid,
			buyer: key,
			imageUrl: 'http://a.example/',
		});
		for (const paidAt of ['never', 5, `2026-01-01${' '.repeat(31)}`]) {
			expect(readPurchase({ ...saved, preimage, paidAt })).toMatchObject({ paidAt: null });
		}
	});

	it('has its claim beside a refund alone', () => {
		const own = mint(5_000);
		const claim = { invoice: own.text, walletKey: 'feed', end: 'declined' };
		const refund = { said: 'pending', amountSat: 5 };
		expect(readPurchase({ ...saved, claim })).toEqual(unpaid);
		expect(readPurchase({ ...saved, refund })).toMatchObject({ refund });
		expect(readPurchase({ ...saved, refund })).not.toHaveProperty('claim');
		expect(readPurchase({ ...saved, refund, claim })).toMatchObject({ refund, claim });
	});
});
