import { Pieces, type PictureBytes } from './pieces';

/** Reads the unsigned numbers of a file's header; NaN where the file ends before, so that no comparison holds. */
export type NumberReader = (at: number, size: 1 | 2 | 3 | 4 | 8) => number;

export function littleEndian(bytes: PictureBytes): NumberReader {
	return (at, size) => {
		if (!isWithin(bytes, at, size)) return NaN;
		return size === 8 ? Number(bytes.readBigUInt64LE(at)) : bytes.readUIntLE(at, size);
	};
}

export function bigEndian(bytes: PictureBytes): NumberReader {
	return (at, size) => {
		if (!isWithin(bytes, at, size)) return NaN;
		return size === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, size);
	};
}

/** One byte; undefined where the file ends before. */
export function byteAt(bytes: PictureBytes, at: number): number | undefined {
	return bytes instanceof Pieces ? bytes.byteAt(at) : bytes[at];
}

/** Whether the signs of `start`, one for each byte, stand at this place. */
export function startsAt(bytes: PictureBytes, at: number, start: string): boolean {
	return bytes.toString('latin1', at, at + start.length) === start;
}

function isWithin(bytes: PictureBytes, at: number, size: number): boolean {
	return Number.isSafeInteger(at) && at >= 0 && at + size <= bytes.length;
}
