import { crc32, deflateSync } from 'node:zlib';
import type { Picture } from './picture';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const SIZE = 8;
const KEYWORD = 'serial';

function chunk(type: string, data: Buffer): Buffer {
	const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const head = Buffer.alloc(4);
	head.writeUInt32BE(data.length);
	const tail = Buffer.alloc(4);
	tail.writeUInt32BE(crc32(content));
	return Buffer.concat([head, content, tail]);
}

function header(): Buffer {
	const data = Buffer.alloc(13);
	data.writeUInt32BE(SIZE, 0);
	data.writeUInt32BE(SIZE, 4);
	data[8] = 8;
	return chunk('IHDR', data);
}

const START = Buffer.concat([SIGNATURE, header()]);
/** Each row starts with its filter byte. */
const PIXELS = chunk(
	'IDAT',
	deflateSync(Buffer.from(Array.from({ length: SIZE * (SIZE + 1) }, (_, at) => (at % 9) * 28))),
);
const END = chunk('IEND', Buffer.alloc(0));

/** A real PNG of 8 by 8 pixels that carries a text, Latin-1. */
export function plainPng(keyword: string, text: string): Buffer {
	const note = chunk('tEXt', Buffer.from(`${keyword}\0${text}`, 'latin1'));
	return Buffer.concat([START, note, PIXELS, END]);
}

/** A plain PNG, another one for every purchase: the serial number stands in it. */
export function plainPicture(serial: number): Picture {
	return { bytes: plainPng(KEYWORD, String(serial)), mimeType: 'image/png' };
}

/** The serial number in a plain picture; null in any other. */
export function serialOfPlainPicture(bytes: Buffer): number | null {
	const at = bytes.indexOf(`tEXt${KEYWORD}\0`, 0, 'latin1');
	if (at < 4) return null;
	const length = bytes.readUInt32BE(at - 4);
	return Number(bytes.toString('latin1', at + 5 + KEYWORD.length, at + 4 + length));
}
