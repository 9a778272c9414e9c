import { endsInTheMiddle } from '../../nodes/Sats4Ai/purchase/service/picture/format';
import { ascii, builtFiles, numbers, u16, u32 } from './built';

/** Bytes of a value by its type; a fraction, 5, is of two numbers. */
const VALUE_BYTES = { 3: 2, 4: 4, 5: 8, 16: 8 } as const;
/** Tags of places, and of the lengths of what stands there. */
const STRIPS = [273, 279] as const;
const TILES = [324, 325] as const;

interface Tiff {
	readonly tags: readonly [places: number, lengths: number];
	readonly type: 3 | 4 | 5 | 16;
	/** Of the strips or tiles, one behind the other. */
	readonly lengths: readonly number[];
	readonly isBig?: boolean;
}

/** A TIFF whose directory stands in front of its pixels. */
function tiff({ tags, type, lengths, isBig = false }: Tiff): Buffer {
	const word = (...values: number[]) => numbers(isBig ? 8 : 4, 'LE', ...values);
	const head = Buffer.concat([ascii('II'), isBig ? u16(43, 8, 0) : u16(42), word(isBig ? 16 : 8)]);
	const count = isBig ? word(tags.length) : u16(tags.length);
	const entryBytes = isBig ? 20 : 12;
	const valueBytes = lengths.length * VALUE_BYTES[type];
	const isOutside = valueBytes > word(0).length;
	const valuesAt = head.length + count.length + tags.length * entryBytes + word(0).length;
	const pixelsAt = valuesAt + (isOutside ? tags.length * valueBytes : 0);
	const places = lengths.map((_, index) =>
		lengths.slice(0, index).reduce((sum, length) => sum + length, pixelsAt),
	);
	const values = [places, lengths].map((list) => numbers(VALUE_BYTES[type], 'LE', ...list));
	const entries = values.map((own, index) =>
		Buffer.concat([
			u16(tags[index] ?? 0, type),
			word(lengths.length),
			isOutside ? word(valuesAt + index * valueBytes) : own,
			Buffer.alloc(isOutside ? 0 : word(0).length - own.length),
		]),
	);
	const pixels = lengths.map((length) => Buffer.alloc(length, 0x5a));
	const outside = isOutside ? values : [];
	return Buffer.concat([head, count, ...entries, word(0), ...outside, ...pixels]);
}

describe('a TIFF is whole with the last byte of its pixels, and not before:', () => {
	test.each([
		['one strip', { tags: STRIPS, type: 4, lengths: [7] }],
		['strips', { tags: STRIPS, type: 4, lengths: [7, 5, 6] }],
		['strips at places of two bytes', { tags: STRIPS, type: 3, lengths: [7, 5, 6] }],
		['tiles', { tags: TILES, type: 4, lengths: [7, 5, 6] }],
		['strips of a BigTIFF', { tags: STRIPS, type: 16, lengths: [7, 5, 6], isBig: true }],
		['tiles of a BigTIFF', { tags: TILES, type: 4, lengths: [7, 5], isBig: true }],
	] as Array<[string, Tiff]>)('%s', (_, form) => {
		const bytes = tiff(form);
		expect(endsInTheMiddle(bytes)).toBe(false);
		expect(endsInTheMiddle(bytes.subarray(0, -1))).toBe(true);
	});
});

test('a TIFF whose strips have no length is whole where each of them begins', () => {
	const bytes = tiff({ tags: [273, 999], type: 4, lengths: [7, 5] });
	expect(endsInTheMiddle(bytes.subarray(0, -5))).toBe(false);
	expect(endsInTheMiddle(bytes.subarray(0, -6))).toBe(true);
});

test('a TIFF whose places are no whole numbers is left to decoders', () => {
	expect(endsInTheMiddle(tiff({ tags: STRIPS, type: 5, lengths: [7, 5] }))).toBe(false);
});

describe('the pages of a TIFF', () => {
	/** Empty pages, the last of them with a link to this place. */
	const pages = (count: number, lastLink: number) => {
		const links = Array.from({ length: count }, (_, page) =>
			page === count - 1 ? lastLink : 8 + 6 * (page + 1),
		);
		return Buffer.concat([
			ascii('II*\0'),
			u32(8),
			...links.map((link) => Buffer.concat([u16(0), u32(link)])),
		]);
	};

	test('need no link behind the last one', () => {
		const whole = builtFiles.filter(([name]) => name.startsWith('TIFF'));
		expect(whole).toHaveLength(2);
		for (const [, bytes] of whole) {
			expect(endsInTheMiddle(bytes.subarray(0, -4))).toBe(false);
			expect(endsInTheMiddle(bytes.subarray(0, -5))).toBe(true);
		}
	});

	test('are looked at up to the sixteenth', () => {
		expect(endsInTheMiddle(pages(15, 9_000))).toBe(true);
		expect(endsInTheMiddle(pages(16, 9_000))).toBe(false);
	});

	test('may go round in a circle', () => {
		expect(endsInTheMiddle(pages(3, 8))).toBe(false);
	});
});
