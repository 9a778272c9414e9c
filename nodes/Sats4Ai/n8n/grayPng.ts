import { zlibSync } from 'fflate';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const BITS_PER_PIXEL = 8;
const GRAY = 0;
/** The only methods that there are (deflate, five filters), and no interlacing. */
const METHODS = [0, 0, 0];
/** How a row is filtered: not at all. */
const UNFILTERED = 0;

/** A picture in shades of gray as a PNG (ISO/IEC 15948). @param pixels A row for each line, a byte for each pixel: 0 is black, 255 white. */
export function grayPng(pixels: readonly Uint8Array[]): Buffer {
	const header = Buffer.alloc(8);
	header.writeUInt32BE(pixels[0]?.length ?? 0, 0);
	header.writeUInt32BE(pixels.length, 4);
	const kind = Buffer.from([BITS_PER_PIXEL, GRAY, ...METHODS]);
	const rows = pixels.flatMap((row) => [Buffer.from([UNFILTERED]), row]);
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', Buffer.concat([header, kind])),
		chunk('IDAT', zlibSync(Buffer.concat(rows))),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function chunk(type: string, data: Uint8Array): Buffer {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	check.writeUInt32BE(crc32(named));
	return Buffer.concat([length, named, check]);
}

/** The check of each chunk; bit by bit, since there are a few kilobytes. */
function crc32(bytes: Uint8Array): number {
	let check = 0xffff_ffff;
	for (const byte of bytes) {
		check ^= byte;
		for (let bit = 0; bit < 8; bit += 1) {
			check = (check >>> 1) ^ ((check & 1) === 1 ? 0xedb8_8320 : 0);
		}
	}
	return ~check >>> 0;
}
