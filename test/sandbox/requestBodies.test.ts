import sharp from 'sharp';
import { startSandbox, type Sandbox } from '../../sandbox/startSandbox';
import { paths, post } from './buyer';

type Operation = keyof typeof paths;

let sandbox: Sandbox;
let image: string;
beforeAll(async () => {
	sandbox = await startSandbox();
	const canvas = { width: 8, height: 8, channels: 3, background: '#777' } as const;
	image = (await sharp({ create: canvas }).png().toBuffer()).toString('base64');
});
afterAll(async () => {
	await sandbox.close();
});

async function statusOf(operation: Operation, body: unknown): Promise<number> {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const response = await post(sandbox, paths[operation], text);
	await response.arrayBuffer();
	return response.status;
}

describe('bodies the pages show are asked to pay', () => {
	const cases: readonly [Operation, (photo: string) => unknown][] = [
		['colorizeImage', (photo) => ({ image: photo })],
		['colorizeImage', (photo) => ({ image: photo, model_size: 'tiny' })],
		['colorizeImage', (photo) => ({ image: `data:image/png;base64,${photo}` })],
		[
			'editImage',
			(photo) => ({
				prompt: 'Remove the background and make it transparent',
				image: photo,
				aspect_ratio: 'match_input_image',
				output_format: 'png',
			}),
		],
		['editImage', (photo) => ({ prompt: 'x', image: photo, modelId: 'a' })],
		['generateImage', () => ({ input: { prompt: 'x', width: 1024, height: 1024 }, model: 'Best' })],
		['removeBackground', (photo) => ({ image: photo })],
		['removeObject', (photo) => ({ image: photo, query: 'person' })],
		['deblurImage', (photo) => ({ image: photo })],
		['deblurImage', (photo) => ({ image: photo, task_type: 'Image Debluring (REDS)' })],
		['restoreFace', (photo) => ({ image: photo, fidelity: 0.5 })],
		[
			'restoreFace',
			(photo) => ({
				image: photo,
				fidelity: 0,
				background_enhance: true,
				face_upsample: false,
				upscale: 2,
				modelId: 3,
			}),
		],
		['upscaleImage', (photo) => ({ image: photo, scale: 4 })],
		['upscaleImage', (photo) => ({ image: photo, scale: 2, face_enhance: true, modelId: 1 })],
	];
	it.each(cases)('%s', async (operation, body) => {
		expect(await statusOf(operation, body(image))).toBe(402);
	});
});

describe('other bodies are refused before any invoice', () => {
	const cases: readonly [string, Operation, (photo: string) => unknown][] = [
		['no JSON', 'colorizeImage', () => 'image=…'],
		['a list', 'colorizeImage', (photo) => [photo]],
		['no image', 'colorizeImage', () => ({})],
		['an empty image', 'colorizeImage', () => ({ image: '' })],
		['an image that is not base64', 'colorizeImage', () => ({ image: 'ä!' })],
		['an image that is no picture', 'colorizeImage', () => ({ image: 'AAAA' })],
		[
			'a drawing instead of pixels',
			'colorizeImage',
			() => ({
				image: Buffer.from(
					'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>',
				).toString('base64'),
			}),
		],
		['an unknown key', 'colorizeImage', (photo) => ({ image: photo, modelId: 1 })],
		['an unknown choice', 'colorizeImage', (photo) => ({ image: photo, model_size: 'huge' })],
		['a scale of 3', 'upscaleImage', (photo) => ({ image: photo, scale: 3 })],
		['a scale in quotes', 'upscaleImage', (photo) => ({ image: photo, scale: '4' })],
		['a key of another endpoint', 'upscaleImage', (photo) => ({ image: photo, fidelity: 1 })],
		['a fidelity above 1', 'restoreFace', (photo) => ({ image: photo, fidelity: 1.5 })],
		['a boolean in quotes', 'restoreFace', (photo) => ({ image: photo, face_upsample: 'yes' })],
		['a flat prompt', 'generateImage', () => ({ prompt: 'x', width: 512, height: 512 })],
		['no prompt', 'generateImage', () => ({ input: { width: 512 } })],
		['half a pixel', 'generateImage', () => ({ input: { prompt: 'x', width: 512.5 } })],
		['too wide', 'generateImage', () => ({ input: { prompt: 'x', width: 2048 } })],
		[
			'a model in small letters',
			'generateImage',
			() => ({ input: { prompt: 'x' }, model: 'best' }),
		],
		['a nested image', 'editImage', (photo) => ({ input: { prompt: 'x', image: photo } })],
		['no prompt', 'editImage', (photo) => ({ image: photo })],
		[
			'a strange format',
			'editImage',
			(photo) => ({ prompt: 'x', image: photo, output_format: 'gif' }),
		],
	];
	it.each(cases)('%s at %s', async (_, operation, body) => {
		const invoices = sandbox.ledger.length;
		const text = body(image);
		const response = await post(
			sandbox,
			paths[operation],
			typeof text === 'string' ? text : JSON.stringify(text),
		);
		expect(response.status).toBe(400);
		expect(response.headers.get('x-error-code')).toBe('L402_INVALID_PARAMS');
		expect(await response.json()).toEqual({
			error: expect.any(String),
			error_code: 'L402_INVALID_PARAMS',
			suggestion: expect.any(String),
		});
		expect(sandbox.ledger).toHaveLength(invoices);
	});

	it('a result of more than 64 megapixels', async () => {
		const canvas = { width: 2500, height: 2500, channels: 3, background: '#777' } as const;
		const large = (await sharp({ create: canvas }).png().toBuffer()).toString('base64');
		expect(await statusOf('upscaleImage', { image: large, scale: 4 })).toBe(400);
		expect(await statusOf('upscaleImage', { image: large, scale: 2 })).toBe(402);
	});
});

it('other paths and methods are not found', async () => {
	const url = sandbox.serviceUrl;
	const statuses = await Promise.all(
		['/', '/api/l402/nothing', '/image', '/uploads/none.png'].map(
			async (path) => (await fetch(`${url}${path}`)).status,
		),
	);
	expect(statuses).toEqual([404, 404, 404, 404]);
	expect((await fetch(`${url}${paths.colorizeImage}`, { method: 'PUT', body: '{}' })).status).toBe(
		404,
	);
});
