import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import sharp from 'sharp';
import type { ResultShape } from '../../sandbox/service/resultShape';
import { plainPicture } from '../../sandbox/pictures/plainPicture';
import { outputBytes, paymentOf, serialOf, sha256 } from './outcome';
import { photo, photos, pictureBytes } from './photo';
import { Scene } from './scene';

let scene: Scene;

afterEach(async () => {
	scene.expectHonest();
	await scene.close();
});

/** Where the picture is in each: in the answer, behind a link, or both. */
const shapes: ReadonlyArray<[ResultShape, 'inside' | 'linked' | 'both']> = [
	['dataUri', 'inside'],
	['dataUriJsonString', 'inside'],
	['imageUrlAbsolute', 'linked'],
	['imageUrlRelative', 'linked'],
	['urlAndBase64', 'both'],
	['wrappedInBody', 'linked'],
	['wrappedInBodyString', 'inside'],
	['rawBytes', 'inside'],
];

describe('the output item', () => {
	it.each(shapes)('of an answer shaped %s', async (resultShape, where) => {
		scene = await Scene.open({ resultShape, routingFeeMsat: 1234 });
		const before = Date.now();
		const { items } = await scene.run();
		const [item] = items;
		const [sold] = scene.sandbox.ledger;
		const { bytes } = plainPicture(1);
		expect(items).toHaveLength(1);
		expect(sha256(outputBytes(item))).toBe(sha256(bytes));
		const imageUrl: unknown = where === 'inside' ? null : expect.any(String);
		const fetched = scene.sandbox.requests.filter(({ path }) => path.startsWith('/uploads/'));
		expect(fetched).toHaveLength(where === 'linked' ? 1 : 0);
		expect(item?.json).toEqual({
			operation: 'colorizeImage',
			imageUrl,
			mimeType: 'image/png',
			fileName: 'old photo-colorizeImage.png',
			fileSize: bytes.length,
			width: 8,
			height: 8,
			payment: {
				status: 'paid',
				priceSat: 5,
				feeMsat: 1234,
				paymentHash: sold?.paymentHash,
				preimage: sold?.preimage,
				wallet: 'lnbits',
				paidAt: expect.any(String),
			},
		});
		if (where !== 'inside') {
			const answer = await fetch(String(item?.json.imageUrl));
			expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(sha256(bytes));
		}
		const paidAt = String(paymentOf(item).paidAt);
		expect(new Date(paidAt).toISOString()).toBe(paidAt);
		expect(Date.parse(paidAt)).toBeGreaterThanOrEqual(before);
		expect(item?.binary?.data).toMatchObject({
			mimeType: 'image/png',
			fileName: 'old photo-colorizeImage.png',
		});
		expect(item?.pairedItem).toEqual({ item: 0 });
	});

	it('says the format and the size that the bytes have, whatever was asked for', async () => {
		scene = await Scene.open({ pictures: 'real' });
		const png = await sharp({ create: { width: 20, height: 12, channels: 3, background: '#888' } })
			.png()
			.toBuffer();
		const item: INodeExecutionData = {
			json: {},
			binary: {
				data: { data: png.toString('base64'), mimeType: 'image/tiff', fileName: 'a.b.tif' },
			},
		};
		const expected = [
			['editImage', 'jpg', 'image/jpeg', 20, 12],
			['editImage', 'webp', 'image/webp', 20, 12],
			['editImage', 'png', 'image/png', 20, 12],
			['upscaleImage', 'png', 'image/png', 40, 24],
		] as const;
		for (const [operation, format, mimeType, width, height] of expected) {
			const { items } = await scene.run({
				items: [item],
				parameters: { operation, prompt: 'sunset', scale: 2 },
				options: { outputFormat: format },
			});
			const bytes = outputBytes(items[0]);
			const seen = await sharp(bytes).metadata();
			expect([seen.width, seen.height]).toEqual([width, height]);
			expect(items[0]?.json).toMatchObject({
				mimeType,
				width,
				height,
				fileSize: bytes.length,
				fileName: `a.b-${operation}.${format}`,
			});
			expect(items[0]?.binary?.data?.mimeType).toBe(mimeType);
		}
	});

	it('is one for each item, in their order, however long each takes', async () => {
		scene = await Scene.open();
		const slowFirst = { kind: 'slowDrip', pieces: 4, stepMs: 100 } as const;
		const first = pictureBytes('photo 0').toString('base64');
		const match = ({ body }: { body: Buffer }) => body.includes(first);
		scene.sandbox.faults.push({ at: 'redeem', fault: slowFirst, match });
		const { items } = await scene.run({ items: photos(5), options: { concurrency: 5 } });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
		const bodies = photos(5).map(({ binary }) =>
			sha256(JSON.stringify({ image: binary?.data?.data })),
		);
		const soldFor = items.map((item) => scene.sandbox.ledger[serialOf(item) - 1]?.bodySha256);
		expect(soldFor).toEqual(bodies);
		expect(items.map((item) => paymentOf(item).paymentHash)).toEqual(
			items.map((item) => scene.sandbox.ledger[serialOf(item) - 1]?.paymentHash),
		);
	});
});

describe('the file name', () => {
	const names: ReadonlyArray<[string, IDataObject, string]> = [
		['portrait.jpeg', {}, 'portrait-colorizeImage.png'],
		['two.dots.jpg', {}, 'two.dots-colorizeImage.png'],
		['no extension', {}, 'no extension-colorizeImage.png'],
		['', {}, 'colorizeImage.png'],
		['portrait.jpeg', { fileName: 'chosen.img' }, 'chosen.img'],
		['portrait.jpeg', { fileName: '={{ $json.mark }}.png' }, 'photo.png'],
	];
	it.each(names)('of "%s" with %j is %s', async (input, options, output) => {
		scene = await Scene.open();
		const { items } = await scene.run({ items: [photo('photo', input)], options });
		expect(items[0]?.json.fileName).toBe(output);
		expect(items[0]?.binary?.data?.fileName).toBe(output);
	});

	it('of a picture made from words is that of the operation', async () => {
		scene = await Scene.open();
		const parameters = { operation: 'generateImage', prompt: 'A lighthouse' };
		const { items } = await scene.run({ parameters });
		expect(items[0]?.json.fileName).toBe('generateImage.png');
	});
});

describe('an answer without a bill', () => {
	it('is taken, and said to be free', async () => {
		scene = await Scene.open();
		scene.sandbox.faults.push({ at: 'ask', fault: { kind: 'freeAnswer' } });
		const { items } = await scene.run();
		expect(sha256(outputBytes(items[0]))).toBe(sha256(plainPicture(0).bytes));
		expect(items[0]?.json).toEqual({
			operation: 'colorizeImage',
			imageUrl: expect.stringContaining(`${scene.sandbox.serviceUrl}/uploads/`),
			mimeType: 'image/png',
			fileName: 'old photo-colorizeImage.png',
			fileSize: plainPicture(0).bytes.length,
			width: 8,
			height: 8,
			payment: {
				status: 'notCharged',
				priceSat: 0,
				feeMsat: null,
				paymentHash: null,
				preimage: null,
				wallet: null,
				paidAt: null,
			},
		});
		expect(scene.payCalls).toEqual([]);
	});

	it('comes for a picture asked for twice, unless a fresh one is wanted', async () => {
		scene = await Scene.open({ dedup: true });
		const first = await scene.run();
		const second = await scene.run();
		const third = await scene.run({ options: { skipDedup: true } });
		const status = [first, second, third].map(({ items }) => paymentOf(items[0]).status);
		expect(status).toEqual(['paid', 'notCharged', 'paid']);
		expect(scene.paid).toHaveLength(2);
	});
});

describe('prices', () => {
	it('with a fraction of a sat are shown rounded up', async () => {
		scene = await Scene.open({ prices: { colorizeImage: 4.001 } });
		const { items } = await scene.run({ parameters: { maxPriceSat: 5 } });
		expect(paymentOf(items[0]).priceSat).toBe(5);
		expect(scene.spentMsat).toBe(4001);
	});
});
