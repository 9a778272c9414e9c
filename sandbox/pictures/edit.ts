import sharp from 'sharp';
import { caption } from './caption';
import { cutOut } from './cutOut';
import { encode } from './encode';
import { anyLook, looks } from './looks';
import type { Picture } from './picture';
import type { AspectRatio, PictureJob } from './pictureJob';
import { SeededRandom } from './seededRandom';

type EditJob = Extract<PictureJob, { operation: 'editImage' }>;

const ratios: Readonly<Record<Exclude<AspectRatio, 'match_input_image'>, number>> = {
	'1:1': 1,
	'4:3': 4 / 3,
	'16:9': 16 / 9,
};

/** The largest size of this shape within the picture. */
function cropTo(width: number, height: number, aspectRatio: AspectRatio) {
	if (aspectRatio === 'match_input_image') return { width, height };
	const ratio = ratios[aspectRatio];
	return width / height > ratio
		? { width: Math.max(1, Math.round(height * ratio)), height }
		: { width, height: Math.max(1, Math.round(width / ratio)) };
}

function asksForNoBackground(prompt: string): boolean {
	return /\b(remove|no|without|transparent)\b.*\b(background|backdrop)\b|\btransparent\b/i.test(
		prompt,
	);
}

/** Changes a picture as far as the prompt's words tell how, and writes the prompt below it. */
export async function edit(job: EditJob): Promise<Picture> {
	const upright = await sharp(job.image)
		.autoOrient()
		.toColorspace('srgb')
		.png()
		.toBuffer({ resolveWithObject: true });
	const { width, height } = cropTo(upright.info.width, upright.info.height, job.aspectRatio);
	const cropped = await sharp(upright.data)
		.resize(width, height, { fit: 'cover', position: 'attention' })
		.png()
		.toBuffer();
	const words = await caption(job.prompt, width, height, 1);
	if (asksForNoBackground(job.prompt)) {
		const free = sharp(await cutOut(cropped, width, height));
		return await encode(free.composite(words), job.outputFormat);
	}
	const look = looks.find((known) => known.words.test(job.prompt)) ?? anyLook(job.prompt);
	const changed = await (await look.apply(sharp(cropped))).png().toBuffer();
	const frame = { width, height, random: new SeededRandom(job.prompt) };
	const colored = sharp(changed).toColorspace('srgb');
	return await encode(
		colored.composite([...(look.overlay?.(frame) ?? []), ...words]),
		job.outputFormat,
	);
}
