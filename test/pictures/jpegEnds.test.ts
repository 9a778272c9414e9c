import { endsInTheMiddle } from '../../nodes/Sats4Ai/purchase/service/picture/format';
import { hex, wholeAt } from './lengths';

/** A segment with a marker and a length. */
function segment(marker: string, content: Buffer): Buffer {
	const length = Buffer.alloc(2);
	length.writeUInt16BE(content.length + 2);
	return Buffer.concat([hex(marker), length, content]);
}

const START = hex('ffd8ffdb0004000a');
const SCAN = hex('ffda00040000010203040506');
const END = hex('ffd9');
/** A small JPEG of its own. */
const THUMBNAIL = hex('ffd8ffdb0004000affda000400000102ffd9');
const EXIF = segment('ffe1', Buffer.concat([Buffer.from('Exif\0\0'), THUMBNAIL]));

const jpeg = (...parts: Buffer[]) => Buffer.concat([START, ...parts]);

describe('a JPEG is whole with its last byte, and not before,', () => {
	test.each([
		['where a thumbnail ends in front of its scan', jpeg(EXIF, SCAN, END)],
		['with a temporary marker', jpeg(hex('ff01'), EXIF, SCAN, END)],
		['with the first of the restarts', jpeg(hex('ffd0'), EXIF, SCAN, END)],
		['with the last of the restarts', jpeg(hex('ffd7'), EXIF, SCAN, END)],
		['with a second start', jpeg(hex('ffd8'), EXIF, SCAN, END)],
		['with filling in front of a segment', jpeg(hex('ffffff'), EXIF, SCAN, END)],
		['with a picture in any other segment', jpeg(segment('ffc4', THUMBNAIL), SCAN, END)],
		['with strange bytes between its segments', jpeg(hex('0000'), SCAN, END)],
		['with strange bytes behind a thumbnail', jpeg(EXIF, hex('00da00'), SCAN, END)],
	])('%s', (_, bytes) => {
		expect(wholeAt(bytes, START.length)).toEqual([bytes.length]);
	});
});

describe('an end is none', () => {
	test.each([
		['where there is no scan', jpeg(END)],
		['where a byte is only like that of a scan', jpeg(hex('00da'), END)],
		['where a scan follows behind it', jpeg(END, hex('0002'), SCAN, END)],
	])('%s', (_, bytes) => {
		expect(endsInTheMiddle(bytes)).toBe(true);
	});
});

describe('a JPEG without an end is left to decoders', () => {
	test('from 100,000 segments on', () => {
		// One stands in its start.
		expect(endsInTheMiddle(jpeg(Buffer.alloc(2 * 99_998, 'ff01', 'hex')))).toBe(true);
		expect(endsInTheMiddle(jpeg(Buffer.alloc(2 * 99_999, 'ff01', 'hex')))).toBe(false);
	});

	test('from 100,000 bytes like those of a scan on', () => {
		expect(endsInTheMiddle(jpeg(hex('00'), Buffer.alloc(99_999, 0xda)))).toBe(true);
		expect(endsInTheMiddle(jpeg(hex('00'), Buffer.alloc(100_000, 0xda)))).toBe(false);
	});
});
