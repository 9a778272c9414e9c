import type { Page } from './playwright';

/** What somebody had to do in a page. */
export interface Effort {
	readonly clicks: number;
	/** Fields that something was typed into. */
	readonly fields: number;
}

/** Watches a page from now on, until it is left. */
export async function watchEffort(page: Page): Promise<() => Promise<Effort>> {
	const root = page.locator('html');
	await root.evaluate((element) => {
		const count = (name: string): void => {
			element.setAttribute(name, String(Number(element.getAttribute(name)) + 1));
		};
		const typedInto = new Set<unknown>();
		element.addEventListener('mousedown', () => count('data-clicks'), true);
		element.addEventListener(
			'input',
			({ target }) => {
				if (!typedInto.has(target)) count('data-fields');
				typedInto.add(target);
			},
			true,
		);
	});
	const read = async (name: string): Promise<number> => Number(await root.getAttribute(name));
	return async () => ({ clicks: await read('data-clicks'), fields: await read('data-fields') });
}
