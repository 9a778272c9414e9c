const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const BITS_PER_PIXEL = 1;
const GRAY = 0;
/** The only methods that there are (deflate, five filters), and no interlacing. */
const METHODS = [0, 0, 0];
/** How a row is filtered: not at all. */
const UNFILTERED = 0;
/** A window of 32 kB, the fastest level, no dictionary (RFC 1950, section 2.2). */
const ZLIB_HEADER = Buffer.from([0x78, 0x01]);
const MOST_STORED_BYTES = 65_535;
const ADLER_MODULUS = 65_521;

/**
 * Black and white squares as a PNG (ISO/IEC 15948), with a bit for each pixel and not compressed.
 * @param rows A row for each line of squares, true for each black one.
 * @param side Pixels of a square each way.
 */
export function bitPng(rows: ReadonlyArray<readonly boolean[]>, side: number): Buffer {
	const header = Buffer.alloc(8);
	header.writeUInt32BE((rows[0]?.length ?? 0) * side, 0);
	header.writeUInt32BE(rows.length * side, 4);
	const lines = rows.flatMap((row) => new Array<Buffer>(side).fill(packed(row, side)));
	const kind = Buffer.from([BITS_PER_PIXEL, GRAY, ...METHODS]);
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', Buffer.concat([header, kind])),
		chunk('IDAT', zlibStored(Buffer.concat(lines))),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

/** The leftmost pixel in the highest bit of its byte; white is 1. */
function packed(row: readonly boolean[], side: number): Buffer {
	const width = row.length * side;
	const bytes = Buffer.alloc(1 + Math.ceil(width / 8));
	bytes[0] = UNFILTERED;
	for (let x = 0; x < width; x += 1) {
		const at = 1 + (x >> 3);
		if (row[Math.floor(x / side)] !== true) bytes[at] = (bytes[at] ?? 0) | (0x80 >> (x & 7));
	}
	return bytes;
}

/** Bytes as they are, in the form of compressed ones (RFC 1951, section 3.2.4). */
function zlibStored(bytes: Buffer): Buffer {
	const parts: Buffer[] = [ZLIB_HEADER];
	for (let at = 0; at < bytes.length; at += MOST_STORED_BYTES) {
		const stored = bytes.subarray(at, at + MOST_STORED_BYTES);
		const head = Buffer.alloc(5);
		head[0] = at + stored.length === bytes.length ? 1 : 0;
		head.writeUInt16LE(stored.length, 1);
		head.writeUInt16LE(~stored.length & 0xffff, 3);
		parts.push(head, stored);
	}
	return Buffer.concat([...parts, adler32(bytes)]);
}

function adler32(bytes: Uint8Array): Buffer {
	let [sum, sums] = [1, 0];
	for (const byte of bytes) {
		sum = (sum + byte) % ADLER_MODULUS;
		sums = (sums + sum) % ADLER_MODULUS;
	}
	const check = Buffer.alloc(4);
	check.writeUInt16BE(sums, 0);
	check.writeUInt16BE(sum, 2);
	return check;
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
