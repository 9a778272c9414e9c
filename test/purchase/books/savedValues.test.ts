import {
	decimalIn,
	plainEntry,
	textIn,
	timeIn,
} from '../../../nodes/Sats4Ai/purchase/books/savedValues';
import { NOW } from '../openPurchases';
import { throwing } from './throwing';

describe('values out of saved books', () => {
	it.each([
		[{ a: 1 }, { a: 1 }],
		[{ a: undefined, b: () => 1 }, {}],
		[[1], null],
		['text', null],
		[null, null],
		[undefined, null],
		[5, null],
		[{ toJSON: () => undefined }, null],
		[{ toJSON: () => 5 }, null],
		[{ toJSON: () => null }, null],
		[{ a: 1n }, null],
	])('the entry %p', (value, entry) => {
		expect(plainEntry(value, 100)).toEqual(entry);
	});

	it('an entry is a copy, and no longer than it may be', () => {
		expect(plainEntry(throwing, 100)).toBeNull();
		const value = { inner: { a: 1 } };
		const copy = plainEntry(value, 100);
		expect(copy?.inner).not.toBe(value.inner);
		expect(plainEntry({ a: 1 }, 7)).toEqual({ a: 1 });
		expect(plainEntry({ a: 1 }, 6)).toBeNull();
	});

	it.each([
		['', ''],
		['abc', 'abc'],
		['abcd', null],
		[5, null],
		[null, null],
	])('the text %p', (value, text) => {
		expect(textIn(value, 3)).toBe(text);
	});

	it.each([
		['0', '0'],
		['9'.repeat(19), '9'.repeat(19)],
		['9'.repeat(20), null],
		['', null],
		['-1', null],
		['1 ', null],
		[' 1', null],
		[5, null],
	])('the amount %p', (value, msat) => {
		expect(decimalIn(value)).toBe(msat);
	});

	it.each([
		[NOW, NOW],
		[0.5, 0.5],
		[0, null],
		[-1, null],
		[Infinity, null],
		[NaN, null],
		['5', null],
	])('the time %p', (value, at) => {
		expect(timeIn(value)).toBe(at);
	});
});
