import {
	isOtherDataUri,
	readBase64Picture,
	readCleanPicture,
} from '../../nodes/Sats4Ai/purchase/service/picture/base64Picture';
import { PICTURE } from '../model/simulatedService';

const BASE64 = PICTURE.toString('base64');
const CUT = PICTURE.subarray(0, 50);
const picture = { kind: 'picture', bytes: PICTURE };
const cut = (bytes = CUT) => ({ kind: 'cut', bytes });
const noPicture = { kind: 'noPicture' };
const notBase64 = { kind: 'notBase64' };

/** A picture with a `+` in its base64, near its end: behind the end of the PNG anything may stand. */
const PLUS = Buffer.concat([PICTURE, Buffer.from('++++ab++', 'base64')]);
const PLUS64 = PLUS.toString('base64');
const plus = { kind: 'picture', bytes: PLUS };

/** With blanks after so many signs each. */
const spaced = (text: string, every: number) =>
	text.replace(new RegExp(`(.{${every}})`, 'g'), '$1 ');

describe('a text that nothing has happened to', () => {
	it.each([
		['base64', BASE64, picture],
		['white space around it', `\n ${BASE64} \t`, picture],
		['a data URI', `data:image/png;base64,${BASE64}`, picture],
		['a data URI with a name', `data:image/png;name=a.png;BASE64 ;charset=x,${BASE64}`, picture],
		['base64 with its name alone', `base64,${BASE64}`, picture],
		['line breaks', BASE64.replace(/(.{10})/g, '$1\r\n\t'), picture],
		['base64 of URLs', PLUS64.replace(/\+/g, '-').replace(/\//g, '_'), plus],
		['no padding', BASE64.replace(/=+$/, ''), picture],
		['a part', CUT.toString('base64'), cut()],
		['one sign too many', `${BASE64.replace(/=+$/, '')}AAA`, notBase64],
		['a blank in it', `${BASE64.slice(0, 40)} ${BASE64.slice(40)}`, notBase64],
		['one sign strange', `${BASE64.slice(0, 40)}!${BASE64.slice(40)}`, notBase64],
		['a letter of another script', `${BASE64.slice(0, 40)}\u0441${BASE64.slice(41)}`, notBase64],
		['nothing but such letters', '\u0441\u0442\u0430\u0442', notBase64],
		['a tab that breaks no line', `${BASE64.slice(0, 40)}\t${BASE64.slice(40)}`, notBase64],
		['a padding too much', `${BASE64}=`, notBase64],
		['a padding too little', BASE64.replace(/==$/, '='), notBase64],
		['base64 of words', Buffer.from('these are only words').toString('base64'), noPicture],
		['base64 of many words, then a strange sign', `${'d29y'.repeat(300)}!`, noPicture],
		['words', 'these are only words', notBase64],
		['nothing', '', notBase64],
		['a padding alone', '==', notBase64],
		['a name that is only near', `xbase64,${BASE64}`, notBase64],
	])('%s', (_, text, expected) => {
		expect(readCleanPicture(text)).toEqual(expected);
	});

	it('has its name in its first 65,536 signs', () => {
		const named = (length: number) =>
			`data:image/png;name=${'n'.repeat(length - 28)};base64,${BASE64}`;
		expect(readCleanPicture(named(65_536))).toEqual(picture);
		expect(readCleanPicture(named(65_537))).toEqual(notBase64);
	});
});

describe('a text that has been through something', () => {
	const code = (sign: string) => sign.charCodeAt(0);
	const hex = (sign: string) => code(sign).toString(16);
	const all = (write: (sign: string) => string) => [...BASE64].map(write).join('');
	it.each([
		['nothing', BASE64, picture],
		['a URL', all((sign) => `%${hex(sign)}`), picture],
		['a URL, in capitals', encodeURIComponent(PLUS64), plus],
		[
			'a URL, three times',
			encodeURIComponent(encodeURIComponent(encodeURIComponent(PLUS64))),
			plus,
		],
		['HTML, in hex', all((sign) => `&#x${hex(sign)};`), picture],
		['HTML, in digits', all((sign) => `&#${code(sign)};`), picture],
		['JSON', all((sign) => `\\u00${hex(sign)}`), picture],
		['JSON, its slashes', PLUS64.replace(/\//g, '\\/'), plus],
		['JSON, its breaks', BASE64.replace(/(.{10})/g, '$1\\r\\n\\t'), picture],
		['quotes', `"${BASE64}"`, picture],
		['quotes, with white space around them', `\n "${BASE64}" `, picture],
		['quotes of Python', `b'${BASE64}' `, picture],
		['quotes of Markdown', `\`${BASE64}\``, picture],
		['quotes in a URI', `"data:image/png;base64,${BASE64}"`, picture],
		[
			'signs that nobody sees',
			`\uFEFF${BASE64.slice(0, 40)}\u00AD\u200B${BASE64.slice(40)}\u2060`,
			picture,
		],
		['line breaks', BASE64.replace(/(.{10})/g, '$1\r\n\t'), picture],
		['a layout in groups', spaced(BASE64, 10), picture],
		['a layout in lines and blanks', `  ${BASE64.slice(0, 40)}\n  ${BASE64.slice(40)}`, picture],
		['a + that became a blank', PLUS64.replace(/\+/g, ' '), plus],
		['blanks beside a + that came through', `${PLUS64.slice(0, 40)} ${PLUS64.slice(40)}`, plus],
		['a part', CUT.toString('base64'), cut()],
		['words', 'these are only words!', notBase64],
		['base64 of words', Buffer.from('these are only words').toString('base64'), noPicture],
		['one quote', `"${BASE64}`, notBase64],
		['a strange sign in place of a quote', `!${BASE64}"`, notBase64],
		['two quotes of two kinds', `"${BASE64}'`, notBase64],
	])('%s', (_, text, expected) => {
		expect(readBase64Picture(text)).toEqual(expected);
	});

	it('is escaped three times at most', () => {
		const often = (times: number): string =>
			times === 0 ? PLUS64 : encodeURIComponent(often(times - 1));
		expect(readBase64Picture(often(4))).not.toEqual(plus);
	});

	it('may have lost a + at its very end', () => {
		const ends = `${Buffer.concat([PICTURE, Buffer.alloc(2)]).toString('base64')}abc+`;
		expect(readBase64Picture(ends.replace(/\+/g, ' '))).toMatchObject({
			bytes: Buffer.from(ends, 'base64'),
		});
	});
});

test.each([
	['data:text/plain,hello', true],
	[' DATA:image/svg+xml,<svg>', true],
	['data:image/png;base64,AAAA', false],
	['data:image/png; base64 ,AAAA', false],
	['see data:text/plain,hello', false],
	['hello', false],
	[`data:x;${'n'.repeat(65_536)};base64,AAAA`, true],
])('is data, and not base64: %#', (text, isOther) => {
	expect(isOtherDataUri(text)).toBe(isOther);
});
