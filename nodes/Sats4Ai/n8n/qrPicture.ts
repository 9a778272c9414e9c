import { encode as encodePng } from 'fast-png';
import encodeQR from 'qr';

const PIXELS_PER_MODULE = 6;
/** The quiet zone that ISO/IEC 18004 asks for. */
const BORDER_MODULES = 4;

/** A QR code of `text` as a PNG, black on white, ready to be shown or sent. */
export function qrPicture(text: string): Buffer {
	const modules = encodeQR(text, 'raw', { border: BORDER_MODULES, ecc: 'medium' });
	const side = modules.length * PIXELS_PER_MODULE;
	const pixels = new Uint8Array(side * side);
	for (let y = 0; y < side; y += 1) {
		const row = modules[Math.floor(y / PIXELS_PER_MODULE)] ?? [];
		for (let x = 0; x < side; x += 1) {
			pixels[y * side + x] = row[Math.floor(x / PIXELS_PER_MODULE)] === true ? 0 : 255;
		}
	}
	return Buffer.from(encodePng({ width: side, height: side, data: pixels, channels: 1, depth: 8 }));
}
