import sharp from 'sharp';
import { times } from '../../depth';
import {
	endsInTheMiddle,
	pictureFormat,
} from '../../../nodes/Sats4Ai/purchase/service/picture/format';

const MB = 1024 * 1024;
/** What looks at each byte of so much for each of its parts does not come to an end in an hour. */
const LENGTH = times(100, 10) * MB;
const LENGTH_OF_SIZES = times(10, 4) * MB;

/** A start, and after it the same piece again and again. */
function full(
	start: readonly (string | number)[],
	piece: readonly number[],
	length: number,
): Buffer {
	const head = Buffer.concat(
		start.map((part) =>
			typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part]),
		),
	);
	const bytes = Buffer.alloc(length);
	bytes.fill(Buffer.from(piece), head.length);
	head.copy(bytes);
	return bytes;
}

const box = (size: number, type: string) => {
	const bytes = Buffer.alloc(8);
	bytes.writeUInt32BE(size);
	bytes.write(type, 4, 'latin1');
	return bytes.toString('latin1');
};
const ftyp = (brand: string) => `${box(20, 'ftyp')}${brand}\0\0\0\0${brand}`;
const ispe = [...Buffer.from(`${box(20, 'ispe')}\0\0\0\0\0\0\0\x01\0\0\0\x01`, 'latin1')];
const inner = (length: number) =>
	`${box(length - 20, 'meta')}\0\0\0\0${box(length - 32, 'iprp')}${box(length - 40, 'ipco')}`;
const JXL = '\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x14ftypjxl \0\0\0\0jxl ';

/** A TIFF whose directory claims `count` strips, all at the start of the file. */
function tiff(count: number, length: number): Buffer {
	const bytes = Buffer.alloc(length);
	bytes.write('II*\0', 'latin1');
	bytes.writeUInt32LE(8, 4);
	bytes.writeUInt16LE(2, 8);
	[273, 279].forEach((tag, index) => {
		const at = 10 + 12 * index;
		bytes.writeUInt16LE(tag, at);
		bytes.writeUInt16LE(3, at + 2);
		bytes.writeUInt32LE(count, at + 4);
		bytes.writeUInt32LE(40, at + 8);
	});
	// The next page is this one again.
	bytes.writeUInt32LE(8, 34);
	return bytes;
}

/** Files that are all header: each byte of them is looked at, or more. */
const HEAVY: ReadonlyArray<readonly [string, () => Buffer]> = [
	['a JPEG of empty segments', () => full(['\xff\xd8'], [0xff, 0xe1, 0, 2], LENGTH)],
	['a JPEG of end marks without a start', () => full(['\xff\xd8', 0], [0xd9], LENGTH)],
	['a JPEG of scan marks without a start', () => full(['\xff\xd8', 0], [0xda], LENGTH)],
	['a JPEG of garbage', () => full(['\xff\xd8', 0], [0xff], LENGTH)],
	['a JPEG of fill bytes', () => full(['\xff\xd8'], [0xff], LENGTH)],
	[
		'a PNG of empty chunks',
		() =>
			full(
				['\x89PNG\r\n\x1a\n', '\0\0\0\rIHDR', '\0'.repeat(17)],
				[0, 0, 0, 0, 0x74, 0x45, 0x58, 0x74, 0, 0, 0, 0],
				LENGTH,
			),
	],
	['a GIF of empty extensions', () => full(['GIF89a', '\0'.repeat(7)], [0x21, 0xfe, 0], LENGTH)],
	['a GIF of small blocks', () => full(['GIF89a', '\0'.repeat(7), 0x21, 0xfe], [1, 1], LENGTH)],
	['an AVIF of sizes', () => full([ftyp('avif'), inner(LENGTH_OF_SIZES)], ispe, LENGTH_OF_SIZES)],
	['a HEIC of sizes', () => full([ftyp('heic'), inner(LENGTH_OF_SIZES)], ispe, LENGTH_OF_SIZES)],
	[
		'an AVIF of empty boxes',
		() => full([ftyp('avif')], [0, 0, 0, 8, 0x66, 0x72, 0x65, 0x65], LENGTH),
	],
	[
		'a JPEG XL of empty parts',
		() => full([JXL], [0, 0, 0, 12, 0x6a, 0x78, 0x6c, 0x70, 0, 0, 0, 0], LENGTH),
	],
	[
		'a JPEG XL of boxes without size',
		() => full([JXL], [0, 0, 0, 0, 0x66, 0x72, 0x65, 0x65], LENGTH),
	],
	['a TIFF of a strip for every second byte', () => tiff(LENGTH / 2, LENGTH)],
	[
		'an icon of zeros',
		() => full(['\0\0\x01\0\xff\xff\x10\x10\0\0\x01\0\x20\0\x01\0\0\0\xff\xff\xff\0'], [0], LENGTH),
	],
];

/** What looks at such a file again and again does not come to an end while jest waits. */
test.each(HEAVY)('%s is looked at in a moment', (_name, make) => {
	const bytes = make();
	expect(pictureFormat(bytes)).toBeDefined();
	expect(typeof endsInTheMiddle(bytes)).toBe('boolean');
});

test.each(['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const)(
	'the size of a large %s is still found, also with its profile in front',
	async (format) => {
		const width = 500;
		const height = 400;
		const noise = Buffer.alloc(width * height * 3);
		for (let at = 0; at < noise.length; at += 1) noise[at] = (at * at * 31) >> 5;
		const bytes = await sharp(noise, { raw: { width, height, channels: 3 } })
			.withIccProfile('p3')
			.toFormat(format, format === 'png' ? { compressionLevel: 0 } : { effort: 1 })
			.toBuffer();
		expect(pictureFormat(bytes)).toMatchObject({ width, height });
		expect(endsInTheMiddle(bytes)).toBe(false);
	},
);
