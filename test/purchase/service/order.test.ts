import { randomBytes } from 'node:crypto';
import { encodeBody, orderDigest } from '../../../nodes/Sats4Ai/purchase/service/order';

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

test.each(['{}', json])('the picture joins the fields of %s', (fields) => {
	// Around the size of a chunk, with each length of padding.
	for (const length of [1, 2, 3, 49_151, 49_152, 49_153, 100_000]) {
		const picture = randomBytes(length);
		const whole = { ...JSON.parse(fields), image: picture.toString('base64') };
		expect(encodeBody(fields, picture).toString()).toBe(JSON.stringify(whole));
	}
	expect(encodeBody(fields, undefined).toString()).toBe(fields);
});
