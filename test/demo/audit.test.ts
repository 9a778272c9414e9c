import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { audit } from '../../demo/audit';
import { planFor } from '../../demo/plan';
import type { Purchase } from '../../demo/purchases';
import type { LedgerEntry } from '../../sandbox/ledger';
import type { Sandbox } from '../../sandbox/startSandbox';

type PlayPayment = Sandbox['wallet']['payments'][number];

const PRICE_MSAT = 5_000;
const FEE_MSAT = 1_000;
const BEFORE_MSAT = 100_000;
const PREIMAGE = 'ab'.repeat(32);
const PAYMENT_HASH = createHash('sha256').update(Buffer.from(PREIMAGE, 'hex')).digest('hex');

const sold: LedgerEntry = {
	serial: 1,
	operation: 'colorizeImage',
	priceMsat: PRICE_MSAT,
	invoice: 'lnbcrt',
	paymentHash: PAYMENT_HASH,
	preimage: PREIMAGE,
	token: 'AA==',
	network: 'regtest',
	bodySha256: '',
	createdAt: 0,
	expiresAt: 0,
	fault: null,
	paidAt: 0,
	feeMsat: FEE_MSAT,
	usedAt: 0,
	deliveredAt: 0,
	fetchedAt: 0,
	refundedAt: null,
	refundClaims: 0,
	refundPaidAt: null,
};

const paid: PlayPayment = {
	paymentHash: PAYMENT_HASH,
	invoice: 'lnbcrt',
	amountMsat: PRICE_MSAT,
	memo: '',
	extra: {},
	createdAt: 0,
	expiresAt: 0,
	updatedAt: 0,
	status: 'success',
	feeMsat: FEE_MSAT,
	preimage: PREIMAGE,
	pending: null,
	payCalls: 1,
};

/** Books that agree on one picture, but for what a test changes. */
async function problems({
	purchase = {},
	service = [sold],
	payments = [paid],
	balanceMsat = BEFORE_MSAT - PRICE_MSAT - FEE_MSAT,
	leaks = 0,
	expected = 1,
}: {
	purchase?: Partial<Purchase>;
	service?: LedgerEntry[];
	payments?: PlayPayment[];
	balanceMsat?: number;
	leaks?: number;
	expected?: number;
} = {}): Promise<readonly string[]> {
	const [step] = planFor(['a photograph']);
	if (step === undefined) throw new Error('The plan is empty');
	const canvas = { width: 8, height: 6, channels: 3, background: '#c04020' } as const;
	const bought: Purchase = {
		step,
		photograph: null,
		fileName: '1-colorize.png',
		bytes: await sharp({ create: canvas }).png().toBuffer(),
		mimeType: 'image/png',
		width: 8,
		height: 6,
		priceSat: PRICE_MSAT / 1000,
		feeMsat: FEE_MSAT,
		paymentHash: PAYMENT_HASH,
		preimage: PREIMAGE,
		wallet: 'lnbits',
		paidAt: new Date(0).toISOString(),
		...purchase,
	};
	const leak = { where: 'stranger', header: 'authorization', path: '/', at: 0 } as const;
	const books = {
		ledger: service,
		wallet: { balanceMsat, payments, invoices: [], requests: [] },
		leaks: Array.from({ length: leaks }, () => leak),
		stranger: { url: '', requests: [] },
	};
	return (await audit(books, [bought], expected, BEFORE_MSAT)).problems;
}

const other = { paymentHash: 'cd'.repeat(32) };

test('books that agree have no problem', async () => {
	expect(await problems()).toEqual([]);
	const unpaid = { ...sold, ...other, paidAt: null, feeMsat: null };
	const failed = { ...paid, ...other, status: 'failed' as const };
	expect(await problems({ service: [sold, unpaid], payments: [failed, paid] })).toEqual([]);
});

test.each<[string, Parameters<typeof problems>[0], RegExp]>([
	['a picture that did not come', { expected: 2 }, /1 of 2 pictures/],
	[
		'a second payment at the service',
		{ service: [sold, { ...sold, ...other }] },
		/^only the service has the payment cdcd/,
	],
	[
		'a second payment of the wallet',
		{ payments: [paid, { ...paid, ...other }] },
		/^only the wallet has the payment cdcd/,
	],
	[
		'a payment under way',
		{ payments: [paid, { ...paid, ...other, status: 'pending' }] },
		/^only the wallet/,
	],
	['a receipt without a payment', { payments: [] }, /^only the receipts have the payment/],
	['another price at the service', { service: [{ ...sold, priceMsat: 6000 }] }, /over 6000 msat/],
	['another fee of the wallet', { payments: [{ ...paid, feeMsat: 0 }] }, /fee of 0 msat/],
	['a balance that is too low', { balanceMsat: 0 }, /6000 msat by the receipts, 100000 msat/],
	['a preimage of something else', { purchase: { preimage: '00'.repeat(32) } }, /does not prove/],
	['a picture that is none', { purchase: { bytes: Buffer.from('no picture') } }, /does not decode/],
	['a picture of another size', { purchase: { width: 9 } }, /is 8 × 6, and its item says 9 × 6/],
	['a secret that went astray', { leaks: 1 }, /secret/],
])('%s is noticed', async (_, change, problem) => {
	expect(await problems(change)).toContainEqual(expect.stringMatching(problem));
});
