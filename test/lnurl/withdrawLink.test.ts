import { decodeBech32, encodeBech32 } from '../../nodes/Sats4Ai/bolt11/words';
import { readWithdrawLink } from '../../nodes/Sats4Ai/lnurl/withdrawLink';
import { toLnurl } from '../../sandbox/service/lnurl';

/** The example of LUD-01. */
const EXAMPLE =
	'LNURL1DP68GURN8GHJ7UM9WFMXJCM99E3K7MF0V9CXJ0M385EKVCENXC6R2C35XVUKXEFCV5MKVV34X5EKZD3EV56NYD3HXQURZEPEXEJXXEPNXSCRVWFNV9NXZCN9XQ6XYEFHVGCXXCMYXYMNSERXFQ5FNS';
const EXAMPLE_URL =
	'https://service.com/api?q=3fc3645b439ce8e7f2553a69e5267081d96dcd340693afabe04be7b0ccd178df';

const https = 'https://refunds.example/w/1?id=2';

test.each([
	['bech32', EXAMPLE, EXAMPLE_URL],
	['bech32 in lower case', EXAMPLE.toLowerCase(), EXAMPLE_URL],
	['bech32 with lightning:', `lightning:${EXAMPLE}`, EXAMPLE_URL],
	['bech32 with LIGHTNING:', `LIGHTNING:${EXAMPLE}`, EXAMPLE_URL],
	['an address with the bech32 in it', `https://a.example/p?lightning=${EXAMPLE}`, EXAMPLE_URL],
	['https', https, https],
	['lnurlw', 'lnurlw://refunds.example/w/1?id=2', https],
	['lnurlw over Tor', 'lnurlw://abcdefghij.onion/w', 'http://abcdefghij.onion/w'],
	['http over Tor', 'http://abcdefghij.onion/w', 'http://abcdefghij.onion/w'],
	['http on this machine', 'http://127.0.0.1:4402/w', 'http://127.0.0.1:4402/w'],
	['lightning: inside', 'https://a.example/lightning:w', 'https://a.example/lightning:w'],
	['white space around it', `  ${https}\n`, https],
	['LNURLW in capitals', 'LNURLW://refunds.example/w/1?id=2', https],
	['HTTPS in capitals', 'HTTPS://REFUNDS.example/w/1?id=2', https],
	['lnurlw over Tor, at a port', 'lnurlw://abc.onion:80/w', 'http://abc.onion/w'],
	['lnurlw over Tor, at a long port', 'lnurlw://abc.onion:8080/w', 'http://abc.onion:8080/w'],
	['lnurlw over Tor, without a path', 'lnurlw://abc.ONION', 'http://abc.onion/'],
	['lnurlw over Tor, with a query', 'lnurlw://abc.onion?a=b', 'http://abc.onion/?a=b'],
	[
		'lnurlw to a name with onion in it',
		'lnurlw://abc.onion.example/w',
		'https://abc.onion.example/w',
	],
	[
		'lnurlw to a path with onion in it',
		'lnurlw://a.example/b.onion/w',
		'https://a.example/b.onion/w',
	],
	[
		'lnurlw to a query with onion in it',
		'lnurlw://a.example?b.onion/w',
		'https://a.example/?b.onion/w',
	],
	['http over Tor, with a dot at the end', 'http://abc.onion./w', 'http://abc.onion./w'],
	[
		'exactly a thousand characters',
		`${https}&${'a'.repeat(1_000 - https.length - 1)}`,
		`${https}&${'a'.repeat(1_000 - https.length - 1)}`,
	],
])('%s is read', (_name, text, url) => {
	const link = readWithdrawLink(text);
	expect(link?.url).toBe(url);
	if (url.length < 500) expect(readWithdrawLink(link?.lnurl)).toEqual(link);
	// An encoder of its own.
	expect(link?.lnurl).toBe(toLnurl(url));
});

test.each([
	['nothing', ''],
	['no text', 5],
	['null', null],
	['a pay link', 'lnurlp://pay.example/me'],
	['a login link', 'keyauth://login.example/me'],
	['bech32 of something else', encodeBech32('lnurlx', Buffer.from(https))],
	['bech32 of no address', toLnurl('hello')],
	['bech32 of a file', toLnurl('file:///etc/passwd')],
	['bech32 of http to another machine', toLnurl('http://refunds.example/')],
	['bech32 in mixed case', `${EXAMPLE.slice(0, 20)}${EXAMPLE.slice(20).toLowerCase()}`],
	['a broken checksum', `${EXAMPLE.slice(0, -1)}Q`],
	['http to another machine', 'http://refunds.example/'],
	['http to a name that only begins like this machine', 'http://127.0.0.1.example/'],
	['http to a name that only ends like Tor', 'http://refunds-onion/'],
	['a user name alone', 'https://me@refunds.example/'],
	['another scheme to this machine', 'ftp://127.0.0.1/https://refunds.example/'],
	[
		'an address with bech32 of something else in it',
		`https://a.example/p?lightning=${encodeBech32('lnurlx', Buffer.from(https))}`,
	],
	['a user name', 'https://me:secret@refunds.example/'],
	['a fragment', 'https://refunds.example/#x'],
	['a script', 'javascript:alert(1)'],
	['spaces', 'https://refunds.example/ a'],
	['two schemes', `lightning:lightning:${EXAMPLE}`],
	['an address with a broken bech32 in it', 'https://a.example/p?lightning=LNURL1QQQ'],
	['lightning: not at the beginning', `x lightning:${EXAMPLE}`],
	['bech32 not at the beginning', `x${EXAMPLE}`],
	['another scheme before lnurlw', `x-lnurlw://refunds.example/`],
	['lnurlw to a name and onion in the fragment', 'lnurlw://a.example/#.onion'],
	['lnurlw over Tor with a port that is none', 'lnurlw://abc.onion:x/w'],
	['an address after something else', `see ${https}`],
	['a password alone', 'https://:secret@refunds.example/'],
	['characters that are not ASCII', 'https://refunds.example/ä'],
	['an address that is none', 'https://[refunds/'],
	['http and Tor in the middle', 'http://abc.onion.example/'],
	['http and a name that ends like Tor', 'http://abconion/'],
	['http and something after Tor', 'http://abc.onion.x/'],
	['nothing but lnurlw', 'lnurlw://'],
	['a thousand and one characters', `${https}&${'a'.repeat(1_001 - https.length - 1)}`],
	['far too much', `https://refunds.example/${'a'.repeat(2_000)}`],
])('%s is not a link', (_name, text) => {
	expect(readWithdrawLink(text)).toBeNull();
});

test('what is encoded is decoded to the same', () => {
	for (let length = 0; length < 40; length += 1) {
		const bytes = Buffer.from(Array.from({ length }, (_, index) => (index * 37 + length) & 0xff));
		const text = encodeBech32('lnurl', bytes);
		expect(decodeBech32(text).words).toHaveLength(Math.ceil((length * 8) / 5));
		expect(text).toBe(decodeURIComponent(text).toLowerCase());
	}
});
