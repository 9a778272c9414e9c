import { readBase64Picture } from '../../nodes/Sats4Ai/purchase/service/picture/base64Picture';
import { PICTURE } from '../model/simulatedService';

/** The first bytes of a format that marks no end: whatever is made of the rest, it is a picture. */
const START = Buffer.from('8BPS\0\x01\0\0\0\0\0\0').toString('base64');

const pictureOf = (base64: string) => ({ kind: 'picture', bytes: Buffer.from(base64, 'base64') });
const cut = (bytes: Buffer) => ({ kind: 'cut', bytes });
const dropped = (text: string) => text.replace(/ /g, '');
const restored = (text: string) => text.replace(/ /g, '+');

describe('blanks are a layout', () => {
	test.each([
		['between groups of the same length', `${START} ABCDEFGHIJKLMNOP QRSTUVWXYZabcdef`],
		['before a last group that is shorter', `${START} ABCDEFGHIJKLMNOP QRSTUV`],
		['two at a time', `${START}  ABCDEFGHIJKLMNOP  QRSTUVWXYZab`],
		['also behind the last group', `${START} ABCDEFGHIJKLMNOP QRSTUV `],
		['where a + came through', `${START}AB+D EFGHIJ`],
		['where a - came through', `${START}AB-D EFGHIJ`],
		['where a _ came through', `${START}AB_D EFGHIJ`],
	])('%s', (_, text) => {
		expect(readBase64Picture(text)).toEqual(pictureOf(dropped(text)));
	});
});

describe('blanks were each a +', () => {
	test.each([
		['where there is one', `${START} ABCDEF`],
		['before a last group that is longer', `${START} ABCDEFGHIJKLMNOP QRSTUVWXYZabcdefgh`],
		['between groups of several lengths', `${START} ABCD EFGHIJKL`],
		['at the very end too', `${START}ABC EFG `],
	])('%s', (_, text) => {
		expect(readBase64Picture(text)).toEqual(pictureOf(restored(text)));
	});

	test('but not behind a padding', () => {
		expect(readBase64Picture(`${START}ABC EF== `)).toEqual(pictureOf(`${START}ABC+EF==`));
	});
});

describe('of all that a text with blanks may have been', () => {
	const base64 = PICTURE.toString('base64');
	/** Cut behind its only +, in whole groups of four. */
	const part = base64.slice(0, 68);
	/** A + stands in front of the name of its format. */
	const webp = Buffer.from('RIFF\x0f\x80\0\0WEBPVP8 \0\x80', 'latin1');

	test('a picture counts more than what is none', () => {
		const text = `${START.slice(0, 4)} ${START.slice(4)}ABCDEF`;
		expect(readBase64Picture(text)).toEqual(pictureOf(dropped(text)));
	});

	test('a part of a picture counts more than what is none, in whichever order', () => {
		const short = base64.slice(0, 58);
		expect(readBase64Picture(`${short.slice(0, 4)} ${short.slice(4)}`)).toEqual(
			cut(Buffer.from(short, 'base64')),
		);
		expect(readBase64Picture(webp.toString('base64').replace('+', ' '))).toEqual(cut(webp));
	});

	test('the likeliest of two parts is taken: the one with its + back', () => {
		expect(readBase64Picture(part.replace('+', ' '))).toEqual(cut(Buffer.from(part, 'base64')));
	});

	test('base64 of something else counts more than none at all', () => {
		expect(readBase64Picture('QUJDREVG QUJDREVGQUJDREVGQ')).toEqual({ kind: 'noPicture' });
	});
});
