import { pictureFormat } from '../../nodes/Sats4Ai/purchase/service/picture/format';
import { builtFiles } from './built';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const built = (name: string) => new Map(builtFiles).get(name) ?? Buffer.alloc(0);

test.each([
	['image/png', 'png', built('PNG that moves')],
	['image/jpeg', 'jpg', latin1('\xff\xd8\xff\xe0\0\x10JFIF\0')],
	['image/gif', 'gif', latin1('GIF87a\x01\0\x01\0\0\0\0')],
	['image/gif', 'gif', latin1('GIF89a\x01\0\x01\0\0\0\0')],
	['image/webp', 'webp', latin1('RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0')],
	['image/avif', 'avif', built('AVIF in a sequence')],
	['image/heic', 'heic', built('HEIC')],
	['image/heif', 'heif', built('HEIF')],
	['image/tiff', 'tiff', built('TIFF, low byte first')],
	['image/bmp', 'bmp', built('BMP')],
	['image/x-icon', 'ico', built('icon')],
	['image/jxl', 'jxl', built('JPEG XL')],
	['image/jxl', 'jxl', built('JPEG XL in a container')],
	['image/jp2', 'jp2', built('JPEG 2000')],
	['image/j2c', 'j2c', built('JPEG 2000 without a container')],
	['image/vnd.adobe.photoshop', 'psd', built('PSD')],
	['image/x-portable-anymap', 'pnm', built('PPM')],
])('%s has a name that ends in .%s', (mimeType, extension, bytes) => {
	expect(pictureFormat(bytes)).toMatchObject({ mimeType, extension });
});

describe('a JPEG', () => {
	test.each([
		['a frame', 'c0000b'],
		['code tables', 'c4001f'],
		['a scan', 'da0008'],
		['quantization', 'db0043'],
		['JFIF', 'e00010'],
		['a comment', 'fe0004'],
		['an empty segment', 'fe0002'],
		['filling', 'ffffe00010'],
		['filling, whatever follows it', 'ff0000'],
		['a marker, and no more', 'e0'],
	])('may begin with %s', (_, hex) => {
		expect(pictureFormat(Buffer.from(`ffd8ff${hex}`, 'hex'))).toMatchObject({ extension: 'jpg' });
	});

	test.each([
		['nothing', ''],
		['no marker', '000010'],
		['a marker that is kept for later', 'bf0010'],
		['a restart in front of any scan', 'd00010'],
		['the last of the restarts', 'd70010'],
		['a second start', 'd80010'],
		['its end', 'd90010'],
		['a segment shorter than its own length', 'e00001'],
		['a segment of no length', 'e00000'],
	])('does not begin with %s', (_, hex) => {
		expect(pictureFormat(Buffer.from(`ffd8ff${hex}`, 'hex'))).toBeNull();
	});
});

describe('a portable anymap', () => {
	test.each([
		['one line', 'P5 1 1 255 '],
		['breaks of Windows', 'P6\r\n1 1\r\n255\r\n'],
		['sizes of several digits', 'P6\n12 345\n255\n'],
		['several blanks between its sizes', 'P6\n1   2\n255\n'],
		['a blank line after a comment', 'P4\n# by hand\n\n1 1\n'],
		['two comments', 'P4\n# by hand\n# by Oma\n1 1\n'],
	])('may have a header with %s', (_, header) => {
		expect(pictureFormat(latin1(`${header}\x80`))).toMatchObject({ extension: 'pnm' });
	});

	test.each([
		['no header', 'P6\x80\x90\xa0'],
		['no height', 'P6\n12\n'],
		['words in it', 'P6\nwide 1\n255\n'],
	])('has a header of numbers, and not %s', (_, header) => {
		expect(pictureFormat(latin1(header))).toBeNull();
	});
});

test.each([
	['the header of an anymap, further on', '\x01\x02P6\n1 1\n255\n\x80\x90\xa0'],
	['the name of WebP without its container', 'RIFX\x24\0\0\0WEBPVP8 \x18\0\0\0'],
	['the container of WebP without its name', 'RIFF\x24\0\0\0ACONVP8 \x18\0\0\0'],
])('%s is no picture', (_, text) => {
	expect(pictureFormat(latin1(text))).toBeNull();
});

test('a bare JPEG XL has more than eight bytes', () => {
	const bytes = built('JPEG XL');
	expect(pictureFormat(bytes.subarray(0, 8))).toBeNull();
	expect(pictureFormat(bytes.subarray(0, 9))).toMatchObject({ extension: 'jxl' });
});
