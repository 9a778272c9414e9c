import {
	bigEndian,
	byteAt,
	littleEndian,
	startsAt,
} from '../../nodes/Sats4Ai/purchase/service/picture/numbers';
import { Pieces } from '../../nodes/Sats4Ai/purchase/service/picture/pieces';

const bytes = Buffer.from('0123456789abcdef\u00ff');
/** Of one byte, of none, and of several. */
const CUTS = [[], [1], [1, 1], [4, 9], [3, 4, 5, 6, 12], [0, 17]];

const inPieces = CUTS.map((cuts) => {
	const bounds = [0, ...cuts, bytes.length];
	return new Pieces(bounds.slice(1).map((end, index) => bytes.subarray(bounds[index], end)));
});

describe.each(inPieces)('bytes in pieces: %#', (pieces) => {
	it('are as long, and at the same places', () => {
		expect(pieces.length).toBe(bytes.length);
		for (let at = 0; at <= bytes.length; at += 1) {
			expect([pieces.byteAt(at), byteAt(pieces, at)]).toEqual([bytes[at], bytes[at]]);
			expect(byteAt(bytes, at)).toBe(bytes[at]);
			for (let end = at; end <= bytes.length + 1; end += 1) {
				expect(pieces.subarray(at, end)).toEqual(bytes.subarray(at, end));
				expect(pieces.toString('latin1', at, end)).toBe(bytes.toString('latin1', at, end));
			}
		}
	});

	it('have an end where none is told, and nothing outside of it', () => {
		expect(pieces.subarray(5)).toEqual(bytes.subarray(5));
		expect(pieces.subarray(-3, 2)).toEqual(bytes.subarray(0, 2));
		expect(pieces.subarray(5, 2)).toHaveLength(0);
		expect(pieces.subarray(3, -1)).toHaveLength(0);
		expect(pieces.subarray(90, 99)).toHaveLength(0);
		expect(pieces.byteAt(90)).toBeUndefined();
	});

	it('are read as numbers', () => {
		expect(pieces.readUIntBE(3, 3)).toBe(bytes.readUIntBE(3, 3));
		expect(pieces.readUIntLE(3, 3)).toBe(bytes.readUIntLE(3, 3));
		expect(pieces.readUInt32BE(2)).toBe(bytes.readUInt32BE(2));
		expect(pieces.readBigUInt64BE(1)).toBe(bytes.readBigUInt64BE(1));
		expect(pieces.readBigUInt64LE(1)).toBe(bytes.readBigUInt64LE(1));
	});

	it.each(['0', '9', 'ef', '3456', '89ab', '0123456789', 'zz', 0x39, 0xbf, 0x00])(
		'hold %p at the same places',
		(wanted) => {
			expect(pieces.indexOf(wanted)).toBe(bytes.indexOf(wanted));
			expect(pieces.lastIndexOf(wanted)).toBe(bytes.lastIndexOf(wanted));
			for (let from = 0; from <= bytes.length; from += 1) {
				expect(pieces.indexOf(wanted, from)).toBe(bytes.indexOf(wanted, from));
				expect(pieces.lastIndexOf(wanted, from)).toBe(bytes.lastIndexOf(wanted, from));
			}
			expect(pieces.lastIndexOf(wanted, -1)).toBe(-1);
			if (typeof wanted === 'string') {
				expect(pieces.includes(wanted)).toBe(bytes.includes(wanted));
			}
		},
	);

	it('are one buffer where they are in one', () => {
		expect(pieces.subarray(0, 1).buffer).toBe(bytes.buffer);
	});
});

test('what is looked for is found first and last', () => {
	const twice = new Pieces([Buffer.from('ab-a'), Buffer.from('b-'), Buffer.from('ab')]);
	expect([twice.indexOf('ab'), twice.indexOf('ab', 1), twice.indexOf('ab', 4)]).toEqual([0, 3, 6]);
	expect([twice.lastIndexOf('ab'), twice.lastIndexOf('ab', 5)]).toEqual([6, 3]);
	expect([twice.lastIndexOf('ab', 2), twice.lastIndexOf('-')]).toEqual([0, 5]);
});

test('no pieces are no bytes', () => {
	const none = new Pieces([]);
	expect([none.length, none.byteAt(0), none.indexOf('a')]).toEqual([0, undefined, -1]);
	expect([none.lastIndexOf('a'), none.subarray(0).length]).toEqual([-1, 0]);
});

describe('the numbers of a header', () => {
	const header = Buffer.from('0102030405060708090a', 'hex');
	it.each([header, new Pieces([header.subarray(0, 3), header.subarray(3)])])(
		'are read in either order: %#',
		(file) => {
			const [little, big] = [littleEndian(file), bigEndian(file)];
			expect([little(0, 1), big(0, 1)]).toEqual([1, 1]);
			expect([little(1, 2), big(1, 2)]).toEqual([0x0302, 0x0203]);
			expect([little(1, 3), big(1, 3)]).toEqual([0x040302, 0x020304]);
			expect([little(6, 4), big(6, 4)]).toEqual([0x0a090807, 0x0708090a]);
			expect([little(0, 8), big(0, 8)]).toEqual([
				Number(0x0807060504030201n),
				Number(0x0102030405060708n),
			]);
		},
	);

	it('are none behind its end, before its start and between two bytes', () => {
		for (const read of [littleEndian(header), bigEndian(header)]) {
			expect([read(9, 1), read(2, 8)].some(Number.isNaN)).toBe(false);
			expect([read(10, 1), read(9, 2), read(3, 8), read(-1, 1), read(0.5, 1)]).toEqual(
				Array.from({ length: 5 }, () => NaN),
			);
			expect(read(NaN, 1)).toBeNaN();
		}
	});

	it('begin with signs', () => {
		const words = Buffer.from('RIFF\xff', 'latin1');
		expect(startsAt(words, 0, 'RIFF')).toBe(true);
		expect(startsAt(words, 3, 'F\xff')).toBe(true);
		expect(startsAt(words, 1, 'RIFF')).toBe(false);
		expect(startsAt(words, 3, 'F\xff\0')).toBe(false);
	});
});
