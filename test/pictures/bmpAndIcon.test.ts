import {
	endsInTheMiddle,
	pictureFormat,
} from '../../nodes/Sats4Ai/purchase/service/picture/format';
import { ascii, builtFiles, u16, u32 } from './built';

interface Bmp {
	readonly header?: number;
	readonly size: readonly [width: number, height: number];
	readonly bits: number;
	readonly compression?: number;
	readonly pixels: number;
}

function bmp({ header = 40, size, bits, compression = 0, pixels }: Bmp): Buffer {
	const isOld = header === 12;
	const start = Buffer.concat([
		u32(header),
		isOld ? u16(...size, 1, bits) : u32(...size),
		isOld ? u16() : u16(1, bits),
		isOld || header === 16 ? u32() : u32(compression, 0, 2835, 2835, 0, 0),
	]);
	const rest = Buffer.alloc(header - start.length);
	const pixelsAt = 14 + header;
	return Buffer.concat([
		ascii('BM'),
		u32(pixelsAt + pixels, 0, pixelsAt),
		start,
		rest,
		Buffer.alloc(pixels, 0x5a),
	]);
}

describe('a BMP is whole without what fills its last row, and not with a byte less:', () => {
	const row3 = { size: [3, 2], bits: 24, pixels: 24 } as const;
	test.each([
		['of 24 bits', row3, 3],
		['of 32 bits', { size: [3, 2], bits: 32, pixels: 24 }, 0],
		['of two colors', { size: [9, 3], bits: 1, pixels: 12 }, 2],
		['from top to bottom', { ...row3, size: [3, -2] }, 3],
		['with masks', { ...row3, bits: 32, compression: 3 }, 0],
		['with a longer header', { ...row3, header: 124 }, 3],
		['as in OS/2', { ...row3, header: 12 }, 3],
		['with the shortest header of OS/2 2', { ...row3, header: 16 }, 3],
	] as Array<[string, Bmp, number]>)('%s', (_, form, filling) => {
		const bytes = bmp(form);
		const least = bytes.length - filling;
		expect(endsInTheMiddle(bytes.subarray(0, least))).toBe(false);
		expect(endsInTheMiddle(bytes.subarray(0, least - 1))).toBe(true);
	});
});

test.each([40, 108])('a packed BMP with a header of %i bytes needs some pixels', (header) => {
	const bytes = bmp({ header, size: [100, 100], bits: 8, compression: 1, pixels: 6 });
	expect(endsInTheMiddle(bytes)).toBe(false);
	expect(endsInTheMiddle(bytes.subarray(0, -6))).toBe(true);
});

test('a BMP begins with its two letters', () => {
	const bytes = bmp({ size: [3, 2], bits: 24, pixels: 24 });
	expect(pictureFormat(bytes)).toMatchObject({ extension: 'bmp', width: 3, height: 2 });
	bytes.write('CM');
	expect(pictureFormat(bytes)).toBeNull();
});

describe('a directory of icons', () => {
	const icon = builtFiles.find(([name]) => name === 'icon')?.[1] ?? Buffer.alloc(0);

	test('is known by its first entry', () => {
		expect(pictureFormat(icon)).toMatchObject({ extension: 'ico' });
	});

	test.each([
		['begins with anything but zeros', 0, 1],
		['is one of cursors', 2, 2],
		['holds none', 4, 0],
		['has two planes', 10, 2],
		['has five bits for a pixel', 12, 5],
		['has no bytes for a picture', 14, 0],
		['has its first picture within itself', 18, 37],
	])('is none where it %s', (_, at, value) => {
		const damaged = Buffer.from(icon);
		damaged.writeUInt16LE(value, at);
		expect(pictureFormat(damaged)).toBeNull();
	});
});
