import { SPENT_BY_CODE } from '../../nodes/Sats4Ai/purchase/report/failure';
import { codeBlocks, read, section, tableRows } from './markdown';

const text = read('docs/errors.md');

const SECTIONS = {
	no: 'Nothing was spent',
	unknown: 'Nobody can tell yet',
	yes: 'Money was spent',
} as const;

function codesUnder(heading: string): string[] {
	return tableRows(section(text, heading)).map(([code = '']) => code.replace(/`/g, ''));
}

test.each(['no', 'unknown', 'yes'] as const)(
	'the codes with spent: %s, all and no others',
	(spent) => {
		const codes = Object.entries(SPENT_BY_CODE)
			.filter((entry) => entry[1] === spent)
			.map(([code]) => code);
		expect(codes.length).toBeGreaterThan(0);
		expect(codesUnder(SECTIONS[spent]).sort()).toEqual(codes.sort());
	},
);

test.each(['no', 'unknown', 'yes'] as const)('an example with spent: %s', (spent) => {
	const examples = codeBlocks(section(text, SECTIONS[spent]), 'json');
	expect(examples).toHaveLength(1);
	const { error } = JSON.parse(examples[0] ?? '') as { error: Record<string, unknown> };
	expect(SPENT_BY_CODE).toHaveProperty(String(error.code), spent);
	expect(error.spent).toBe(spent);
	if (spent !== 'no') {
		expect(Object.keys(error.payment ?? {})).toEqual(
			expect.arrayContaining(['token', 'invoice', 'paymentHash']),
		);
	}
});

test.each(Object.values(SECTIONS))(
	'every row of "%s" says what happened and what to do',
	(heading) => {
		for (const [code, what, next, ...more] of tableRows(section(text, heading))) {
			expect({ code, what, next, more }).toEqual({
				code: expect.stringMatching(/^`[A-Z_]+`$/),
				what: expect.stringMatching(/^[A-Z].+\.$/),
				next: expect.stringMatching(/^[A-Z].+\.$/),
				more: [],
			});
		}
	},
);
