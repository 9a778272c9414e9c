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
	return modules ? bitPng(modules, PIXELS_PER_MODULE) : null;
}

function modulesOf(text: string, ecc: (typeof CORRECTIONS)[number]): boolean[][] | null {
	try {
		return encodeQR(text, 'raw', { border: BORDER_MODULES, ecc });
	} catch {
		return null;
	}
}
