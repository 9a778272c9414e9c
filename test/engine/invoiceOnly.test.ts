import jsQR from 'jsqr';
import sharp from 'sharp';
import type { INodeExecutionData } from 'n8n-workflow';
import { plainPicture } from '../../sandbox/pictures/plainPicture';
import encodeQR from 'qr';
import { GOOD_FIELDS, write } from '../bolt11/invoiceWriter';
import { standInFront } from './inFront';
import { outputBytes, paymentOf, sha256 } from './outcome';
import { CONTINUE, inScene } from './scene';

async function textOfQrCode(item: INodeExecutionData | undefined, field = 'data') {
	const { data, info } = await sharp(outputBytes(item, field))
		.ensureAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data;
}

const generate = { operation: 'generateImage', prompt: 'A lighthouse', model: 'Standard' };

describe('the invoice alone', () => {
	it.each([
		['mainnet', {}, 5],
		['testnet', {}, 5],
		['signet', {}, 5],
		['regtest', generate, 100],
	] as const)('of %s for %j, without any wallet', async (network, parameters, priceSat) => {
		await inScene({ network }, async (scene) => {
			const { items } = await scene.run({
				parameters: { ...parameters, payment: 'invoiceOnly' },
				credential: null,
			});
			const [sold] = scene.sandbox.ledger;
			expect(items).toHaveLength(1);
			expect(items[0]?.json).toEqual({
				operation: 'operation' in parameters ? parameters.operation : 'colorizeImage',
				payment: {
					status: 'unpaid',
					priceSat,
					invoice: sold?.invoice,
					paymentHash: sold?.paymentHash,
					token: sold?.token,
					expiresAt: expect.any(String),
					network,
					lightningUri: `lightning:${sold?.invoice}`,
					order: expect.stringMatching(/^[0-9a-f]{64}$/),
				},
			});
			const expiresAt = Date.parse(String(paymentOf(items[0]).expiresAt));
			expect(Math.abs(expiresAt - (sold?.expiresAt ?? 0))).toBeLessThan(1000);
			expect(items[0]?.pairedItem).toEqual({ item: 0 });
			expect(await textOfQrCode(items[0])).toBe(sold?.invoice.toUpperCase());
			expect(items[0]?.binary?.data?.mimeType).toBe('image/png');
			expect(scene.sandbox.requests).toHaveLength(1);
			expect(scene.sandbox.wallet.requests).toEqual([]);
		});
	});

	it('goes into the field that is named, at any price', async () => {
		await inScene({ prices: { colorizeImage: 5000 } }, async (scene) => {
			const parameters = { payment: 'invoiceOnly', maxPriceSat: 1 };
			const options = { binaryPropertyOutput: 'qr', maxTotalSat: 1 };
			const { items } = await scene.run({ parameters, options, credential: null });
			expect(Object.keys(items[0]?.binary ?? {})).toEqual(['qr']);
			expect(await textOfQrCode(items[0], 'qr')).toBe(
				scene.sandbox.ledger[0]?.invoice.toUpperCase(),
			);
			expect(paymentOf(items[0]).priceSat).toBe(5000);
		});
	});

	it('is not handed on where it is not worth paying', async () => {
		await inScene({}, async (scene) => {
			const call = { parameters: { payment: 'invoiceOnly' }, credential: null };
			for (const [kind, code] of [
				['baitAndSwitch', 'HASH_MISMATCH'],
				['expired', 'INVOICE_EXPIRED'],
				['badChecksum', 'INVOICE_INVALID'],
				['amountless', 'INVOICE_INVALID'],
				['noChallenge', 'CHALLENGE_INVALID'],
				['foreignScheme', 'SCHEME_UNSUPPORTED'],
			] as const) {
				scene.sandbox.faults.push({ at: 'ask', fault: { kind } });
				const { items } = await scene.run({ ...call, settings: CONTINUE });
				expect([kind, items[0]?.json]).toMatchObject([kind, { error: { code, spent: 'no' } }]);
			}
		});
	});

	it('comes with the picture where that is free', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'ask', fault: { kind: 'freeAnswer' } });
			const { items } = await scene.run({ parameters: { payment: 'invoiceOnly' } });
			expect(paymentOf(items[0]).status).toBe('notCharged');
			expect(sha256(outputBytes(items[0]))).toBe(sha256(plainPicture(0).bytes));
		});
	});
});

describe('the QR code of an invoice', () => {
	/** An invoice of about `length` signs, with fields that nobody knows. */
	function invoiceOf(length: number): string {
		const filler = Array.from({ length: Math.ceil(length / 1_000) }, () => {
			const words = Array.from({ length: Math.min(1_000, length) }, () => 1);
			return ['y', words] as const;
		});
		const timestamp = Math.floor(Date.now() / 1_000);
		return write({ timestamp, fields: [...GOOD_FIELDS, ...filler] });
	}

	async function offered(invoice: string) {
		let item: INodeExecutionData | undefined;
		await inScene({}, async (scene) => {
			const header = `L402 macaroon="AgEEdGVzdA", invoice="${invoice}"`;
			const front = await standInFront(scene.sandbox.serviceUrl, () => ({
				status: 402,
				headers: { 'www-authenticate': header },
				body: '',
			}));
			const parameters = { payment: 'invoiceOnly' };
			const run = { parameters, options: { baseUrl: front.url }, credential: null };
			const { items } = await scene.run(run);
			await front.close();
			[item] = items;
		});
		return item;
	}

	it('is upper case and so as small as can be', async () => {
		const invoice = invoiceOf(0);
		const item = await offered(invoice);
		expect(await textOfQrCode(item)).toBe(invoice.toUpperCase());
		const { width = 0 } = await sharp(outputBytes(item)).metadata();
		const lowerCase = encodeQR(invoice, 'raw', { border: 4, ecc: 'medium' }).length;
		expect(width / 6).toBeLessThan(lowerCase);
	});

	it.each([3_000, 5_000, 6_000])('of %s signs is left out where none holds it', async (length) => {
		const invoice = invoiceOf(length);
		const item = await offered(invoice);
		expect(item?.json.payment).toMatchObject({
			status: 'unpaid',
			invoice,
			lightningUri: `lightning:${invoice}`,
		});
		expect(item?.binary !== undefined).toBe(invoice.length < 4_296);
	});
});
