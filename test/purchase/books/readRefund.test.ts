import { readClaim, readOfferedRefund } from '../../../nodes/Sats4Ai/purchase/books/readRefund';
import { toLnurl } from '../../../sandbox/service/lnurl';
import { mint, NOW } from '../openPurchases';

describe('a refund out of saved books', () => {
	const url = 'https://a.example/w';
	const lnurl = toLnurl(url);

	it.each([
		[{ said: 'pending', amountSat: 5, link: { lnurl }, text: 'x' }, 5, { lnurl, url }, 'x'],
		[
			{ said: 'pending', amountSat: 1, link: { lnurl, url: 'https://b.example/' } },
			1,
			{ lnurl, url },
			null,
		],
		[{ said: 'claimed', amountSat: 2_100_000_000_000_000 }, 2_100_000_000_000_000, null, null],
		[{ said: 'expired', amountSat: 2_100_000_000_000_001 }, null, null, null],
		[{ said: 'pending', amountSat: 0 }, null, null, null],
		[{ said: 'pending', amountSat: 1.5 }, null, null, null],
		[{ said: 'pending', amountSat: '5' }, null, null, null],
		[{ said: 'pending', link: lnurl }, null, null, null],
		[{ said: 'pending', text: 'x'.repeat(500) }, null, null, 'x'.repeat(500)],
		[{ said: 'pending', text: 'x'.repeat(501) }, null, null, null],
	])('%j', (saved, amountSat, link, text) => {
		expect(readOfferedRefund(saved)).toEqual({ said: saved.said, amountSat, link, text });
	});

	it.each([null, undefined, 'pending', 5, {}, { said: 'given' }])('is none in %j', (saved) => {
		expect(readOfferedRefund(saved)).toBeNull();
	});

	it('has a claim that is what its invoice says', () => {
		const { text, paymentHash } = mint(5_000);
		const claim = { invoice: text, paymentHash, amountMsat: '5000', expiresAt: NOW + 600_000 };
		expect(readClaim({ invoice: text.toUpperCase(), amountMsat: '9' }, 5_000n)).toEqual({
			...claim,
			walletKey: '',
			end: 'unknown',
		});
		expect(readClaim({ invoice: text, walletKey: 'feed', end: 'declined' }, 9_000n)).toEqual({
			...claim,
			walletKey: 'feed',
			end: 'declined',
		});
		const longKey = { invoice: text, walletKey: 'f'.repeat(65), end: 'paid' };
		expect(readClaim(longKey, 5_000n)).toMatchObject({ walletKey: '', end: 'unknown' });
	});

	it('claims nothing with an invoice for more than was paid, or for nothing, or that is none', () => {
		expect(readClaim({ invoice: mint(5_000).text }, 4_999n)).toBeNull();
		expect(readClaim({ invoice: mint(null).text }, 5_000n)).toBeNull();
		for (const saved of [{ invoice: 'lnbc1' }, {}, null, 'lnbc1']) {
			expect(readClaim(saved, 5_000n)).toBeNull();
		}
	});
});
