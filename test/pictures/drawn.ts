import sharp, { type Sharp } from 'sharp';

/** A picture file, and what it is. */
export type PictureFile = readonly [name: string, bytes: Buffer];

const WIDTH = 37;
const HEIGHT = 23;

/** Colors that no encoder can sum up in a few bytes. */
function noise(channels: 1 | 3 | 4, width = WIDTH, height = HEIGHT): Sharp {
	const raw = Buffer.from(
		Array.from({ length: width * height * channels }, (_, at) => (at * at * 31 + at * 7) % 251),
	);
	return sharp(raw, { raw: { width, height, channels } });
}

const color = () => noise(3);
const clear = () => noise(4);
const gray = () => noise(1).toColorspace('b-w');
const deep = () => color().toColorspace('rgb16');
/** Three pictures, one after the other. */
const moving = () => {
	const frame = Buffer.from(Array.from({ length: 8 * 24 * 3 }, (_, at) => (at * 37) % 256));
	return sharp(frame, { raw: { width: 8, height: 24, channels: 3, pageHeight: 8 } });
};
const onePixel = () => noise(3, 1, 1);

const drawings: Readonly<Record<string, () => Sharp>> = {
	'PNG of one pixel': () => onePixel().png(),
	PNG: () => color().png(),
	'PNG with transparency': () => clear().png(),
	'PNG in gray': () => gray().png(),
	'PNG of 16 bits': () => deep().png(),
	'PNG with a palette': () => color().png({ palette: true }),
	'PNG of two colors': () => gray().threshold().png({ palette: true, colors: 2 }),
	'PNG, interlaced': () => color().png({ progressive: true }),
	'PNG, not compressed': () => color().png({ compressionLevel: 0 }),
	'PNG with EXIF': () =>
		color()
			.withExif({ IFD0: { Artist: 'Oma' } })
			.png(),
	'PNG with a color profile': () => color().withIccProfile('p3').png(),
	'JPEG of one pixel': () => onePixel().jpeg(),
	JPEG: () => color().jpeg(),
	'JPEG, progressive': () => color().jpeg({ progressive: true }),
	'JPEG, progressive and in gray': () => gray().jpeg({ progressive: true }),
	'JPEG in CMYK': () => color().toColorspace('cmyk').jpeg(),
	'JPEG in CMYK, progressive': () => color().toColorspace('cmyk').jpeg({ progressive: true }),
	'JPEG in full color': () => color().jpeg({ chromaSubsampling: '4:4:4' }),
	'JPEG by mozjpeg': () => color().jpeg({ mozjpeg: true }),
	'JPEG with EXIF': () =>
		color()
			.withExif({ IFD0: { Copyright: 'Opa' } })
			.jpeg(),
	'JPEG, lying on its side': () => color().withMetadata({ orientation: 6 }).jpeg(),
	'GIF of one pixel': () => onePixel().gif(),
	GIF: () => color().gif(),
	'GIF with transparency': () => clear().gif(),
	'GIF, interlaced': () => color().gif({ progressive: true }),
	'GIF that moves': () => moving().gif({ delay: [100, 100, 100] }),
	'WebP of one pixel': () => onePixel().webp(),
	WebP: () => color().webp(),
	'WebP, lossless': () => color().webp({ lossless: true }),
	'WebP with transparency': () => clear().webp(),
	'WebP that moves': () => moving().webp({ delay: [100, 100, 100] }),
	'WebP with EXIF': () =>
		color()
			.withExif({ IFD0: { Artist: 'Oma' } })
			.webp(),
	'AVIF of one pixel': () => onePixel().avif(),
	AVIF: () => color().avif(),
	'AVIF, lossless': () => color().avif({ lossless: true }),
	'AVIF with transparency': () => clear().avif(),
	'TIFF of one pixel': () => onePixel().tiff(),
	'TIFF by LZW': () => color().tiff({ compression: 'lzw' }),
	'TIFF, not compressed': () => color().tiff({ compression: 'none' }),
	'TIFF by Deflate': () => color().tiff({ compression: 'deflate' }),
	'TIFF by JPEG': () => color().tiff({ compression: 'jpeg' }),
	'TIFF by packed bits': () => gray().tiff({ compression: 'packbits' }),
	'TIFF as by fax': () => gray().threshold().tiff({ compression: 'ccittfax4', bitdepth: 1 }),
	'TIFF in tiles': () => color().tiff({ tile: true, tileWidth: 16, tileHeight: 16 }),
	'TIFF as a pyramid': () =>
		color().tiff({ tile: true, pyramid: true, tileWidth: 16, tileHeight: 16 }),
	'TIFF of 16 bits': () => deep().tiff(),
	'TIFF for more than 4 GB': () => color().tiff({ bigtiff: true }),
	'TIFF in CMYK': () => color().toColorspace('cmyk').tiff(),
	'TIFF in several pages': () => moving().tiff(),
};

/** Picture files as an image library writes them. */
export async function drawnFiles(): Promise<PictureFile[]> {
	return await Promise.all(
		Object.entries(drawings).map(async ([name, draw]): Promise<PictureFile> => [
			name,
			await draw().toBuffer(),
		]),
	);
}
