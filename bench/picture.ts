import { createCipheriv, createHash } from 'node:crypto';

/** Signature and header chunk of a PNG, 4000 by 3000 pixels; checksums are not looked at here. */
const PNG_HEAD = Buffer.from(
	'89504e470d0a1a0a' + '0000000d49484452' + '00000fa000000bb80802000000' + '00000000',
	'hex',
);

const CHUNK_BYTES = 12;
const PNG_END = Buffer.from('0000000049454e44ae426082', 'hex');

const SEED = 'one picture for all';

/**
 * So many bytes in the chunks of a PNG; its pixels are noise, as in any compressed picture. The same
 * bytes in every process, so that all contenders can be seen to send the same.
 */
export function pictureOf(bytes: number): Buffer {
	const picture = made.get(bytes) ?? make(bytes);
	made.set(bytes, picture);
	return picture;
}

/** Kept, so that making them leaves no garbage between what is measured. */
const made = new Map<number, Buffer>();

function make(bytes: number): Buffer {
	const key = createHash('sha256').update(SEED).digest();
	const noise = createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(bytes));
	PNG_HEAD.copy(noise);
	noise.writeUInt32BE(bytes - PNG_HEAD.length - PNG_END.length - CHUNK_BYTES, PNG_HEAD.length);
	noise.write('IDAT', PNG_HEAD.length + 4, 'latin1');
	PNG_END.copy(noise, bytes - PNG_END.length);
	return noise;
}
