import { readPurchase } from '../../../nodes/Sats4Ai/purchase/books/readPurchase';
import { mint } from '../../wallets/emulators/mint';

/** What an execution has saved of a paid purchase. */
function savedPurchase(change: object = {}) {
	const { text: invoice, preimage } = mint();
	const digest = 'ab'.repeat(32);
	return { digest, itemIndex: 0, token: 'QUJD', invoice, preimage, feeMsat: '2000', ...change };
}

test('a paid purchase is read as it was written', () => {
	const { preimage, invoice } = savedPurchase();
	expect(readPurchase(savedPurchase({ preimage, invoice }))).toMatchObject({
		status: 'paid',
		preimage,
		amountMsat: '5000',
		feeMsat: '2000',
	});
});

test.each([
	['-90000'],
	['-1'],
	[-1],
	['1e9'],
	['0x10'],
	[' 5'],
	['5.5'],
	[{}],
	[null],
	[undefined],
])('a fee of %p is none, and widens no budget', (feeMsat) => {
	expect(readPurchase(savedPurchase({ feeMsat }))).toMatchObject({ status: 'paid', feeMsat: null });
});
