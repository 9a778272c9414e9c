import {
	BYTES_KEYS,
	LINK_KEYS,
	linkBeside,
	linkInPlace,
} from '../../../nodes/Sats4Ai/purchase/service/answerLinks';
import {
	absoluteLink,
	linkIn,
	parsedText,
} from '../../../nodes/Sats4Ai/purchase/service/answerText';

const SERVICE = 'https://service.example/api/l402/x';

test.each([
	['https://a.example/p.png', 'https://a.example/p.png'],
	['http://a.example/p.png', 'http://a.example/p.png'],
	['/p.png', 'https://service.example/p.png'],
	['/', null],
	['p.png', null],
	['ftp://a.example/p.png', null],
	['//a.example/p', 'https://a.example/p'],
	['https://a.example/p q', null],
	[' https://a.example/', null],
	['https://', null],
	[`/${'a'.repeat(8_191)}`, `https://service.example/${'a'.repeat(8_191)}`],
	[`/${'a'.repeat(8_192)}`, null],
])('the text %j is the link %j', (text, link) => {
	expect(linkIn(text, SERVICE)).toBe(link);
});

test.each([
	['p.png', 'https://service.example/api/l402/p.png'],
	['../p.png', 'https://service.example/api/p.png'],
	['javascript:alert(1)', null],
	['data:image/png;base64,AAAA', null],
	['http://[', null],
	['a'.repeat(8_193), null],
])('the address %j is %j', (link, url) => {
	expect(absoluteLink(link, SERVICE)).toBe(url);
});

test.each([
	['{"a":1}', { a: 1 }],
	['[1]', [1]],
	['"a"', 'a'],
	['1', '1'],
	[' {"a":1}', ' {"a":1}'],
	['{"a":', '{"a":'],
	['true', 'true'],
])('the text %j is read as %j', (text, value) => {
	expect(parsedText(text)).toEqual(value);
});

describe('a long text', () => {
	const long = 'x'.repeat(1_000_000);
	it.each([',', '[', '{'])('with ten thousand of "%s" is read, with one more it is not', (sign) => {
		// As text within the JSON a sign counts like any other.
		const most = sign === '[' ? 9_999 : 10_000;
		const few = JSON.stringify([`${long}${sign.repeat(most)}`]);
		const many = JSON.stringify([`${long}${sign.repeat(most + 1)}`]);
		expect(parsedText(few)).toEqual(JSON.parse(few));
		expect(parsedText(many)).toBe(many);
	});

	it('is read whatever is in it, where it is short', () => {
		const short = JSON.stringify(Array.from({ length: 20_000 }, () => 1));
		expect(parsedText(short)).toHaveLength(20_000);
	});
});

test.each(LINK_KEYS)('a link under %s', (key) => {
	expect(linkBeside({ [key]: '/p.png' }, SERVICE)).toBe('https://service.example/p.png');
	expect(linkBeside({ [key]: 'p' }, SERVICE)).toBe('https://service.example/api/l402/p');
	expect(linkInPlace({ [key]: '/p.png' }, SERVICE)).toBeNull();
});

test.each(BYTES_KEYS)('a link in place of the bytes under %s', (key) => {
	expect(linkInPlace({ [key]: '/p.png' }, SERVICE)).toBe('https://service.example/p.png');
	expect(linkBeside({ [key]: '/p.png' }, SERVICE)).toBeNull();
});

test('which keys there are is a contract', () => {
	expect(LINK_KEYS).toEqual([
		'image_url',
		'imageUrl',
		'url',
		'output_url',
		'outputUrl',
		'result_url',
		'resultUrl',
		'download_url',
		'downloadUrl',
		'uri',
	]);
	expect(BYTES_KEYS).toEqual([
		'base64Image',
		'base64_image',
		'image_base64',
		'imageBase64',
		'image',
		'b64_json',
		'base64',
		'b64',
		'data',
		'image_data',
		'imageData',
	]);
});

test.each([
	['https://a.example/p', 'https://a.example/p'],
	['HTTP://a.example/p', 'http://a.example/p'],
	['/a/b.jpeg?x=1', 'https://service.example/a/b.jpeg?x=1'],
	['/p.png?', 'https://service.example/p.png?'],
	['/p.j2', null],
	['/p.toolong', null],
	['/9j/4AAQ', null],
	['p.png', null],
	['x /p.png', null],
	['/p.png x', null],
	['/a b.png', null],
	['see https://a.example/p', null],
	['https://a.example/p q', null],
	[5, null],
])('in place of bytes %j is the link %j', (image, link) => {
	expect(linkInPlace({ image }, SERVICE)).toBe(link);
});

test.each([
	['data:image/png;base64,AAAA', null],
	[' DATA:image/png;base64,AAAA', null],
	['', null],
	[' p', null],
	[null, null],
])('under a key for links %j is none', (url, link) => {
	expect(linkBeside({ url }, SERVICE)).toBe(link);
});

test('the first key that holds one counts, and a picture is no path', () => {
	const picture = Buffer.concat([
		Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
		Buffer.alloc(300, 1),
	]).toString('base64');
	expect(linkBeside({ url: picture, uri: '/p' }, SERVICE)).toBe('https://service.example/p');
	expect(linkBeside({ uri: '/b', image_url: '/a' }, SERVICE)).toBe('https://service.example/a');
	expect(linkBeside({ image_url: 'http://[', url: '/b' }, SERVICE)).toBe(
		'https://service.example/b',
	);
});
