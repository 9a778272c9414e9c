import type { Sandbox } from '../../sandbox/startSandbox';
import { ask, lookUp, pay, paths, post, wallet, type Challenge } from './buyer';
import { BODY, openSandbox, openWithOffer } from './openSandbox';

let sandbox: Sandbox;
let challenge: Challenge;
beforeEach(async () => {
	({ sandbox, challenge } = await openWithOffer(100));
});

const lookup = async (fault?: string, key?: string) =>
	await lookUp(sandbox, challenge.paymentHash, fault, key);
const isPaid = () => sandbox.ledger[0]?.paidAt !== null;

describe('LNbits, as it answers', () => {
	it('describes the wallet; only the admin key sees its id', async () => {
		const path = '/api/v1/wallet';
		expect((await wallet(sandbox, path)).json).toEqual({
			name: 'Sats4AI sandbox',
			balance: 100_000,
			id: expect.stringMatching(/^[0-9a-f]{32}$/),
		});
		expect((await wallet(sandbox, path, { key: sandbox.invoiceKey })).json).toEqual({
			name: 'Sats4AI sandbox',
			balance: 100_000,
		});
		expect((await wallet(sandbox, path, { key: '' })).status).toBe(401);
		expect((await wallet(sandbox, path, { key: 'of nobody' })).status).toBe(404);
	});

	it('pays with the admin key only', async () => {
		const request = { body: { out: true, bolt11: challenge.invoice } };
		const refused = await wallet(sandbox, '/api/v1/payments', {
			...request,
			key: sandbox.invoiceKey,
		});
		expect(refused.status).toBe(403);
		expect(isPaid()).toBe(false);
		expect((await wallet(sandbox, '/api/v1/payments', request)).status).toBe(201);
		expect(isPaid()).toBe(true);
	});

	it('refuses to pay a hash twice', async () => {
		await pay(sandbox, challenge.invoice);
		expect(await pay(sandbox, challenge.invoice)).toEqual({
			status: 520,
			json: { detail: 'Payment already paid.', status: 'success' },
		});
		expect(sandbox.wallet.balanceMsat).toBe(95_000);
		expect(sandbox.wallet.payments).toMatchObject([{ payCalls: 2, status: 'success' }]);
	});

	it('lists what was paid, the newest first, ten at once unless told otherwise', async () => {
		const path = '/api/v1/payments';
		const opening = { amount: 100_000, status: 'success' };
		expect((await wallet(sandbox, path)).json).toMatchObject([opening]);
		await pay(sandbox, challenge.invoice);
		const paid = { payment_hash: challenge.paymentHash, amount: -5_000, status: 'success' };
		expect((await wallet(sandbox, path)).json).toMatchObject([paid, opening]);
		for (let made = 0; made < 12; made += 1) {
			await wallet(sandbox, path, { body: { out: false, amount: 5, unit: 'sat' } });
		}
		expect((await wallet(sandbox, path)).json).toHaveLength(10);
		expect((await wallet(sandbox, `${path}?limit=50&offset=12`)).json).toHaveLength(2);
		expect((await wallet(sandbox, path, { key: 'of nobody' })).status).toBe(404);
	});

	it('wants a reserve for routing', async () => {
		const body100 = JSON.stringify({ input: { prompt: 'x' }, model: 'Standard' });
		const dear = await ask(sandbox, paths.generateImage, body100);
		expect(await pay(sandbox, dear.invoice)).toEqual({
			status: 520,
			json: {
				detail: 'You must reserve at least (2  sat) to cover potential routing fees.',
				status: 'failed',
			},
		});
		const dearer = await ask(sandbox, paths.generateImage, body100.replace('Standard', 'Best'));
		expect((await pay(sandbox, dearer.invoice)).json).toEqual({
			detail: 'Insufficient balance.',
			status: 'failed',
		});
		expect(sandbox.wallet.balanceMsat).toBe(100_000);
	});

	it('refuses what is no invoice, has no amount or is of another network', async () => {
		const without = await post(sandbox, `${paths.colorizeImage}?fault=ask:amountless`, BODY);
		await without.arrayBuffer();
		const foreign = await post(sandbox, `${paths.colorizeImage}?fault=ask:network=mainnet`, BODY);
		await foreign.arrayBuffer();
		const [, amountless, mainnet] = sandbox.ledger;
		expect((await pay(sandbox, 'lnbcrt1nonsense')).json).toMatchObject({
			detail: 'Bolt11 decoding failed.',
		});
		expect((await pay(sandbox, amountless?.invoice ?? '')).json).toMatchObject({
			detail: 'Amountless invoices not supported.',
		});
		expect((await pay(sandbox, mainnet?.invoice ?? '')).json).toMatchObject({
			detail: 'Payment failed: invoice not for current active network',
		});
		expect((await wallet(sandbox, '/api/v1/payments', { body: { out: true } })).status).toBe(400);
	});

	it('looks up by hash, without a key too, then without details', async () => {
		expect(await lookup()).toEqual({
			status: 404,
			json: { detail: 'Payment does not exist.' },
		});
		await pay(sandbox, challenge.invoice);
		const preimage = sandbox.ledger[0]?.preimage;
		expect(await lookup()).toMatchObject({
			status: 200,
			json: { paid: true, preimage, details: { amount: -5000, status: 'success', preimage } },
		});
		expect((await lookup(undefined, 'of nobody')).json).toEqual({ paid: true, preimage });
	});

	it('tells the reserve and reads invoices', async () => {
		const reserve = await wallet(
			sandbox,
			`/api/v1/payments/fee-reserve?invoice=${challenge.invoice}`,
		);
		expect(reserve).toEqual({ status: 200, json: { fee_reserve: 2000 } });
		const decoded = await wallet(sandbox, '/api/v1/payments/decode', {
			body: { data: challenge.invoice },
		});
		expect(decoded.json).toMatchObject({
			currency: 'bcrt',
			amount_msat: 5000,
			payment_hash: challenge.paymentHash,
			expiry: 600,
		});
	});

	it('takes no more than its reserve for routing', async () => {
		const costly = await openSandbox({ pictures: 'plain', routingFeeMsat: 2001 });
		const { invoice } = await ask(costly, paths.colorizeImage, BODY);
		const paid = await pay(costly, invoice);
		expect(paid.json).toEqual({ detail: 'Payment failed: no route', status: 'failed' });
	});
});
