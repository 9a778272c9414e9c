import { createHash } from 'node:crypto';
import * as bolt11 from 'bolt11';
import sharp from 'sharp';
import type { Sandbox } from '../../sandbox/startSandbox';
import { ask, buy, pay, paths, payFor, post, regtest, wallet } from './buyer';
import { openSandbox } from './openSandbox';

let sandbox: Sandbox;
let photo: string;

beforeAll(async () => {
	const canvas = { width: 24, height: 16, channels: 3, background: '#777' } as const;
	photo = (await sharp({ create: canvas }).png().toBuffer()).toString('base64');
});
beforeEach(async () => {
	sandbox = await openSandbox({ routingFeeMsat: 1000 });
});

async function pictureOf(response: Response): Promise<Buffer> {
	expect(response.status).toBe(200);
	const text = await response.text();
	const link = /"(?:image_url|imageUrl)":"([^"]+)"/.exec(text)?.[1];
	if (link === undefined) {
		expect(text).toMatch(/^data:image\/jpeg;base64,/);
		return Buffer.from(text.split(',')[1] ?? '', 'base64');
	}
	const linked = await fetch(new URL(link, sandbox.serviceUrl));
	expect(linked.status).toBe(200);
	return Buffer.from(await linked.arrayBuffer());
}

describe('a purchase by hand', () => {
	const cases = [
		['colorizeImage', 5, () => ({ image: photo }), [24, 16]],
		['removeBackground', 44, () => ({ image: photo }), [24, 16]],
		['removeObject', 130, () => ({ image: photo, query: 'a person' }), [24, 16]],
		['deblurImage', 110, () => ({ image: photo, task_type: 'Image Denoising' }), [24, 16]],
		['restoreFace', 5, () => ({ image: photo, fidelity: 0.5, upscale: 2 }), [48, 32]],
		['upscaleImage', 5, () => ({ image: `data:image/png;base64,${photo}`, scale: 4 }), [96, 64]],
		[
			'editImage',
			200,
			() => ({ prompt: 'at sunset', image: photo, output_format: 'png' }),
			[24, 16],
		],
		[
			'generateImage',
			100,
			() => ({ input: { prompt: 'hills', width: 256, height: 300 }, model: 'Standard' }),
			[256, 288],
		],
	] as const;

	it.each(cases)('%s for %d sat', async (operation, priceSat, body, [width, height]) => {
		const text = JSON.stringify(body());
		const challenge = await ask(sandbox, paths[operation], text);
		expect(challenge.status).toBe(402);
		expect(challenge.amountMsat).toBe(priceSat * 1000);
		const paid = await pay(sandbox, challenge.invoice);
		expect(paid).toMatchObject({
			status: 201,
			json: {
				payment_hash: challenge.paymentHash,
				checking_id: challenge.paymentHash,
				amount: -priceSat * 1000,
				fee: -1000,
				status: 'success',
				bolt11: challenge.invoice,
				extra: { note: 'by hand' },
			},
		});
		const { preimage } = paid.json as { preimage: string };
		expect(createHash('sha256').update(preimage, 'hex').digest('hex')).toBe(challenge.paymentHash);
		const response = await post(sandbox, paths[operation], text, {
			authorization: `L402 ${challenge.token}:${preimage}`,
		});
		const picture = await sharp(await pictureOf(response)).metadata();
		expect([picture.width, picture.height]).toEqual([width, height]);
		expect(sandbox.wallet.balanceMsat).toBe(100_000_000 - priceSat * 1000 - 1000);
		expect(sandbox.ledger).toEqual([
			expect.objectContaining({
				serial: 1,
				operation,
				priceMsat: priceSat * 1000,
				feeMsat: 1000,
				paidAt: expect.any(Number),
				usedAt: expect.any(Number),
				deliveredAt: expect.any(Number),
			}),
		]);
	});

	it('generates at the price of the model asked for', async () => {
		for (const [model, price] of [
			['Standard', 100],
			['Better', 150],
			['Best', 200],
		] as const) {
			const body = JSON.stringify({ input: { prompt: 'x', width: 256, height: 256 }, model });
			expect((await ask(sandbox, paths.generateImage, body)).amountMsat).toBe(price * 1000);
		}
	});
});

describe('the invoice', () => {
	it('is signed, has a payment secret and features, and expires after ten minutes', async () => {
		const { invoice } = await ask(sandbox, paths.colorizeImage, JSON.stringify({ image: photo }));
		const decoded = bolt11.decode(invoice, regtest);
		expect(invoice.startsWith('lnbcrt50n1')).toBe(true);
		expect(decoded.tagsObject.payment_secret).toMatch(/^[0-9a-f]{64}$/);
		expect(decoded.tagsObject.feature_bits).toMatchObject({
			var_onion_optin: { required: true },
			payment_secret: { required: true },
		});
		expect(decoded.tagsObject.expire_time).toBe(600);
		expect(decoded.tagsObject.description).toBe('Sats4AI - Photo Colorization - Standard - L402');
		expect(decoded.payeeNodeKey).toMatch(/^0[23][0-9a-f]{64}$/);
	});

	it.each(['mainnet', 'testnet', 'signet', 'regtest'] as const)(
		'can be one of %s, payable by the wallet beside it',
		async (network) => {
			const prefixes = { mainnet: 'bc', testnet: 'tb', signet: 'tbs', regtest: 'bcrt' };
			const other = await openSandbox({ network });
			const response = await post(other, paths.colorizeImage, JSON.stringify({ image: photo }));
			await response.arrayBuffer();
			const entry = other.ledger[0];
			expect(entry?.invoice.startsWith(`ln${prefixes[network]}50n1`)).toBe(true);
			const paid = await pay(other, entry?.invoice ?? '');
			expect(paid.status).toBe(201);
			expect(entry?.paidAt).not.toBeNull();
		},
	);
});

describe('the service checks', () => {
	const body = () => JSON.stringify({ image: photo });

	it('that both bodies are the same bytes, and keeps the payment good', async () => {
		const { authorization } = await payFor(sandbox, paths.colorizeImage, body());
		const other = await post(sandbox, paths.colorizeImage, `${body()} `, { authorization });
		expect(other.status).toBe(400);
		expect(await other.json()).toMatchObject({ error_code: 'L402_INVALID_PARAMS' });
		const same = await post(sandbox, paths.colorizeImage, body(), { authorization });
		expect(same.status).toBe(200);
	});

	it('that the invoice was paid, and the preimage fits', async () => {
		const { token } = await ask(sandbox, paths.colorizeImage, body());
		const real = sandbox.ledger[0]?.preimage ?? '';
		for (const preimage of [real, '0'.repeat(64), 'not hex']) {
			const authorization = `L402 ${token}:${preimage}`;
			const response = await post(sandbox, paths.colorizeImage, body(), { authorization });
			expect(response.status).toBe(401);
			expect(response.headers.get('x-error-code')).toBe('L402_INVALID_CREDENTIAL');
		}
		expect(sandbox.ledger[0]?.usedAt).toBeNull();
	});

	it('that the macaroon was issued here, for this service', async () => {
		const { token, preimage, authorization } = await payFor(sandbox, paths.colorizeImage, body());
		const bytes = Buffer.from(token, 'base64');
		bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
		const forged = `L402 ${bytes.toString('base64')}:${preimage}`;
		const atOther = await post(sandbox, paths.restoreFace, body(), { authorization });
		const withForged = await post(sandbox, paths.colorizeImage, body(), { authorization: forged });
		expect([atOther.status, withForged.status]).toEqual([401, 401]);
	});

	it('that a payment buys one call', async () => {
		const { authorization } = await payFor(sandbox, paths.colorizeImage, body());
		const first = await post(sandbox, paths.colorizeImage, body(), { authorization });
		const second = await post(sandbox, paths.colorizeImage, body(), { authorization });
		expect([first.status, second.status]).toEqual([200, 401]);
		expect(second.headers.get('x-error-code')).toBe('PAYMENT_ALREADY_USED');
	});

	it('that of two uses at the same time one is served', async () => {
		const { authorization } = await payFor(sandbox, paths.colorizeImage, body());
		const both = await Promise.all(
			[1, 2].map(async () => await post(sandbox, paths.colorizeImage, body(), { authorization })),
		);
		expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
	});

	it('nothing it does not know: the older name LSAT is taken too', async () => {
		const { authorization } = await payFor(sandbox, paths.colorizeImage, body());
		const response = await post(sandbox, paths.colorizeImage, body(), {
			authorization: authorization.replace('L402', 'LSAT'),
		});
		expect(response.status).toBe(200);
	});
});

describe('an invoice paid by a wallet elsewhere', () => {
	it('buys as well, once, and not by the play wallet again', async () => {
		const body = JSON.stringify({ image: photo });
		const { token, invoice, paymentHash } = await ask(sandbox, paths.colorizeImage, body);
		const preimage = sandbox.payElsewhere(invoice.toUpperCase());
		expect(
			createHash('sha256')
				.update(preimage ?? '', 'hex')
				.digest('hex'),
		).toBe(paymentHash);
		expect(sandbox.payElsewhere(invoice)).toBeNull();
		expect(sandbox.payElsewhere('lnbcrt1unknown')).toBeNull();
		expect(await pay(sandbox, invoice)).toMatchObject({
			status: 520,
			json: { detail: 'Payment failed: invoice is already paid' },
		});
		expect(sandbox.wallet.balanceMsat).toBe(100_000_000);
		const authorization = `L402 ${token}:${preimage}`;
		const response = await post(sandbox, paths.colorizeImage, body, { authorization });
		expect(response.status).toBe(200);
	});
});

describe('time', () => {
	it('expires invoices, tokens and links by the clock it is given', async () => {
		let now = Date.UTC(2026, 0, 1);
		const timed = await openSandbox({ clock: () => now });
		const body = JSON.stringify({ image: photo });
		const late = await ask(timed, paths.colorizeImage, body);
		now += 601_000;
		const refused = await pay(timed, late.invoice);
		const { authorization } = await payFor(timed, paths.colorizeImage, body);
		const bought = await buy(timed, paths.colorizeImage, body);
		const { image_url: link } = (await bought.json()) as { image_url: string };
		now += 599_000;
		expect((await post(timed, paths.colorizeImage, body, { authorization })).status).toBe(200);
		const old = await payFor(timed, paths.colorizeImage, body);
		now += 602_000;
		const tooOld = await post(timed, paths.colorizeImage, body, {
			authorization: old.authorization,
		});
		expect((await fetch(`${timed.serviceUrl}${link}`)).status).toBe(200);
		now += 7_200_000;
		expect((await fetch(`${timed.serviceUrl}${link}`)).status).toBe(404);
		expect(refused).toMatchObject({
			status: 520,
			json: { detail: 'Payment failed: invoice expired', status: 'failed' },
		});
		expect(tooOld.status).toBe(401);
	});
});

describe('what is written down', () => {
	it('logs requests with the digest of their bodies, and secrets that go astray', async () => {
		const body = JSON.stringify({ image: photo });
		const { authorization } = await payFor(sandbox, paths.colorizeImage, body);
		const response = await post(sandbox, paths.colorizeImage, body, { authorization });
		const { image_url: link } = (await response.json()) as { image_url: string };
		expect(sandbox.leaks).toEqual([]);
		await fetch(`${sandbox.serviceUrl}${link}`, { headers: { authorization } });
		await fetch(`${sandbox.serviceUrl}/api/l402/models`, {
			headers: { 'x-api-key': sandbox.adminKey },
		});
		const digest = createHash('sha256').update(body).digest('hex');
		expect(
			sandbox.requests.map(({ path, authorizationPresent, status }) => [
				path,
				authorizationPresent,
				status,
			]),
		).toEqual([
			[paths.colorizeImage, false, 402],
			[paths.colorizeImage, true, 200],
			[link, true, 200],
			['/api/l402/models', false, 200],
		]);
		expect(sandbox.requests.slice(0, 2).map(({ bodySha256 }) => bodySha256)).toEqual([
			digest,
			digest,
		]);
		expect(sandbox.leaks.map(({ where, header }) => [where, header])).toEqual([
			['link', 'authorization'],
			['service', 'x-api-key'],
		]);
		expect(sandbox.ledger[0]?.fetchedAt).not.toBeNull();
	});

	it('tells its prices for free', async () => {
		const models: unknown = await (await fetch(`${sandbox.serviceUrl}/api/l402/models`)).json();
		expect(models).toContainEqual({
			id: 16,
			name: 'Painter Pro',
			tier: 'Best',
			price: 200,
			isDefault: true,
			category: 'image',
		});
		const page = await fetch(`${sandbox.serviceUrl}${paths.restoreFace}`);
		expect(await page.json()).toMatchObject({
			pricing: [{ tier: 'Standard', amount: 5, currency: 'SATS' }],
		});
		const { status } = await wallet(sandbox, '/api/v1/wallet');
		expect(status).toBe(200);
	});
});
