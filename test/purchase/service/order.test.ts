import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
	BodyOfFile,
	encodeBody,
	orderDigest,
	type PictureFile,
} from '../../../nodes/Sats4Ai/purchase/service/order';

const url = 'https://service.example/api/l402/colorize-image';
const json = '{"prompt":"night"}';
const image = Buffer.from('a picture');

test.each([
	['the address', orderDigest(`${url}2`, json, image)],
	['the fields', orderDigest(url, '{"prompt":"day"}', image)],
	['the picture', orderDigest(url, json, Buffer.from('a picturE'))],
	['no picture', orderDigest(url, json, undefined)],
])('another order has another digest: %s', (_, digest) => {
	expect(digest).toMatch(/^[0-9a-f]{64}$/);
	expect(digest).not.toBe(orderDigest(url, json, image));
	expect(orderDigest(url, json, Buffer.from(image))).toBe(orderDigest(url, json, image));
});

test('the digest of an order stays what it is: saved books hold it', () => {
	const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
	expect(orderDigest(url, json, image)).toBe(sha256(`${url}\n${json}\na picture`));
	expect(orderDigest(url, json, undefined)).toBe(sha256(`${url}\n${json}\n`));
});

test.each(['{}', json])('the picture joins the fields of %s', (fields) => {
	// Around the size of a chunk, with each length of padding.
	for (const length of [1, 2, 3, 49_151, 49_152, 49_153, 100_000]) {
		const picture = randomBytes(length);
		const whole = { ...JSON.parse(fields), image: picture.toString('base64') };
		expect(encodeBody(fields, picture).toString()).toBe(JSON.stringify(whole));
	}
	expect(encodeBody(fields, undefined).toString()).toBe(fields);
});

describe('a body whose picture is in a file', () => {
	/** A file that says how long it is, and gives these pieces. */
	const file = (length: number, pieces: readonly Buffer[]): PictureFile => ({
		length,
		read: async () => Buffer.concat(pieces),
		open: async (made) => Readable.from(made(Readable.from(pieces))),
	});
	const sent = async (body: BodyOfFile) => {
		const pieces: Buffer[] = [];
		for await (const piece of await body.open()) pieces.push(piece);
		return Buffer.concat(pieces);
	};

	it.each([
		[1, 1],
		[2, 1],
		[3, 3],
		[10, 1],
		[10, 4],
		[11, 5],
		[12, 7],
	])('is that of %d bytes held, in pieces of %d', async (length, pieceLength) => {
		const picture = randomBytes(length);
		const pieces: Buffer[] = [];
		for (let at = 0; at < length; at += pieceLength)
			pieces.push(picture.subarray(at, at + pieceLength));
		for (const fields of ['{}', json]) {
			const body = new BodyOfFile(fields, file(length, pieces));
			const held = encodeBody(fields, picture);
			expect(await sent(body)).toEqual(held);
			expect(await sent(body)).toEqual(held);
			expect(body.length).toBe(held.length);
		}
	});

	it.each([9, 11])('is not sent to its end where the file of 10 bytes has %d', async (length) => {
		const body = new BodyOfFile(json, file(10, [randomBytes(length)]));
		await expect(sent(body)).rejects.toThrow('The file with the picture has changed');
	});
});
