import { bigEndian, littleEndian, startsAt, type NumberReader } from './numbers';
import type { PictureBytes } from './pieces';

/*
 * Formats whose header says where the pixels stand: BMP, icons and TIFF. Each check says whether
 * they surely stand past the end of the file.
 */

const BMP_HEADER_BYTES = [12, 16, 40, 52, 56, 64, 108, 124];
/** Shorter headers do not tell how the pixels are packed: they are not. */
const BMP_WITH_COMPRESSION = 40;

/** `BM` alone begins many a text. */
export function isBmp(bytes: PictureBytes): boolean {
	return startsAt(bytes, 0, 'BM') && BMP_HEADER_BYTES.includes(littleEndian(bytes)(14, 4));
}

/** Rows without compression have a known length; the last one needs no filling. */
export function isBmpCut(bytes: PictureBytes): boolean {
	const number = littleEndian(bytes);
	const pixelsAt = number(10, 4);
	const isOld = number(14, 4) === 12;
	const width = isOld ? number(18, 2) : number(18, 4);
	const height = isOld ? number(20, 2) : Math.abs(number(22, 4) | 0);
	const rowBits = width * (isOld ? number(24, 2) : number(28, 2));
	const compression = number(14, 4) < BMP_WITH_COMPRESSION ? 0 : number(30, 4);
	if (compression !== 0 && compression !== 3) return pixelsAt >= bytes.length;
	const fillBytes = Math.ceil(rowBits / 32) * 4 - Math.ceil(rowBits / 8);
	const endsAt = pixelsAt + Math.ceil(rowBits / 32) * 4 * height - fillBytes;
	return !(endsAt <= bytes.length);
}

const ICON_BITS = [0, 1, 4, 8, 16, 24, 32];

/** A directory of at least one picture, whose first entry makes sense. */
export function isIcon(bytes: PictureBytes): boolean {
	if (!startsAt(bytes, 0, '\0\0\x01\0')) return false;
	const number = littleEndian(bytes);
	const count = number(4, 2);
	return (
		count > 0 &&
		number(10, 2) <= 1 &&
		ICON_BITS.includes(number(12, 2)) &&
		number(14, 4) > 0 &&
		number(18, 4) >= 6 + 16 * count
	);
}

export function isIconCut(bytes: PictureBytes): boolean {
	const number = littleEndian(bytes);
	for (let entry = 0; entry < number(4, 2); entry += 1) {
		const at = 6 + 16 * entry;
		if (!(number(at + 12, 4) + number(at + 8, 4) <= bytes.length)) return true;
	}
	return false;
}

const TIFF_STARTS = ['II*\0', 'MM\0*', 'II+\0\x08\0\0\0', 'MM\0+\0\x08\0\0'];

export function isTiff(bytes: PictureBytes): boolean {
	return TIFF_STARTS.some((start) => startsAt(bytes, 0, start));
}

const MOST_PAGES = 16;
/** Tags with the places of strips and tiles, each with the tag of their lengths. */
const PLACES: ReadonlyMap<number, number> = new Map([
	[273, 279],
	[324, 325],
]);
/** Bytes of a value, by its type: 1 to 13, and 16 to 18 of BigTIFF. */
const VALUE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
const NUMBER_BYTES: Readonly<Record<number, 2 | 4 | 8>> = { 3: 2, 4: 4, 16: 8 };

/** Where the directory of the first page stands; NaN where the file does not say. */
export function firstDirectoryAt(bytes: PictureBytes): number {
	const number = startsAt(bytes, 0, 'II') ? littleEndian(bytes) : bigEndian(bytes);
	return number(2, 2) === 43 ? number(8, 8) : number(4, 4);
}

/** More of either is no picture's doing; what is beyond is not looked at. */
const MOST_ENTRIES = 4_096;
const MOST_PLACES = 20_000;

/** Looks at the first pages: a directory, its values, or a strip or tile of pixels past the end. */
export function isTiffCut(bytes: PictureBytes): boolean {
	const number = startsAt(bytes, 0, 'II') ? littleEndian(bytes) : bigEndian(bytes);
	const isBig = number(2, 2) === 43;
	let at = firstDirectoryAt(bytes);
	for (let page = 0; page < MOST_PAGES && at !== 0; page += 1) {
		const entries = number(at, isBig ? 8 : 2);
		const entriesAt = at + (isBig ? 8 : 2);
		const nextAt = entriesAt + entries * (isBig ? 20 : 12);
		if (!(nextAt <= bytes.length)) return true;
		if (isPageCut(bytes, number, isBig, entriesAt, entries)) return true;
		// Some writers forget the last link, where the file ends with the directory.
		if (nextAt === bytes.length) return false;
		at = number(nextAt, isBig ? 8 : 4);
	}
	return false;
}

function isPageCut(
	bytes: PictureBytes,
	number: NumberReader,
	isBig: boolean,
	entriesAt: number,
	entries: number,
): boolean {
	const wordBytes = isBig ? 8 : 4;
	const values = new Map<number, (index: number) => number>();
	const counts = new Map<number, number>();
	for (let entry = 0; entry < Math.min(entries, MOST_ENTRIES); entry += 1) {
		const at = entriesAt + entry * (isBig ? 20 : 12);
		const type = number(at + 2, 2);
		const count = number(at + 4, wordBytes);
		const length = count * (VALUE_BYTES[type] ?? 0);
		const ownAt = at + 4 + wordBytes;
		const valuesAt = length <= wordBytes ? ownAt : number(ownAt, wordBytes);
		if (!(valuesAt + length <= bytes.length)) return true;
		const size = NUMBER_BYTES[type];
		if (size === undefined) continue;
		counts.set(number(at, 2), count);
		values.set(number(at, 2), (index) => number(valuesAt + index * size, size));
	}
	for (const [places, lengths] of PLACES) {
		const count = Math.min(counts.get(places) ?? 0, MOST_PLACES);
		for (let index = 0; index < count; index += 1) {
			const place = values.get(places)?.(index) ?? NaN;
			const length = values.get(lengths)?.(index) ?? 0;
			if (!(place + length <= bytes.length)) return true;
		}
	}
	return false;
}
