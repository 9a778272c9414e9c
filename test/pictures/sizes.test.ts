import { pictureFormat } from '../../nodes/Sats4Ai/purchase/service/picture/format';
import { ascii, be32, box, jxl, u16, u32 } from './built';

/** The width and the height of a picture, in pixels. */
const sizeOf = (bytes: Buffer) => {
	const { width, height } = pictureFormat(bytes) ?? {};
	return [width, height];
};
const UNKNOWN = [null, null];
/** More than the first part of a file, in which most sizes are looked for. */
const LONG = 300 * 1024;

test('a picture whose header makes no sense has an unknown size', () => {
	expect(pictureFormat(Buffer.concat([ascii('\x89PNG\r\n\x1a\n'), Buffer.alloc(50)]))).toEqual({
		mimeType: 'image/png',
		extension: 'png',
		width: null,
		height: null,
	});
});

test.each(['avif', 'heic', 'mif1'])('the size of %s is looked for in its first 16 KB', (brand) => {
	const start = box('ftyp', ascii(brand), be32(0));
	const size = box('ispe', be32(0, 60, 40));
	const meta = box('meta', be32(0), box('iprp', box('ipco', size)));
	const filling = 16 * 1024 - start.length - meta.length - 8;
	const file = (bytes: number) =>
		Buffer.concat([start, box('free', Buffer.alloc(bytes)), meta, box('mdat', Buffer.alloc(40))]);
	expect(sizeOf(file(filling))).toEqual([60, 40]);
	expect(sizeOf(file(filling + 1))).toEqual(UNKNOWN);
});

test.each([100, LONG])('the size of a TIFF is found behind %i bytes of pixels', (length) => {
	const entry = (tag: number, value: number) => Buffer.concat([u16(tag, 4), u32(1, value)]);
	const pixels = Buffer.alloc(length, 0x5a);
	const directory = Buffer.concat([u16(2), entry(256, 60), entry(257, 40), u32(0)]);
	const bytes = Buffer.concat([ascii('II*\0'), u32(8 + length), pixels, directory]);
	expect(sizeOf(bytes)).toEqual([60, 40]);
});

describe('the size of a JPEG XL', () => {
	/** A square of 8, 16 … pixels. */
	const stream = (side: number, length: number) =>
		Buffer.concat([
			Buffer.from([0xff, 0x0a, 0x41 + 2 * (side / 8 - 1)]),
			Buffer.alloc(length, 0x5a),
		]);
	const whole = box('jxlc', stream(16, LONG));
	const part = box('jxlp', be32(0), stream(24, LONG));
	const drawing = ascii('<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"/>');

	test.each([
		['its only box', jxl(whole), [16, 16]],
		['its first part', jxl(part, box('jxlp', be32(0x80000001), stream(8, 9))), [24, 24]],
		['the first box, before a part', jxl(box('jxlc', stream(16, 9)), part), [16, 16]],
		['the first part, before a box', jxl(box('jxlp', be32(0), stream(24, 9)), whole), [24, 24]],
		['no box of its notes', jxl(box('xml ', drawing)), UNKNOWN],
	])('stands in %s', (_, bytes, size) => {
		expect(sizeOf(bytes)).toEqual(size);
	});
});
