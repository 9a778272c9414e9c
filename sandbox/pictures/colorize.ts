import sharp from 'sharp';
import { encode, sameFormat } from './encode';
import type { Picture } from './picture';

export async function colorize(image: Buffer): Promise<Picture> {
	const { format } = await sharp(image).metadata();
	return await encode(sharp(image).autoOrient().tint('#c08850'), sameFormat(format));
}
