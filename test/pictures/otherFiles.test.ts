import { isPlainlyNoPicture } from '../../nodes/Sats4Ai/purchase/service/picture/otherFile';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
/** As no text has them. */
const PIXELS = '\0\x01\x05\0\0\x01'.repeat(2);
const isNone = (text: string) => isPlainlyNoPicture(latin1(text + PIXELS));

test.each([
	...['%PDF', '%!PS', '{\\rtf', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'SQLite format 3\0'],
	...['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08', '\x1f\x8b', 'BZh', '\xfd7zXZ\0', 'Rar!\x1a\x07'],
	...['7z\xbc\xaf\x27\x1c', '\x28\xb5\x2f\xfd', '\x7fELF', '\0asm', 'bplist00', 'wOFF', 'wOF2'],
	...['ID3', 'OggS', 'fLaC', '\x1a\x45\xdf\xa3', 'FLV\x01'],
	...['RIFF\x24\0\0\0WAVE', 'RIFF\x24\0\0\0AVI '],
])('what begins like a document, an archive, a program, sound or a film is none: %j', (start) => {
	expect(isNone(start)).toBe(true);
});

test.each(['<?xml', '<!DOCTYPE', '<!--', '<html', '<HEAD', '<body', '<svg'])(
	'what begins with the markup %s is none',
	(start) => {
		expect(isNone(start)).toBe(true);
	},
);

test.each([
	['blank lines', '\r\n\r\n'],
	['a mark of its byte order', '\xef\xbb\xbf'],
	['a mark of its byte order and a blank line', '\xef\xbb\xbf\r\n'],
])('a document may begin after %s', (_, before) => {
	expect(isNone(`${before}{\\rtf1`)).toBe(true);
});

test('an archive of tape is none, whatever its first file is called', () => {
	expect(isNone(`${'oma.txt'.padEnd(257, '\0')}ustar\x0000`)).toBe(true);
});

const media = (brand: string) => `\0\0\0\x10ftyp${brand}\0\0\0\0`;

test.each([
	...['isom', 'iso2', 'iso6', 'iso9', 'mp41', 'mp42', 'mp4v', 'avc1', 'dash', 'qt  '],
	...['M4A ', 'M4B ', 'M4P ', 'M4V ', '3gp4', '3gp5', '3g2a', 'f4v '],
])('a film or a sound of the brand %j is none', (brand) => {
	expect(isNone(media(brand))).toBe(true);
});

test.each([...['isox', 'iso1', 'mp4x', 'M4X ', '3gx4', 'crx ', 'qt3d']])(
	'a file of the brand %j may be a picture',
	(brand) => {
		expect(isNone(media(brand))).toBe(false);
	},
);

test.each([
	['a container that holds neither sound nor a film', 'RIFF\x24\0\0\0ACONLIST'],
	['XML inside of other bytes', '\x01\x02\0<?xml version="1.0"?><photo/>'],
	['a signature with a blank in it', 'I D3'],
	['a signature with a mark in it', 'P\xef\xbb\xbfK\x03\x04'],
	['a box of brands without any', '\0\0\0\x08ftyp'],
])('%s may be a picture', (_, start) => {
	expect(isNone(start)).toBe(false);
});

test('eleven bytes are too few for a picture that nobody knows, twelve are not', () => {
	expect(isPlainlyNoPicture(latin1(PIXELS.slice(0, 11)))).toBe(true);
	expect(isPlainlyNoPicture(latin1(PIXELS))).toBe(false);
});

describe.each(['LE', 'BE'] as const)('without a mark of its byte order, UTF-16 in %s', (order) => {
	const isText = (text: string) => {
		const bytes = Buffer.from(text, 'utf16le');
		return isPlainlyNoPicture(order === 'LE' ? bytes : bytes.swap16());
	};

	test('is text where a quarter of its signs are plain', () => {
		expect(isText('Это кот,')).toBe(true);
		expect(isText('Это коты,')).toBe(false);
	});

	test('is text also with a zero at its end', () => {
		expect(isText('This is Oma\0')).toBe(true);
	});

	test('is no text with a zero in it', () => {
		expect(isText('This is\0 Oma')).toBe(false);
	});
});
