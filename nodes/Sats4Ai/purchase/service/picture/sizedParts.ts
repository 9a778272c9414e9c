import { isCodestreamCut } from './markedEnds';
import { bigEndian, littleEndian } from './numbers';
import type { PictureBytes } from './pieces';

/*
 * Formats that are made of parts which say how long they are: RIFF (WebP) and the boxes of ISO media
 * files (HEIF, AVIF, JPEG XL, JPEG 2000).
 */

/** No picture that moves has more parts. What has more is left to decoders. */
const MOST_CHUNKS = 100_000;

/**
 * Whether a WebP is shorter than it says. A last byte may be missing: it often makes the length even,
 * and does no more, also inside of the chunk.
 */
export function isWebpCut(bytes: PictureBytes): boolean {
	const number = littleEndian(bytes);
	const endsAt = 8 + number(4, 4);
	let at = 12;
	for (let chunks = 0; chunks < MOST_CHUNKS && (chunks === 0 || at < endsAt); chunks += 1) {
		const chunkEndsAt = at + 8 + number(at + 4, 4);
		if (!(chunkEndsAt <= bytes.length + 1)) return true;
		at = chunkEndsAt + (chunkEndsAt & 1);
	}
	return false;
}

interface Box {
	readonly type: string;
	/** Past the end of the file where it is cut; Infinity where the box lasts as long as the file. */
	readonly endsAt: number;
}

/** The boxes of a file in their order, up to bytes that are none. */
function boxesOf(bytes: PictureBytes): Box[] {
	const number = bigEndian(bytes);
	const boxes: Box[] = [];
	let at = 0;
	while (at < bytes.length && boxes.length < MOST_BOXES) {
		const type = bytes.toString('latin1', at + 4, at + 8);
		if (!/^[ -~]{4}$/.test(type)) break;
		const short = number(at, 4);
		const size = short === 1 ? number(at + 8, 8) : short;
		if (size !== 0 && !(size >= 8)) break;
		const endsAt = size === 0 ? Infinity : at + size;
		boxes.push({ type, endsAt });
		at = endsAt;
	}
	return boxes;
}

/** What has more is left to decoders. */
const MOST_BOXES = 1_000;

/** Whether the boxes end past the file, or the one with the picture is missing from all that there are. */
function areBoxesCut(bytes: PictureBytes, holders: readonly string[]): boolean {
	const boxes = boxesOf(bytes);
	const isOverrun = boxes.some(({ endsAt }) => endsAt !== Infinity && endsAt > bytes.length);
	const isMissing = boxes.length < MOST_BOXES && !boxes.some(({ type }) => holders.includes(type));
	return isOverrun || isMissing;
}

export function isHeifCut(bytes: PictureBytes): boolean {
	// Small pictures may stand in the description (`meta`) itself.
	return areBoxesCut(bytes, bytes.includes('idat') ? ['mdat', 'meta'] : ['mdat']);
}

export function isJxlCut(bytes: PictureBytes): boolean {
	return areBoxesCut(bytes, ['jxlc', 'jxlp']);
}

export function isJp2Cut(bytes: PictureBytes): boolean {
	return areBoxesCut(bytes, ['jp2c']) || isCodestreamCut(bytes);
}

const AVIF = ['avif', 'avis'];
const HEVC = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs'];
const ANY_CODING = ['mif1', 'mif2', 'mif3', 'msf1', 'miaf'];

/** Which kind of HEIF a file is, by its own brand first, then by those it is compatible with. */
export function heifKind(bytes: PictureBytes): 'avif' | 'heic' | 'heif' | null {
	if (bytes.toString('latin1', 4, 8) !== 'ftyp') return null;
	const brands = brandsOf(bytes);
	const own = brands.find((brand) => [...AVIF, ...HEVC].includes(brand));
	if (own !== undefined) return AVIF.includes(own) ? 'avif' : 'heic';
	return brands.some((brand) => ANY_CODING.includes(brand)) ? 'heif' : null;
}

/** The brands in `ftyp`: the major one, then the compatible ones; between them stands a version. */
export function brandsOf(bytes: PictureBytes): string[] {
	const endsAt = Math.min(bytes.readUInt32BE(0), bytes.length, 512);
	const brands: string[] = [];
	for (let at = 8; at + 4 <= endsAt; at += at === 8 ? 8 : 4) {
		brands.push(bytes.toString('latin1', at, at + 4));
	}
	return brands;
}

/** The coded picture in the boxes of a JPEG XL, from the first one that holds some of it. */
export function codestreamOf(bytes: Buffer): Buffer {
	const [whole, part] = [bytes.indexOf('jxlc', 12), bytes.indexOf('jxlp', 12)];
	const isWhole = whole >= 0 && (part < 0 || whole < part);
	if (isWhole) return bytes.subarray(whole + 4);
	// Which part it is stands in four bytes before it.
	return part < 0 ? bytes : bytes.subarray(part + 8);
}
