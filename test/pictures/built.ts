import { crc32, deflateSync } from 'node:zlib';
import type { PictureFile } from './drawn';

/* Picture files put together by hand, byte by byte, in formats that few libraries write. */

export const ascii = (text: string) => Buffer.from(text, 'latin1');

export function numbers(size: 1 | 2 | 4 | 8, endian: 'LE' | 'BE', ...values: number[]): Buffer {
	return Buffer.concat(
		values.map((value) => {
			const bytes = Buffer.alloc(8);
			bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
			const cut = bytes.subarray(0, size);
			return endian === 'LE' ? cut : Buffer.from(cut).reverse();
		}),
	);
}
export const u16 = (...values: number[]) => numbers(2, 'LE', ...values);
export const u32 = (...values: number[]) => numbers(4, 'LE', ...values);
export const be32 = (...values: number[]) => numbers(4, 'BE', ...values);

/** A BMP of one pixel, with as long a header as is wished. */
function bmp(headerBytes: number, bits: 24 | 32, isTopDown = false): Buffer {
	const rest =
		headerBytes === 12
			? u16(1, 1, 1, bits)
			: Buffer.concat([
					u32(1, isTopDown ? -1 : 1),
					u16(1, bits),
					u32(0, 4, 2835, 2835, 0, 0),
					Buffer.alloc(Math.max(0, headerBytes - 40)),
				]).subarray(0, headerBytes - 4);
	const header = Buffer.concat([u32(headerBytes), rest]);
	const pixelsAt = 14 + header.length;
	return Buffer.concat([ascii('BM'), u32(pixelsAt + 4, 0, pixelsAt), header, u32(0x00336699)]);
}

/** A TIFF of one gray pixel; the directory stands at its end, as most write it. */
function tiff(endian: 'LE' | 'BE', isBig = false): Buffer {
	const word = (...values: number[]) => numbers(2, endian, ...values);
	const long = (...values: number[]) => numbers(isBig ? 8 : 4, endian, ...values);
	const entry = (tag: number, value: number) =>
		Buffer.concat([
			word(tag, isBig ? 16 : 4),
			long(1),
			isBig ? long(value) : numbers(4, endian, value),
		]);
	const headerBytes = isBig ? 16 : 8;
	const entries = [
		...[entry(256, 1), entry(257, 1), entry(258, 8), entry(259, 1), entry(262, 1)],
		...[entry(273, headerBytes), entry(278, 1), entry(279, 1)],
	];
	const start = endian === 'LE' ? ascii('II') : ascii('MM');
	const head = isBig
		? Buffer.concat([start, word(43, 8, 0), long(headerBytes + 2)])
		: Buffer.concat([start, word(42), long(headerBytes + 2)]);
	const count = isBig ? long(entries.length) : word(entries.length);
	return Buffer.concat([head, Buffer.from([0x80, 0]), count, ...entries, long(0)]);
}

export function pngChunk(type: string, data: Buffer): Buffer {
	const content = Buffer.concat([ascii(type), data]);
	return Buffer.concat([be32(data.length), content, be32(crc32(content))]);
}

/** A PNG of one pixel that moves: frames in `fdAT`, as `APNG` wants it. */
function apng(): Buffer {
	const pixels = deflateSync(Buffer.from([0, 0x80]));
	const frame = (index: number) =>
		pngChunk('fcTL', Buffer.concat([be32(index, 1, 1, 0, 0), Buffer.from([0, 1, 0, 10, 0, 0])]));
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		pngChunk('IHDR', Buffer.concat([be32(1, 1), Buffer.from([8, 0, 0, 0, 0])])),
		pngChunk('acTL', be32(2, 0)),
		frame(0),
		pngChunk('IDAT', pixels),
		frame(1),
		pngChunk('fdAT', Buffer.concat([be32(2), pixels])),
		pngChunk('IEND', Buffer.alloc(0)),
	]);
}

/** An icon of two pictures, the second a PNG. */
function icon(): Buffer {
	const dib = Buffer.concat([u32(40, 1, 2), u16(1, 32), u32(0, 0, 0, 0, 0, 0, 0xff336699, 0)]);
	const png = apng();
	const first = Buffer.concat([Buffer.from([1, 1, 0, 0]), u16(1, 32), u32(dib.length, 38)]);
	const second = Buffer.concat([
		Buffer.from([0, 0, 0, 0]),
		u16(0, 0),
		u32(png.length, 38 + dib.length),
	]);
	return Buffer.concat([u16(0, 1, 2), first, second, dib, png]);
}

export function box(type: string, ...content: Buffer[]): Buffer {
	const inside = Buffer.concat(content);
	return Buffer.concat([be32(inside.length + 8), ascii(type), inside]);
}

/** A file that begins as its format wants it, with these boxes behind. */
const containerOf =
	(signature: string, brand: string) =>
	(...boxes: readonly Buffer[]): Buffer =>
		Buffer.concat([
			box(signature, Buffer.from('0d0a870a', 'hex')),
			box('ftyp', ascii(brand), be32(0), ascii(brand)),
			...boxes,
		]);
export const jxl = containerOf('JXL ', 'jxl ');
export const jp2 = containerOf('jP  ', 'jp2 ');

/** An ISO media file with these brands and something for its pixels. */
export function heif(major: string, ...compatible: string[]): Buffer {
	return Buffer.concat([
		box('ftyp', ascii(major), be32(0), ascii(compatible.join(''))),
		box('meta', be32(0), box('hdlr', Buffer.alloc(24))),
		box('mdat', Buffer.alloc(40, 0x5a)),
	]);
}

export const codestream = Buffer.concat([
	Buffer.from('ff4fff5100290000', 'hex'),
	be32(1, 1, 0, 0, 1, 1, 0, 0),
	Buffer.from('0001070101ffd9', 'hex'),
]);
export const jxlStream = Buffer.from('ff0a0010b01308100020004b184b38', 'hex');

export const builtFiles: readonly PictureFile[] = [
	['BMP', bmp(40, 24)],
	['BMP of 32 bits', bmp(40, 32)],
	['BMP from top to bottom', bmp(40, 32, true)],
	['BMP as in OS/2', bmp(12, 24)],
	['BMP with the shortest header of OS/2 2', bmp(16, 24)],
	['BMP with masks', bmp(56, 32)],
	['BMP, version 4', bmp(108, 24)],
	['BMP, version 5', bmp(124, 32)],
	['TIFF, low byte first', tiff('LE')],
	['TIFF, high byte first', tiff('BE')],
	['BigTIFF, low byte first', tiff('LE', true)],
	['BigTIFF, high byte first', tiff('BE', true)],
	['PNG that moves', apng()],
	['icon', icon()],
	['HEIC', heif('heic', 'mif1', 'heic')],
	['HEIC of ten bits', heif('heix', 'mif1', 'heix')],
	['HEIC with a general brand', heif('mif1', 'mif1', 'heic', 'hevc')],
	['HEIC in a sequence', heif('hevc', 'msf1', 'hevc')],
	['HEIF', heif('mif1', 'mif1', 'miaf')],
	['AVIF with a general brand', heif('mif1', 'miaf', 'avif')],
	['AVIF in a sequence', heif('avis', 'msf1', 'avis')],
	['JPEG XL', jxlStream],
	['JPEG XL in a container', jxl(box('jxlc', jxlStream))],
	['JPEG 2000', jp2(box('jp2c', codestream))],
	['JPEG 2000 without a container', codestream],
	['PSD', Buffer.concat([ascii('8BPS\0\x01'), Buffer.alloc(20), Buffer.alloc(14)])],
	['PPM', Buffer.concat([ascii('P6\n# by hand\n1 1\n255\n'), Buffer.from([0x80, 0x90, 0xa0])])],
];
