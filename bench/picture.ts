import { randomFillSync } from 'node:crypto';

/** Signature and header chunk of a PNG, 4000 by 3000 pixels; its checksum is not looked at here. */
const PNG_HEAD = Buffer.from(
	'89504e470d0a1a0a' + '0000000d49484452' + '00000fa000000bb80802000000' + '00000000',
	'hex',
);

/** So many bytes that begin like a PNG. The rest is noise, as in any compressed picture. */
export function pictureOf(bytes: number): Buffer {
	const picture = randomFillSync(Buffer.alloc(bytes));
	PNG_HEAD.copy(picture);
	return picture;
}
