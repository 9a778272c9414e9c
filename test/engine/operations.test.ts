import { plainPicture } from '../../sandbox/pictures/plainPicture';
import { orders } from './cases/orders';
import { outputBytes, sha256 } from './outcome';
import { photo, pictureBytes } from './photo';
import { Scene } from './scene';

let scene: Scene;

beforeEach(async () => {
	scene = await Scene.open();
});
afterEach(async () => {
	scene.expectHonest();
	await scene.close();
});

const image = pictureBytes().toString('base64');
const editImage = { operation: 'editImage', prompt: 'Make it a sunset' };
const generateImage = { operation: 'generateImage', prompt: 'A lighthouse' };
const restoreFace = { operation: 'restoreFace' };
const upscaleImage = { operation: 'upscaleImage' };

describe('each operation, with the fewest and with all parameters', () => {
	it.each(orders)('$name', async ({ path, parameters, options = {}, body, priceSat }) => {
		const { items, error } = await scene.run({ parameters, options });
		expect(error).toBeUndefined();

		expect(scene.bodies.map(({ place }) => place)).toEqual(['ask', 'redeem']);
		const [asked, redeemed] = scene.bodies;
		expect(JSON.parse(asked?.bytes.toString() ?? '')).toEqual(body);
		expect(redeemed?.bytes.equals(asked?.bytes ?? Buffer.alloc(0))).toBe(true);

		const [ask, redeem] = scene.sandbox.requests;
		const [sold] = scene.sandbox.ledger;
		expect([ask?.method, ask?.path, redeem?.path]).toEqual(['POST', path, path]);
		expect(ask?.headers['content-type']).toBe('application/json');
		expect(ask?.headers.authorization).toBeUndefined();
		expect(redeem?.headers.authorization).toBe(`L402 ${sold?.token}:${sold?.preimage}`);
		expect(ask?.headers['x-no-cache']).toBe(options.skipDedup === true ? '1' : undefined);
		expect(redeem?.headers['x-no-cache']).toBe(options.skipDedup === true ? '1' : undefined);

		const field = options.binaryPropertyOutput === undefined ? 'data' : 'picture';
		expect(Object.keys(items[0]?.binary ?? {})).toEqual([field]);
		expect(sha256(outputBytes(items[0], field))).toBe(sha256(plainPicture(1).bytes));
		expect(scene.paid).toHaveLength(1);
		expect(scene.payCalls).toHaveLength(1);
		expect(scene.spentMsat).toBe(priceSat * 1000);
	});
});

describe('numbers', () => {
	it.each([
		[256, 256],
		[271, 256],
		[272, 288],
		[1000, 992],
		[1008, 1024],
		[1423, 1408],
		[1424, 1440],
		[1440, 1440],
		['700', 704],
	])('sends a width of %s as %d', async (given, sent) => {
		await scene.run({ parameters: { ...generateImage, width: given, height: 1024 } });
		expect(JSON.parse(scene.bodies[0]?.bytes.toString() ?? '')).toEqual({
			input: { prompt: 'A lighthouse', width: sent, height: 1024 },
			model: 'Best',
		});
	});

	it('come out of expressions as text and go out as numbers', async () => {
		const item = photo();
		item.json = { side: '512', scale: '2', fidelity: '0.25', upscale: '2', yes: 'true' };
		const generate = { ...generateImage, width: '={{ $json.side }}', height: '={{ $json.side }}' };
		await scene.run({ items: [item], parameters: generate });
		await scene.run({
			items: [item],
			parameters: { ...upscaleImage, scale: '={{ $json.scale }}' },
		});
		await scene.run({
			items: [item],
			parameters: { ...restoreFace, fidelity: '={{ $json.fidelity }}' },
			options: { upscale: '={{ $json.upscale }}', faceUpsample: '={{ $json.yes }}' },
		});
		const asked = scene.bodies.filter(({ place }) => place === 'ask');
		expect(asked.map(({ bytes }) => JSON.parse(bytes.toString()) as unknown)).toEqual([
			{ input: { prompt: 'A lighthouse', width: 512, height: 512 }, model: 'Best' },
			{ image, scale: 2 },
			{ image, fidelity: 0.25, upscale: 2, face_upsample: true },
		]);
	});

	it('are taken as text where a prompt is wanted', async () => {
		const item = photo();
		item.json = { title: 1984 };
		await scene.run({
			items: [item],
			parameters: { ...generateImage, prompt: '={{ $json.title }}' },
		});
		expect(JSON.parse(scene.bodies[0]?.bytes.toString() ?? '')).toMatchObject({
			input: { prompt: '1984' },
		});
	});

	it('limit prices also where they come as text', async () => {
		const item = photo();
		item.json = { most: '5', least: '4' };
		const enough = { maxPriceSat: '={{ $json.most }}' };
		expect((await scene.run({ items: [item], parameters: enough })).error).toBeUndefined();
		const tooLittle = { maxPriceSat: '={{ $json.least }}' };
		const failure = await scene.failure({ items: [item], parameters: tooLittle });
		expect(failure.code).toBe('PRICE_OVER_LIMIT');
	});
});

describe('what is sent', () => {
	it('is a prompt as it was written, quotes, line breaks, emoji and all', async () => {
		const prompt = ' Ein "Schloß"\nam Meer \\ 🌊 \u2028 ';
		await scene.run({ parameters: { ...editImage, prompt } });
		expect(JSON.parse(scene.bodies[1]?.bytes.toString() ?? '')).toEqual({ prompt, image });
	});

	it.each([
		['a text', '16', '16'],
		['a number', 16, 16],
		['an expression', '={{ 16 }}', 16],
		['chosen from the list', { __rl: true, mode: 'list', value: 16, cachedResultName: 'Pro' }, 16],
		['typed beside the list', { __rl: true, mode: 'id', value: '16' }, '16'],
		['an expression beside the list', { __rl: true, mode: 'id', value: '={{ 8 * 2 }}' }, 16],
		['saved without a mark', { mode: 'id', value: 'flux-pro' }, 'flux-pro'],
	])('a model id as it was given: %s', async (_form, modelId, sent) => {
		await scene.run({ parameters: upscaleImage, options: { modelId } });
		const body = { image, scale: 4, modelId: sent };
		expect(scene.bodies.map(({ bytes }) => JSON.parse(bytes.toString()) as unknown)).toEqual([
			body,
			body,
		]);
	});

	it.each([
		['', ''],
		['from the list', { __rl: true, mode: 'list', value: '' }],
		['from the list', { mode: 'list', value: '' }],
		['by id', { __rl: true, mode: 'id', value: null }],
	])('no model that was added and not chosen %s', async (_where, modelId) => {
		await scene.run({ parameters: upscaleImage, options: { modelId } });
		expect(JSON.parse(scene.bodies[1]?.bytes.toString() ?? '')).toEqual({ image, scale: 4 });
	});

	it('no option that was added and left empty', async () => {
		await scene.run({ parameters: upscaleImage, options: { modelId: '', fileName: '' } });
		expect(JSON.parse(scene.bodies[0]?.bytes.toString() ?? '')).toEqual({ image, scale: 4 });
	});

	it('nothing of a picture source that was chosen for another operation', async () => {
		const leftOver = { imageSource: 'url', imageUrl: 'http://127.0.0.1:1/', scale: 2, fidelity: 1 };
		const { error } = await scene.run({ parameters: { ...generateImage, ...leftOver } });
		expect(error).toBeUndefined();
		expect(JSON.parse(scene.bodies[0]?.bytes.toString() ?? '')).toEqual({
			input: { prompt: 'A lighthouse', width: 1024, height: 1024 },
			model: 'Best',
		});
	});

	it('under a base URL with a slash at the end', async () => {
		const baseUrl = `${scene.sandbox.serviceUrl}/`;
		expect((await scene.run({ options: { baseUrl } })).error).toBeUndefined();
		expect(scene.sandbox.requests[0]?.path).toBe('/api/l402/colorize-image');
	});
});

describe('the ways a challenge comes', () => {
	it.each([
		['L402 first, as macaroon', {}, 'L402'],
		['as token', { tokenKey: 'token' }, 'L402'],
		['after another scheme', { order: 'paymentFirst' }, 'L402'],
		['in several lines', { order: 'paymentFirst', lines: 'several' }, 'L402'],
		['alone', { order: 'l402Only' }, 'L402'],
		['as LSAT', { scheme: 'LSAT' }, 'LSAT'],
		['as LSAT and as L402, which is taken', { scheme: 'both' }, 'L402'],
	] as const)('%s', async (_name, challenge, scheme) => {
		const other = await Scene.open({ challenge });
		const { error } = await other.run();
		const [sold] = other.sandbox.ledger;
		const authorization = other.sandbox.requests[1]?.headers.authorization;
		await other.close();
		expect(error).toBeUndefined();
		expect(authorization).toBe(`${scheme} ${sold?.token}:${sold?.preimage}`);
	});
});
