import encodeQR from 'qr';
import { bitPng } from './bitPng';

const PIXELS_PER_MODULE = 6;
/** The quiet zone that ISO/IEC 18004 asks for. */
const BORDER_MODULES = 4;

/** From the one that bears the most damage to the one that holds the most. */
const CORRECTIONS = ['medium', 'low'] as const;

/**
 * A QR code as a PNG, black on white, ready to be shown or sent; null where no code holds as much.
 * @param text In upper case, as bech32 may be written: its signs then take 5.5 bits instead of 8.
 */
export function qrPicture(text: string): Buffer | null {
	const modules = CORRECTIONS.map((ecc) => modulesOf(text, ecc)).find((found) => found !== null);
	return modules === undefined || modules === null ? null : drawn(modules);
}

function modulesOf(text: string, ecc: (typeof CORRECTIONS)[number]): boolean[][] | null {
	try {
		return encodeQR(text, 'raw', { border: BORDER_MODULES, ecc });
	} catch {
		return null;
	}
}

function drawn(modules: readonly (readonly boolean[])[]): Buffer {
	return bitPng(modules.flatMap((row) => repeated(row.flatMap((isDark) => repeated(isDark)))));
}

function repeated<T>(value: T): T[] {
	return Array.from({ length: PIXELS_PER_MODULE }, () => value);
}
