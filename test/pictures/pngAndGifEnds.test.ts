import { endsInTheMiddle } from '../../nodes/Sats4Ai/purchase/service/picture/format';
import { ascii, be32, pngChunk } from './built';
import { hex, wholeAt } from './lengths';

const SIGNATURE = ascii('\x89PNG\r\n\x1a\n');
const HEADER = pngChunk('IHDR', Buffer.concat([be32(1, 1), hex('0800000000')]));
/** Words about the end of a PNG. */
const WORDS = pngChunk('tEXt', ascii('Comment\0IEND is its end'));
const PIXELS = pngChunk('IDAT', hex('789c6368000000820081'));
const END = pngChunk('IEND', hex(''));

const png = (...parts: Buffer[]) => Buffer.concat([SIGNATURE, ...parts]);

describe('a PNG', () => {
	test.each([
		['with the name of its end in a text', png(HEADER, WORDS, PIXELS, END)],
		['as in apps of iOS', png(pngChunk('CgBI', be32(0x50002002)), HEADER, WORDS, PIXELS, END)],
	])('%s is whole with its last byte, and not before', (_, bytes) => {
		expect(wholeAt(bytes, SIGNATURE.length)).toEqual([bytes.length]);
	});

	test('that begins with strange bytes is whole where its end is anywhere', () => {
		expect(endsInTheMiddle(png(be32(0), HEADER, PIXELS, END))).toBe(false);
		expect(endsInTheMiddle(png(be32(0), HEADER, PIXELS))).toBe(true);
	});

	test('whose chunk has a name of other signs than letters is cut', () => {
		expect(endsInTheMiddle(png(HEADER, pngChunk('ID T', hex('00')), END))).toBe(true);
	});

	test('without an end is left to decoders from 100,000 chunks on', () => {
		const chunks = Buffer.alloc(99_999 * 12, pngChunk('tEXt', hex('')));
		expect(endsInTheMiddle(png(HEADER, chunks.subarray(12)))).toBe(true);
		expect(endsInTheMiddle(png(HEADER, chunks))).toBe(false);
	});
});

const GIF_HEADER = Buffer.concat([ascii('GIF89a'), hex('01000100000000')]);
const IMAGE = hex('2c00000000010001000002024c0100');
const IMAGE_WITH_COLORS = hex('2c000000000100010080000000ffffff02024c0100');
const ZEROS = hex('000000');
const TRAILER = hex('3b');

const gif = (...parts: Buffer[]) => Buffer.concat([GIF_HEADER, ...parts]);

describe('a GIF', () => {
	test.each([
		['with zeros between its blocks', gif(ZEROS, IMAGE, ZEROS, TRAILER)],
		['whose picture has colors of its own', gif(IMAGE_WITH_COLORS, TRAILER)],
	])('%s is whole with its last byte, and not before', (_, bytes) => {
		expect(wholeAt(bytes, GIF_HEADER.length)).toEqual([bytes.length]);
	});

	test.each([
		['blocks', gif(Buffer.alloc(4_000_000))],
		['parts of one block', gif(hex('21fe'), Buffer.alloc(2 * 4_000_000, '013b', 'hex'))],
	])('of 4,000,000 %s is left to decoders', (_, bytes) => {
		expect(endsInTheMiddle(bytes)).toBe(false);
	});
});
