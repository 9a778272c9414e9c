import { writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { makePicture } from '../../../sandbox/pictures/makePicture';

const WIDTH = 768;
const HEIGHT = 576;
/** The sandbox writes the prompt below what it draws. */
const CAPTION_HEIGHT = 48;

/** Writes a picture in shades of gray, to be colorized. */
export async function writeOldPhotograph(file: string): Promise<void> {
	const prompt = 'A mountain lake with a sailing boat';
	const drawn = await makePicture(
		{ operation: 'generateImage', prompt, width: WIDTH, height: HEIGHT, model: 'Best' },
		'real',
		0,
	);
	const gray = sharp(drawn.bytes)
		.extract({ left: 0, top: 0, width: WIDTH, height: HEIGHT - CAPTION_HEIGHT })
		.grayscale();
	writeFileSync(file, await gray.jpeg().toBuffer());
}
