import sharp from 'sharp';
import { makePicture } from '../../sandbox/pictures/makePicture';
import type { Picture } from '../../sandbox/pictures/picture';
import type { PictureJob } from '../../sandbox/pictures/pictureJob';
import { plainPicture, serialOfPlainPicture } from '../../sandbox/pictures/plainPicture';
import { readPrompt } from '../../sandbox/pictures/scene/readPrompt';

/** A gray photograph of its own making: sky, a textured field, a dark figure with a lighter face. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="160">
<rect width="240" height="160" fill="#cfcfcf"/><rect y="70" width="240" height="90" fill="#8a8a8a"/>
${Array.from({ length: 900 }, (_, at) => `<rect x="${(at * 37) % 240}" y="${72 + ((at * 53) % 88)}" width="2" height="2" fill="${at % 2 === 0 ? '#7e7e7e' : '#979797'}"/>`).join('')}
<ellipse cx="80" cy="120" rx="34" ry="52" fill="#262626"/><circle cx="80" cy="52" r="20" fill="#a5a5a5"/></svg>`;

let gray: Buffer;
let color: Buffer;
beforeAll(async () => {
	gray = await sharp(Buffer.from(drawing)).grayscale().png().toBuffer();
	color = await sharp(gray).toColorspace('srgb').tint('#c06030').jpeg().toBuffer();
});

async function make(job: PictureJob): Promise<Picture> {
	return await makePicture(job, 'real', 0);
}

async function sizeOf({ bytes }: Picture) {
	const { width, height, format } = await sharp(bytes).metadata();
	return { width, height, format };
}

async function pixelsOf(bytes: Buffer): Promise<{ pixels: Buffer; width: number }> {
	const { data, info } = await sharp(bytes)
		.removeAlpha()
		.toColorspace('srgb')
		.raw()
		.toBuffer({ resolveWithObject: true });
	return { pixels: data, width: info.width };
}

/** Mean distance between the largest and the smallest channel of a pixel. */
function channelSpread(pixels: Buffer): number {
	let sum = 0;
	for (let at = 0; at < pixels.length; at += 3) {
		const pixel = [...pixels.subarray(at, at + 3)];
		sum += Math.max(...pixel) - Math.min(...pixel);
	}
	return sum / (pixels.length / 3);
}

/** Mean difference between neighbors in a row. */
function localContrast(pixels: Buffer): number {
	let sum = 0;
	for (let at = 3; at < pixels.length; at += 3) {
		sum += Math.abs((pixels[at] ?? 0) - (pixels[at - 3] ?? 0));
	}
	return sum / (pixels.length / 3);
}

/** Mean difference between two pictures of one size. */
function difference(first: Buffer, second: Buffer): number {
	return (
		first.reduce((sum, value, at) => sum + Math.abs(value - (second[at] ?? 0)), 0) / first.length
	);
}

describe('upscale', () => {
	it.each([2, 4] as const)('multiplies the pixels by %d each way', async (scale) => {
		const job = { operation: 'upscaleImage', image: color, scale, faceEnhance: false } as const;
		expect(await sizeOf(await make(job))).toEqual({
			width: 240 * scale,
			height: 160 * scale,
			format: 'jpeg',
		});
	});

	it('turns a photograph upright as its EXIF data says', async () => {
		const image = await sharp(color).withMetadata({ orientation: 6 }).jpeg().toBuffer();
		const job = { operation: 'upscaleImage', image, scale: 2, faceEnhance: true } as const;
		expect(await sizeOf(await make(job))).toMatchObject({ width: 320, height: 480 });
	});
});

describe('colorize', () => {
	it('gives a gray picture several colors and keeps its brightness', async () => {
		const before = (await pixelsOf(gray)).pixels;
		const made = await make({ operation: 'colorizeImage', image: gray, modelSize: 'large' });
		const { pixels, width } = await pixelsOf(made.bytes);
		expect(await sizeOf(made)).toEqual({ width: 240, height: 160, format: 'png' });
		expect(channelSpread(before)).toBe(0);
		expect(channelSpread(pixels)).toBeGreaterThan(12);
		const at = (x: number, y: number): number[] => [
			...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
		];
		const [skyRed = 0, , skyBlue = 0] = at(200, 15);
		const [, grassGreen = 0, grassBlue = 0] = at(200, 130);
		expect(skyBlue).toBeGreaterThan(skyRed);
		expect(grassGreen).toBeGreaterThan(grassBlue);
		const luma = (all: Buffer): Buffer =>
			Buffer.from(
				Array.from({ length: all.length / 3 }, (_, pixel) =>
					Math.round(
						0.299 * (all[pixel * 3] ?? 0) +
							0.587 * (all[pixel * 3 + 1] ?? 0) +
							0.114 * (all[pixel * 3 + 2] ?? 0),
					),
				),
			);
		expect(difference(luma(before), luma(pixels))).toBeLessThan(3);
	});
});

describe('restore', () => {
	it.each([0, 0.5, 1])('raises local contrast at fidelity %d', async (fidelity) => {
		const image = await sharp(gray).blur(1.5).png().toBuffer();
		const made = await make({ operation: 'restoreFace', image, fidelity, upscale: 1 });
		const before = localContrast((await pixelsOf(image)).pixels);
		expect(localContrast((await pixelsOf(made.bytes)).pixels)).toBeGreaterThan(before * 1.1);
	});

	it('enlarges by the factor asked for', async () => {
		const job = { operation: 'restoreFace', image: color, fidelity: 0.5, upscale: 1.5 } as const;
		expect(await sizeOf(await make(job))).toEqual({ width: 360, height: 240, format: 'jpeg' });
	});
});

describe('edit', () => {
	const job = (change: Partial<Extract<PictureJob, { operation: 'editImage' }>>) =>
		({
			operation: 'editImage',
			prompt: 'sunset',
			image: color,
			aspectRatio: 'match_input_image',
			outputFormat: 'png',
			...change,
		}) as const;

	it.each([
		['jpg', 'jpeg'],
		['png', 'png'],
		['webp', 'webp'],
	] as const)('answers in %s', async (outputFormat, format) => {
		expect(await sizeOf(await make(job({ outputFormat })))).toMatchObject({ format });
	});

	it.each([
		['match_input_image', 240, 160],
		['1:1', 160, 160],
		['4:3', 213, 160],
		['16:9', 240, 135],
	] as const)('crops to %s', async (aspectRatio, width, height) => {
		expect(await sizeOf(await make(job({ aspectRatio })))).toMatchObject({ width, height });
	});

	it.each([
		'Make the sky sunset orange',
		'sepia',
		'pencil sketch',
		'cartoon',
		'at night',
		'winter',
		'everything blue',
		'add a dog',
	])('changes the picture for "%s"', async (prompt) => {
		const before = (await pixelsOf(color)).pixels;
		const after = (await pixelsOf((await make(job({ prompt }))).bytes)).pixels;
		expect(difference(before, after)).toBeGreaterThan(8);
	});

	it('takes color away for "black and white"', async () => {
		const { pixels } = await pixelsOf((await make(job({ prompt: 'black and white' }))).bytes);
		expect(channelSpread(pixels)).toBeLessThan(2);
	});

	it('makes the backdrop transparent', async () => {
		const made = await make(job({ prompt: 'Remove the background and make it transparent' }));
		const alpha = await sharp(made.bytes).extractChannel('alpha').raw().toBuffer();
		expect(alpha[10 * 240 + 200]).toBe(0);
		expect(alpha[110 * 240 + 80]).toBe(255);
	});
});

describe('generate', () => {
	const job = (prompt: string, width = 256, height = 320) =>
		({ operation: 'generateImage', prompt, width, height, model: 'Best' }) as const;

	it('draws the same for the same prompt, another for another, at the size asked for', async () => {
		const prompt = 'A futuristic cityscape at sunset, neon lights reflecting on wet streets';
		const [first, again, other] = await Promise.all([
			make(job(prompt)),
			make(job(prompt)),
			make(job('Sailing boat at dawn')),
		]);
		expect(await sizeOf(first)).toEqual({ width: 256, height: 320, format: 'jpeg' });
		expect(first.bytes.equals(again.bytes)).toBe(true);
		const pixels = (await pixelsOf(first.bytes)).pixels;
		expect(difference(pixels, (await pixelsOf(other.bytes)).pixels)).toBeGreaterThan(20);
	});

	it('writes the prompt along the bottom', async () => {
		const { pixels, width } = await pixelsOf((await make(job('legible words'))).bytes);
		const band = pixels.subarray(width * 295 * 3, width * 318 * 3);
		const white = band.filter((value) => value > 215).length;
		expect(white).toBeGreaterThan(100);
	});

	it.each(['<b>&"', '\u200b', '日本の城 🌸', 'a'.repeat(3000), 'two\nlines\0'])(
		'takes any text: %j',
		async (prompt) => {
			expect(await sizeOf(await make(job(prompt, 256, 256)))).toMatchObject({ width: 256 });
		},
	);

	it('reads the scene off the words', () => {
		expect(readPrompt('a lighthouse by the sea at night')).toMatchObject({
			time: 'night',
			land: 'sea',
			water: true,
			subjects: ['lighthouse'],
		});
		expect(readPrompt('snow over the city')).toMatchObject({ land: 'skyline', weather: 'snow' });
	});
});

describe('odd pictures', () => {
	it.each(['gif', 'tiff', 'webp', 'avif'] as const)('%s is taken', async (format) => {
		const image = await sharp(color).toFormat(format).toBuffer();
		const made = await make({ operation: 'colorizeImage', image, modelSize: 'tiny' });
		expect(await sizeOf(made)).toMatchObject({ width: 240, height: 160 });
	});

	it('one pixel is enough for every operation', async () => {
		const canvas = { width: 1, height: 1, channels: 4, background: '#12345678' } as const;
		const image = await sharp({ create: canvas }).png().toBuffer();
		const jobs: PictureJob[] = [
			{ operation: 'colorizeImage', image, modelSize: 'large' },
			{ operation: 'upscaleImage', image, scale: 4, faceEnhance: true },
			{ operation: 'restoreFace', image, fidelity: 0, upscale: 4 },
			{
				operation: 'editImage',
				prompt: 'cartoon',
				image,
				aspectRatio: '16:9',
				outputFormat: 'webp',
			},
		];
		const sizes = await Promise.all(jobs.map(async (job) => await sizeOf(await make(job))));
		expect(sizes.map(({ width, height }) => [width, height])).toEqual([
			[1, 1],
			[4, 4],
			[4, 4],
			[1, 1],
		]);
	});
});

it('a plain picture is a real PNG that tells its purchase', async () => {
	const picture = plainPicture(4711);
	expect(await sizeOf(picture)).toEqual({ width: 8, height: 8, format: 'png' });
	expect(serialOfPlainPicture(picture.bytes)).toBe(4711);
	expect(serialOfPlainPicture(color)).toBeNull();
	expect(plainPicture(1).bytes.equals(plainPicture(2).bytes)).toBe(false);
});
