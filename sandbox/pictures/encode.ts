import type { Sharp } from 'sharp';
import type { Picture } from './picture';

export type Format = 'jpg' | 'png' | 'webp';

export async function encode(image: Sharp, format: Format): Promise<Picture> {
	switch (format) {
		case 'jpg':
			return {
				bytes: await image.flatten({ background: '#fff' }).jpeg({ quality: 90 }).toBuffer(),
				mimeType: 'image/jpeg',
			};
		case 'png':
			return { bytes: await image.png().toBuffer(), mimeType: 'image/png' };
		case 'webp':
			return { bytes: await image.webp({ quality: 90 }).toBuffer(), mimeType: 'image/webp' };
	}
}

/** The format to answer in: the input's where it is one of the three, else PNG. */
export function sameFormat(inputFormat: string | undefined): Format {
	if (inputFormat === 'jpeg') return 'jpg';
	return inputFormat === 'webp' ? 'webp' : 'png';
}
