import sharp from 'sharp';
import { endsInTheMiddle } from '../../nodes/Sats4Ai/purchase/service/picture/format';

const drawn = (format: 'avif' | 'gif' | 'jpeg' | 'png' | 'tiff' | 'webp') =>
	sharp({ create: { width: 64, height: 48, channels: 3, background: '#369' } })
		.toFormat(format)
		.toBuffer();

const FORMATS = ['avif', 'gif', 'jpeg', 'png', 'tiff', 'webp'] as const;

describe('a picture', () => {
	test.each(FORMATS)('in %s is whole, also with bytes after its end', async (format) => {
		const bytes = await drawn(format);
		expect(endsInTheMiddle(bytes)).toBe(false);
		expect(endsInTheMiddle(Buffer.concat([bytes, Buffer.alloc(3_000, 0xa5)]))).toBe(false);
	});

	test.each(['jpeg', 'png', 'webp'] as const)('in %s is known to be cut off', async (format) => {
		const bytes = await drawn(format);
		for (const length of [bytes.length - 12, Math.floor(bytes.length / 2), 16]) {
			expect(endsInTheMiddle(bytes.subarray(0, length))).toBe(true);
		}
	});

	test('that is a WebP without its last padding byte is whole', async () => {
		const bytes = await drawn('webp');
		expect(endsInTheMiddle(bytes.subarray(0, bytes.length - 1))).toBe(false);
	});

	test('of fewer bytes than any header is no reason to fail', () => {
		for (let length = 0; length < 16; length += 1) {
			expect(() =>
				endsInTheMiddle(Buffer.from('RIFF\0\0\0\0WEBPVP8 ').subarray(0, length)),
			).not.toThrow();
		}
	});
});
