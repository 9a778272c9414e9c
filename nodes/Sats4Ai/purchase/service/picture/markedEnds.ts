import { bigEndian, byteAt, startsAt } from './numbers';
import type { PictureBytes } from './pieces';

/*
 * Formats that mark their end. Each function says whether a file surely ends before it. Bytes after
 * the end are allowed.
 */

/** No picture has more parts in front of its end. What has more is left to decoders. */
const MOST_CHUNKS = 100_000;
const MOST_BLOCKS = 4_000_000;

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

/** A PNG is a row of chunks up to `IEND`. Where it is odd from the start, any `IEND` will do. */
export function isPngCut(bytes: PictureBytes): boolean {
	const isRegular = startsAt(bytes, 12, 'IHDR') || startsAt(bytes, 12, 'CgBI');
	if (!isRegular) return bytes.lastIndexOf('IEND') < 0;
	const number = bigEndian(bytes);
	let at = 8;
	for (let chunks = 0; chunks < MOST_CHUNKS; chunks += 1) {
		const type = bytes.toString('latin1', at + 4, at + 8);
		if (type === 'IEND') return at + 12 > bytes.length;
		if (!/^[A-Za-z]{4}$/.test(type)) return true;
		at += 12 + number(at, 4);
	}
	return false;
}

/** The end of a thumbnail, in a segment before the scan, is not the end of the picture. */
export function isJpegCut(bytes: PictureBytes): boolean {
	const scanAt = startOfScan(bytes);
	return scanAt < 0 || lastMarker(bytes, END_OF_IMAGE) < scanAt;
}

/**
 * Where a marker stands last; below 0 where it does not, and NaN, so that no comparison holds, where
 * that would take too long to tell. It is looked for by its second byte: the first one, in a file of
 * nothing else, would be found everywhere.
 */
function lastMarker(bytes: PictureBytes, marker: number): number {
	let at = bytes.length;
	for (let found = 0; found < MOST_BLOCKS; found += 1) {
		at = bytes.lastIndexOf(marker, at - 1);
		if (at < 1) return -1;
		if (byteAt(bytes, at - 1) === 0xff) return at - 1;
	}
	return NaN;
}

/** Where the first scan of a JPEG begins, past all segments before it; below 0 where none does, NaN as above. */
function startOfScan(bytes: PictureBytes): number {
	const number = bigEndian(bytes);
	let at = 2;
	for (let segments = 0; segments < MOST_CHUNKS; segments += 1) {
		if (at >= bytes.length) return -1;
		// What is no marker is looked over, as decoders do.
		if (number(at, 1) !== 0xff) return nextScan(bytes, at);
		const marker = number(at + 1, 1);
		if (marker === START_OF_SCAN) return at;
		if (marker === END_OF_IMAGE) return -1;
		if (marker === 0xff) at += 1;
		else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
		else at += 2 + Math.max(2, number(at + 2, 2) || bytes.length);
	}
	return NaN;
}

function nextScan(bytes: PictureBytes, from: number): number {
	let at = from;
	for (let found = 0; found < MOST_CHUNKS; found += 1) {
		at = bytes.indexOf(START_OF_SCAN, at + 1);
		if (at < 0) return -1;
		if (byteAt(bytes, at - 1) === 0xff) return at - 1;
	}
	return NaN;
}

const GIF_TRAILER = 0x3b;
const GIF_EXTENSION = 0x21;
const GIF_IMAGE = 0x2c;

/** A GIF is a row of blocks up to its trailer, with zeros between them at most. */
export function isGifCut(bytes: PictureBytes): boolean {
	let at = 13 + colorTableBytes(byteAt(bytes, 10));
	for (let blocks = 0; blocks < MOST_BLOCKS; blocks += 1) {
		switch (byteAt(bytes, at)) {
			case GIF_EXTENSION:
				at = afterSubBlocks(bytes, at + 2);
				break;
			case GIF_IMAGE:
				at = afterSubBlocks(bytes, at + 11 + colorTableBytes(byteAt(bytes, at + 9)));
				break;
			case 0:
				at += 1;
				break;
			case GIF_TRAILER:
				return false;
			default:
				return true;
		}
	}
	return false;
}

function colorTableBytes(flags = 0): number {
	return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

function afterSubBlocks(bytes: PictureBytes, start: number): number {
	let at = start;
	for (let blocks = 0; blocks < MOST_BLOCKS; blocks += 1) {
		const length = byteAt(bytes, at);
		if (length === undefined) return bytes.length;
		at += 1 + length;
		if (length === 0) return at;
	}
	return bytes.lastIndexOf(GIF_TRAILER);
}

/** A JPEG 2000 codestream holds its end mark nowhere else: no coded byte pair is above FF8F. */
export function isCodestreamCut(bytes: PictureBytes): boolean {
	return lastMarker(bytes, END_OF_IMAGE) < 0;
}
