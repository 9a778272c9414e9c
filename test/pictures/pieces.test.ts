import fc from 'fast-check';
import {
	endsInTheMiddle,
	pictureFormat,
} from '../../nodes/Sats4Ai/purchase/service/picture/format';
import { Pieces } from '../../nodes/Sats4Ai/purchase/service/picture/pieces';
import { times } from '../depth';
import { builtFiles } from './built';
import { drawnFiles, type PictureFile } from './drawn';

let files: PictureFile[] = [];
beforeAll(async () => {
	files = [...(await drawnFiles()), ...builtFiles];
});

/** The bytes in pieces that end at these shares of their length. */
function split(bytes: Buffer, shares: readonly number[]): Pieces {
	const ends = shares.map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b);
	const bounds = [0, ...ends, bytes.length];
	return new Pieces(bounds.slice(1).map((end, index) => bytes.subarray(bounds[index], end)));
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const shares = fc.array(share, { maxLength: 12 });
const damages = fc.array(fc.tuple(share, fc.nat(255)), { maxLength: 3 });

/** Asserts it of every file; a seed of its own for each run of the tests. */
function ofEachFile<Values extends [unknown, ...unknown[]]>(
	holds: (bytes: Buffer, ...values: Values) => void,
	...arbitraries: { [Index in keyof Values]: fc.Arbitrary<Values[Index]> }
): void {
	for (const [, bytes] of files) {
		const property = fc.property(...arbitraries, (...values: Values) => holds(bytes, ...values));
		fc.assert(property, { numRuns: times(40, 6) });
	}
}

describe('a picture in pieces', () => {
	it('has format, size and end as in one buffer, wherever it is cut or damaged', () => {
		ofEachFile(
			(bytes, ends, length, damaged) => {
				const file = Buffer.from(bytes);
				for (const [at, value] of damaged) file[Math.floor(at * (file.length - 1))] = value;
				for (const part of [file, file.subarray(0, Math.floor(length * file.length))]) {
					const pieces = split(part, ends);
					expect(endsInTheMiddle(pieces)).toBe(endsInTheMiddle(part));
					expect(pictureFormat(pieces)).toEqual(pictureFormat(part));
				}
			},
			shares,
			share,
			damages,
		);
	});

	it('has each of its bytes, numbers and texts at the same places', () => {
		ofEachFile(
			(bytes, ends, first, second) => {
				const pieces = split(bytes, ends);
				const [at, end] = [first, second].map((each) => Math.floor(each * (bytes.length + 4)));
				if (at === undefined || end === undefined) return;
				expect(pieces.length).toBe(bytes.length);
				expect(pieces.byteAt(at)).toBe(bytes[at]);
				expect(pieces.subarray(at, end).equals(bytes.subarray(at, end))).toBe(true);
				expect(pieces.toString('latin1', at, end)).toBe(bytes.toString('latin1', at, end));
				if (at + 8 <= bytes.length) {
					expect(pieces.readUIntBE(at, 3)).toBe(bytes.readUIntBE(at, 3));
					expect(pieces.readUIntLE(at, 2)).toBe(bytes.readUIntLE(at, 2));
					expect(pieces.readUInt32BE(at)).toBe(bytes.readUInt32BE(at));
					expect(pieces.readBigUInt64BE(at)).toBe(bytes.readBigUInt64BE(at));
					expect(pieces.readBigUInt64LE(at)).toBe(bytes.readBigUInt64LE(at));
				}
				for (const wanted of [0xd9, 0xff, 'IEND', 'idat', 'jxlc']) {
					expect(pieces.indexOf(wanted, end)).toBe(bytes.indexOf(wanted, end));
					expect(pieces.lastIndexOf(wanted, end)).toBe(bytes.lastIndexOf(wanted, end));
				}
				expect(pieces.includes('IEND')).toBe(bytes.includes('IEND'));
			},
			shares,
			share,
			share,
		);
	});
});
