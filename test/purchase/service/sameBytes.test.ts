import { Readable } from 'node:stream';
import {
	BodyOfFile,
	encodeBody,
	orderDigest,
	type Order,
	type PictureFile,
} from '../../../nodes/Sats4Ai/purchase/service/order';
import { sameBytes } from '../../../nodes/Sats4Ai/purchase/service/sameBytes';

const url = 'https://service.example/api/l402/edit-image';
const image = Buffer.from('a picture');

function file(bytes: Buffer): PictureFile {
	return {
		length: bytes.length,
		read: async () => bytes,
		open: async (made) => Readable.from(made(Readable.from([bytes]))),
	};
}

function orderOf(json: string, picture: Buffer | undefined, inFile = false): Order {
	const body =
		inFile && picture !== undefined
			? new BodyOfFile(json, file(picture))
			: encodeBody(json, picture);
	const digest = orderDigest(url, json, picture);
	return { operation: 'test', url, json, body, digest, itemIndex: 0, skipDedup: false };
}
const compare = async (now: Order, before: Order) =>
	await sameBytes(now, { url: before.url, json: before.json }, before.digest);

describe('an order with other fields', () => {
	it.each([
		['a picture', image],
		['no picture', undefined],
	])('is made again with the fields that were paid for, and %s', async (_, picture) => {
		for (const [now, before] of [
			['{"prompt":"night","n":1}', '{"prompt":"ein größerer Tag"}'],
			['{}', '{"prompt":"day"}'],
			['{"prompt":"day"}', '{}'],
		]) {
			const earlier = orderOf(before ?? '', picture);
			const same = await compare(orderOf(now ?? '', picture), earlier);
			expect(same).toEqual(earlier);
		}
	});

	it('is made again with the picture of its file', async () => {
		const earlier = orderOf('{"prompt":"day"}', image, true);
		const same = await compare(orderOf('{"prompt":"night"}', image, true), earlier);
		if (!('body' in same) || !(same.body instanceof BodyOfFile)) throw new Error('not from a file');
		expect([same.digest, same.json, same.body.length]).toEqual([
			earlier.digest,
			earlier.json,
			earlier.body.length,
		]);
	});

	it('keeps what is no part of the bytes', async () => {
		const now = { ...orderOf('{"a":1}', undefined), itemIndex: 7, skipDedup: true };
		expect(await compare(now, orderOf('{"a":2}', undefined))).toMatchObject({
			itemIndex: 7,
			skipDedup: true,
		});
	});
});

describe('an order with another picture', () => {
	const other = Buffer.from('another picture');

	it.each([
		['{}', '{}', ['image']],
		['{"prompt":"day"}', '{"prompt":"night"}', ['prompt', 'image']],
		['{"input":{"prompt":"a","n":1}}', '{"input":{"prompt":"b","n":1}}', ['input.prompt', 'image']],
		['{"a":1}', '{"b":1}', ['b', 'a', 'image']],
		['{"a":null}', '{"a":0}', ['a', 'image']],
		['{"a":"1"}', '{"a":1}', ['a', 'image']],
	])('from %s to %s names what has changed', async (before, now, names) => {
		for (const inFile of [true, false]) {
			const changed = await compare(orderOf(now, other, inFile), orderOf(before, image, inFile));
			expect(changed).toEqual(names);
		}
	});

	it('at another address names that first', async () => {
		const earlier = { url: 'https://other.example/', json: '{"a":1}' };
		const { digest } = orderOf('{"a":1}', image);
		expect(await sameBytes(orderOf('{"a":2}', other), earlier, digest)).toEqual([
			'Base URL',
			'a',
			'image',
		]);
	});

	it('has none to name where none is sent', async () => {
		const changed = await compare(orderOf('{"a":1}', undefined), orderOf('{"a":1}', image));
		expect(changed).toEqual([]);
	});
});
