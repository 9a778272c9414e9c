/** In the title of a row that a wallet cannot show; the reason follows. */
export const CANNOT = ': cannot happen, ';

/** A row of the table; where the wallet cannot show it, with the reason in the place of a result. */
export function unless(because: string | undefined) {
	return (row: string, run: () => Promise<void>): void => {
		if (because === undefined) test(row, run);
		else test(`${row}${CANNOT}${because}`, () => expect(because).toMatch(/\w \w/));
	};
}
