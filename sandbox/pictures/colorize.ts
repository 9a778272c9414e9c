import sharp from 'sharp';
import { chromaOf } from './chroma';
import { encode, sameFormat } from './encode';
import type { Picture } from './picture';

/** Longer side of the small picture that is looked at to guess colors. */
const SMALL = 192;

/**
 * Gives a gray photograph colors: brightness stays as it is, pixel by pixel, and soft patches of
 * color are laid over it, guessed from brightness, smoothness and place.
 */
export async function colorize(image: Buffer): Promise<Picture> {
	const { format } = await sharp(image).metadata();
	const gray = await sharp(image)
		.autoOrient()
		.flatten({ background: '#fff' })
		.grayscale()
		.toColorspace('b-w')
		.raw()
		.toBuffer({ resolveWithObject: true });
	const { width, height } = gray.info;
	const raw = { raw: { width, height, channels: 1 } } as const;
	const small = await sharp(gray.data, raw)
		.resize(SMALL, SMALL, { fit: 'inside' })
		.toColorspace('b-w')
		.raw()
		.toBuffer({ resolveWithObject: true });
	const { data: pixels, info } = small;
	const patches = chromaOf({ pixels, width: info.width, height: info.height });
	const chroma = await sharp(patches, {
		raw: { width: info.width, height: info.height, channels: 3 },
	})
		.blur(1.6)
		.resize(width, height, { fit: 'fill', kernel: 'cubic' })
		.raw()
		.toBuffer();
	const colored = paint(gray.data, chroma);
	return await encode(sharp(colored, { raw: { width, height, channels: 3 } }), sameFormat(format));
}

/** Brightness of one picture with the Cb and Cr of another (JFIF), as RGB. */
function paint(luma: Buffer, chroma: Buffer): Buffer {
	const rgb = Buffer.alloc(luma.length * 3);
	const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
	for (let at = 0; at < luma.length; at += 1) {
		const y = luma[at] ?? 0;
		// Deep shadows and highlights carry little color.
		const room = Math.min(1, y / 70, (255 - y) / 50);
		const cb = ((chroma[at * 3] ?? 128) - 128) * room;
		const cr = ((chroma[at * 3 + 1] ?? 128) - 128) * room;
		rgb[at * 3] = clamp(y + 1.402 * cr);
		rgb[at * 3 + 1] = clamp(y - 0.344136 * cb - 0.714136 * cr);
		rgb[at * 3 + 2] = clamp(y + 1.772 * cb);
	}
	return rgb;
}
