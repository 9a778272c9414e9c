import { endsInTheMiddle } from '../../nodes/Sats4Ai/purchase/service/picture/format';
import { ascii, be32, box, codestream, heif, jp2, jxl, jxlStream, numbers, u32 } from './built';

const PIXELS = Buffer.alloc(40, 0x5a);
const HEIC = box('ftyp', ascii('heic'), be32(0), ascii('mif1heic'));
const META = box('meta', be32(0), box('hdlr', Buffer.alloc(24)));
const FREE = box('free');
/** A box that lasts as long as its file. */
const lasting = (type: string, content: Buffer) => Buffer.concat([be32(0), ascii(type), content]);
/** A box with a length of eight bytes. */
const long = (type: string, content: Buffer) =>
	Buffer.concat([be32(1), ascii(type), numbers(8, 'BE', content.length + 16), content]);
/** A box that ends past its file. */
const OVERRUN = FREE.map((byte, at) => (at === 3 ? 200 : byte));

const heic = (...boxes: Uint8Array[]) => Buffer.concat([HEIC, ...boxes]);

test.each([
	['a HEIC whose pixels last as long as the file', heic(META, lasting('mdat', PIXELS))],
	['a HEIC whose pixels have a length of eight bytes', heic(META, long('mdat', PIXELS))],
	['a HEIC with an empty box in front', heic(FREE, META, box('mdat', PIXELS))],
	['a HEIC whose pixels stand in its description', heic(box('meta', be32(0), box('idat', PIXELS)))],
	[
		'a HEIC without a description, whose pixels read as the name of a box',
		heic(box('mdat', ascii('idat'), PIXELS)),
	],
	[
		'a HEIC with bytes behind it that are no box',
		Buffer.concat([heif('heic', 'mif1'), be32(4), ascii('freefree')]),
	],
	['a JPEG XL in parts', jxl(box('jxlp', be32(0), jxlStream))],
	['a JPEG 2000 that lasts as long as the file', jp2(lasting('jp2c', codestream))],
])('%s is whole', (_, bytes) => {
	expect(endsInTheMiddle(bytes)).toBe(false);
});

test.each([
	['a HEIC that ends with its description', heic(META)],
	['a HEIC that ends in a length of eight bytes', heic(META, be32(1), ascii('mdat'), be32(0))],
	[
		'a HEIC without its last byte, where its pixels have a length of eight bytes',
		heic(META, long('mdat', PIXELS)).subarray(0, -1),
	],
	['a JPEG XL without any part', jxl(FREE)],
	[
		'a JPEG 2000 without its last byte, where it lasts as long as the file',
		jp2(lasting('jp2c', codestream)).subarray(0, -1),
	],
])('%s is cut', (_, bytes) => {
	expect(endsInTheMiddle(bytes)).toBe(true);
});

describe('a HEIC of 1,000 boxes without pixels', () => {
	const free = (count: number) => Buffer.alloc(FREE.length * count, FREE);

	test('is left to decoders, and one of fewer is cut', () => {
		expect(endsInTheMiddle(heic(free(998)))).toBe(true);
		expect(endsInTheMiddle(heic(free(999)))).toBe(false);
	});

	test('is looked at no further', () => {
		expect(endsInTheMiddle(heic(free(998), OVERRUN))).toBe(true);
		expect(endsInTheMiddle(heic(free(999), OVERRUN))).toBe(false);
	});

	test('is none where the last of a few boxes lasts as long as the file', () => {
		expect(endsInTheMiddle(heic(META, lasting('free', PIXELS)))).toBe(true);
	});
});

describe('a WebP', () => {
	const webp = (length: number, ...chunks: Buffer[]) =>
		Buffer.concat([ascii('RIFF'), u32(length), ascii('WEBP'), ...chunks]);

	test('that does not say its length is as long as its first chunk', () => {
		const bytes = webp(0, ascii('VP8 '), u32(10), Buffer.alloc(10, 0x5a));
		expect(endsInTheMiddle(bytes)).toBe(false);
		expect(endsInTheMiddle(bytes.subarray(0, -2))).toBe(true);
	});

	test('that is too short is left to decoders from 100,000 chunks on', () => {
		const chunks = Buffer.alloc(100_000 * 8, Buffer.concat([ascii('ANMF'), u32(0)]));
		expect(endsInTheMiddle(webp(chunks.length + 100, chunks.subarray(8)))).toBe(true);
		expect(endsInTheMiddle(webp(chunks.length + 100, chunks))).toBe(false);
	});
});
