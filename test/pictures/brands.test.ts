import { pictureFormat } from '../../nodes/Sats4Ai/purchase/service/picture/format';
import { ascii, be32, box, heif } from './built';

test.each([
	...['avif', 'avis'].map((brand) => [brand, 'avif'] as const),
	...['heic', 'heix', 'heim', 'heis'].map((brand) => [brand, 'heic'] as const),
	...['hevc', 'hevx', 'hevm', 'hevs'].map((brand) => [brand, 'heic'] as const),
	...['mif1', 'mif2', 'mif3', 'msf1', 'miaf'].map((brand) => [brand, 'heif'] as const),
])('a file with the brand %s is %s', (brand, kind) => {
	expect(pictureFormat(heif(brand))).toMatchObject({ extension: kind });
});

test('a brand may stand among others that nobody knows', () => {
	expect(pictureFormat(heif('abcd', 'efgh', 'mif1'))).toMatchObject({ extension: 'heif' });
	expect(pictureFormat(heif('abcd', 'mif1', 'efgh', 'avif'))).toMatchObject({ extension: 'avif' });
});

test.each([
	['whose brands are all unknown', heif('abcd', 'efgh')],
	['with a version that reads like a brand', box('ftyp', ascii('abcd'), ascii('heic'))],
	[
		'with another box that is called like a brand',
		Buffer.concat([box('ftyp', ascii('abcd'), be32(0)), box('heic', ascii('avif'))]),
	],
])('a file %s is no picture', (_, bytes) => {
	expect(pictureFormat(bytes)).toBeNull();
});
