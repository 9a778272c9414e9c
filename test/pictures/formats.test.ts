import {
	endsInTheMiddle,
	pictureFormat,
} from '../../nodes/Sats4Ai/purchase/service/picture/format';
import { isPlainlyNoPicture } from '../../nodes/Sats4Ai/purchase/service/picture/otherFile';
import { builtFiles } from './built';
import { drawnFiles, type PictureFile } from './drawn';

let files: PictureFile[] = [];
beforeAll(async () => {
	files = [...(await drawnFiles()), ...builtFiles];
});

/** Names of the files of which something holds. */
const namesWhere = (holds: (bytes: Buffer) => boolean) =>
	files.filter(([, bytes]) => holds(bytes)).map(([name]) => name);

const KIND: ReadonlyArray<[RegExp, string]> = [
	[/^(PNG)/, 'image/png'],
	[/^JPEG 2000 without/, 'image/j2c'],
	[/^JPEG 2000/, 'image/jp2'],
	[/^JPEG XL/, 'image/jxl'],
	[/^JPEG/, 'image/jpeg'],
	[/^GIF/, 'image/gif'],
	[/^WebP/, 'image/webp'],
	[/^AVIF/, 'image/avif'],
	[/^HEIC/, 'image/heic'],
	[/^HEIF/, 'image/heif'],
	[/TIFF/, 'image/tiff'],
	[/^BMP/, 'image/bmp'],
	[/^icon/, 'image/x-icon'],
	[/^PSD/, 'image/vnd.adobe.photoshop'],
	[/^PPM/, 'image/x-portable-anymap'],
];

test('there are many', () => {
	expect(files.length).toBeGreaterThanOrEqual(70);
});

test('each is known for what it is', () => {
	const told = files.map(([name, bytes]) => [name, pictureFormat(bytes)?.mimeType]);
	const right = files.map(([name]) => [name, KIND.find(([names]) => names.test(name))?.[1]]);
	expect(told).toEqual(right);
});

test('each is a picture, and whole, also with bytes after its end', () => {
	expect(namesWhere(isPlainlyNoPicture)).toEqual([]);
	expect(namesWhere(endsInTheMiddle)).toEqual([]);
	const tail = Buffer.alloc(300, 0xa5);
	expect(namesWhere((bytes) => endsInTheMiddle(Buffer.concat([bytes, tail])))).toEqual([]);
});

test('half of each is known to be cut, where its format tells', () => {
	const half = (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1);
	expect(namesWhere((bytes) => !endsInTheMiddle(half(bytes)))).toEqual([
		// Half of their headers is too short to tell.
		...['BMP as in OS/2', 'BMP with the shortest header of OS/2 2'],
		// Their headers alone are known.
		...['JPEG XL', 'PSD', 'PPM'],
	]);
});

test('a few bytes less are missed, where the end is marked or the length is told', () => {
	const isMissed = ([name, bytes]: PictureFile) =>
		/^(PNG|JPEG(?! XL$)|GIF|WebP|AVIF|HEI)/.test(name) &&
		!endsInTheMiddle(bytes.subarray(0, bytes.length - 12));
	expect(files.filter(isMissed).map(([name]) => name)).toEqual([]);
});

test('no beginning of any is an error', () => {
	let looks = 0;
	for (const [, bytes] of files) {
		for (let length = 0; length < Math.min(400, bytes.length); length += 1) {
			const start = bytes.subarray(0, length);
			for (const look of [pictureFormat, endsInTheMiddle, isPlainlyNoPicture]) look(start);
			looks += 1;
		}
	}
	expect(looks).toBeGreaterThan(1_000);
});

describe('the end of a JPEG', () => {
	const thumbnail = Buffer.from('ffd8ffdb0004000affda000400000102ffd9', 'hex');
	const whole = (segment: Buffer) => {
		const length = Buffer.alloc(2);
		length.writeUInt16BE(segment.length + 2);
		return Buffer.concat([
			Buffer.from('ffd8ffe1', 'hex'),
			length,
			segment,
			Buffer.from('ffdb0004000affda00040000010203040506ffd9', 'hex'),
		]);
	};

	test('is not that of the thumbnail in its EXIF', () => {
		const bytes = whole(Buffer.concat([Buffer.from('Exif\0\0'), thumbnail]));
		expect(endsInTheMiddle(bytes)).toBe(false);
		for (let length = 12; length < bytes.length; length += 1) {
			expect(endsInTheMiddle(bytes.subarray(0, length))).toBe(true);
		}
	});

	test('may come after filling between its segments', () => {
		const bytes = whole(Buffer.from('x'));
		const filled = Buffer.concat([
			bytes.subarray(0, 7),
			Buffer.from('ffffff', 'hex'),
			bytes.subarray(7),
		]);
		expect(endsInTheMiddle(filled)).toBe(false);
	});
});

const utf16 = (text: string, order: 'LE' | 'BE') => {
	const bytes = Buffer.from(text, 'utf16le');
	return order === 'LE' ? bytes : bytes.swap16();
};
const page = '<!doctype html><html><body><p>Größe: 12 €, straße</p></body></html>\r\n';
const longText = `${'a'.repeat(511)}é${'ß'.repeat(2_000)}`;
const table = 'BM;Name;Ort\r\n1;Müller;Köln\r\n2;Öztürk;Bonn\r\n';

const noPictures: ReadonlyArray<PictureFile> = [
	['UTF-8 with a sign over byte 512', Buffer.from(longText)],
	['UTF-8 with a sign over byte 4096', Buffer.from(`a${'ß'.repeat(4_000)}`)],
	['UTF-8 with a mark', Buffer.from(`\uFEFF${page}`)],
	['a page in Latin-1', Buffer.from(page, 'latin1')],
	['Cyrillic in one byte', Buffer.from('cff0e8e2e5f22c20ece8f021', 'hex')],
	['UTF-16 with a mark', Buffer.from(`\uFEFF${page}`, 'utf16le')],
	['UTF-16 with a mark, high byte first', utf16(`\uFEFF${page}`, 'BE')],
	['UTF-16 without a mark', utf16(page, 'LE')],
	['UTF-16 without a mark, high byte first', utf16(page, 'BE')],
	['UTF-16 in Cyrillic with a mark', Buffer.from('\uFEFFПривет, мир. Это не картинка.', 'utf16le')],
	['UTF-16 of odd length', Buffer.concat([utf16(page, 'LE'), Buffer.from('a')])],
	['a PDF', Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\0\x01', 'latin1')],
	['a PDF after a mark', Buffer.from('\uFEFF%PDF-1.4\n\0\x01\x02\x03')],
	['a PDF after a blank line', Buffer.from('\r\n\r\n%PDF-1.4\n\0\x01\x02\x03')],
	['a PDF after some bytes', Buffer.concat([Buffer.alloc(700, 1), Buffer.from('%PDF-1.4\0\x02')])],
	['a table that begins with BM', Buffer.from(table)],
	['the same in Latin-1', Buffer.from(table, 'latin1')],
	['words that begin like a GIF', Buffer.from('GIF89a is a format, and this is a text.')],
	['words that begin like a TIFF', Buffer.from('II* MM* this is a text')],
	['nine bytes', Buffer.from('7e2965b2972b7a9a6d', 'hex')],
	['zeros', Buffer.alloc(5_000)],
	['one byte again and again', Buffer.alloc(5_000, 0xff)],
	['JSON', Buffer.from(JSON.stringify({ image: 'iVBORw0KGgo', list: [1, 2, 3] }, null, 2))],
	['CSV', Buffer.from('id,name\n1,"Oma"\n2,"Opa"\n')],
	['XML', Buffer.from('<?xml version="1.0"?>\n<photo/>')],
	['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')],
	['SVG after a comment', Buffer.from('\n<!-- drawn -->\n<svg>\0</svg>')],
	['an archive', Buffer.from('PK\x03\x04\x14\0\x06\0\x08\0\0\0', 'latin1')],
	['an empty archive', Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)])],
	['an old Word file', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(500)])],
	['rich text', Buffer.from('{\\rtf1\\ansi Oma\0}')],
	['packed bytes', Buffer.from('1f8b0800000000000003cb48cdc9c9', 'hex')],
	['a film', Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1')],
	['sound', Buffer.from('RIFF\x24\0\0\0WAVEfmt \x10\0\0\0', 'latin1')],
	['a program', Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(60)])],
];

test.each(noPictures)('%s is no picture', (_name, bytes) => {
	expect(pictureFormat(bytes)).toBeNull();
	expect(isPlainlyNoPicture(bytes)).toBe(true);
});

test.each([
	['bytes that nobody here knows', Buffer.from('000102fffe89504e470d0a1a0a00', 'hex')],
	[
		'a camera file with a film in its brands',
		Buffer.from('\0\0\0\x18ftypcrx \0\0\0\x01crx isom', 'latin1'),
	],
	[
		'a header in words, then pixels',
		Buffer.concat([Buffer.from('SIMPLE  =  T'.padEnd(2_880)), Buffer.alloc(2_880, 3)]),
	],
	['many zeros, then more', Buffer.concat([Buffer.alloc(600), Buffer.from('0102030405', 'hex')])],
] as PictureFile[])('%s may be a picture', (_name, bytes) => {
	expect(isPlainlyNoPicture(bytes)).toBe(false);
});
