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
	// Runs in the page: no function here may have a name, which the compiler would want to keep.
	await root.evaluate((element) => {
		const typedInto = new Set<unknown>();
		let clicks = 0;
		element.addEventListener(
			'mousedown',
			() => {
				clicks += 1;
				element.setAttribute('data-clicks', String(clicks));
			},
			true,
		);
		element.addEventListener(
			'input',
			({ target }) => {
				typedInto.add(target);
				element.setAttribute('data-fields', String(typedInto.size));
			},
			true,
		);
	});
	const read = async (name: string): Promise<number> => Number(await root.getAttribute(name));
	return async () => ({ clicks: await read('data-clicks'), fields: await read('data-fields') });
}

/** What of the effort goes into some part of the work, here and there. */
export class PartOfEffort {
	private began: Effort = { clicks: 0, fields: 0 };
	sum: Effort = { clicks: 0, fields: 0 };

	constructor(private readonly effort: () => Promise<Effort>) {}

	async begin(): Promise<void> {
		this.began = await this.effort();
	}

	async end(): Promise<void> {
		const { clicks, fields } = await this.effort();
		this.sum = {
			clicks: this.sum.clicks + clicks - this.began.clicks,
			fields: this.sum.fields + fields - this.began.fields,
		};
	}
}
