import type { OwnerLogin } from '../rig/session';
import type { Browser, Locator, Page } from './playwright';

/** A busy machine takes half a minute to load the editor; a fast one never waits as long. */
const SLOWEST_MACHINE_MS = 120_000;

export type Theme = 'light' | 'dark';

/** n8n's editor in a browser, in words that are right for all of its versions. */
export class Editor {
	private constructor(
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Opens a window and logs in. */
	static async open(
		browser: Browser,
		url: string,
		login: OwnerLogin,
		theme: Theme = 'light',
	): Promise<Editor> {
		const viewport = { width: 1440, height: 900 };
		const context = await browser.newContext({ viewport, colorScheme: theme });
		const page = await context.newPage();
		page.setDefaultTimeout(SLOWEST_MACHINE_MS);
		const editor = new Editor(page, url);
		const home = new URL(url).hostname;
		// The page asks other hosts about versions and packages; here it gets no answer.
		await context.route(
			({ hostname }) => hostname !== home,
			async (route) => await route.abort(),
		);
		await page.goto(`${url}/signin`);
		await page.locator('input[type=email]').fill(login.email);
		await page.locator('input[type=password]').fill(login.password);
		await page.keyboard.press('Enter');
		await page.waitForURL(/home/);
		return editor;
	}

	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.getByTestId('canvas-plus-button').waitFor();
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Types into the list of nodes. Answers the names it finds. */
	async search(word: string): Promise<string[]> {
		const bar = this.page.getByTestId('node-creator-search-bar');
		if (!(await bar.isVisible())) await this.page.getByTestId('node-creator-plus-button').click();
		await bar.fill(word);
		const names = this.page.getByTestId('node-creator-item-name');
		await names.first().waitFor();
		// The list follows the typing after a moment.
		await this.page.waitForTimeout(500);
		return await names.allInnerTexts();
	}

	/** Takes an entry of the list of nodes, or of the list of a node's actions. */
	async pick(name: RegExp): Promise<void> {
		await this.page.getByTestId('node-creator-item-name').filter({ hasText: name }).first().click();
	}

	/** Texts of the list of a node's actions. */
	async actions(): Promise<string[]> {
		const names = this.page.getByTestId('node-creator-item-name');
		await names.filter({ hasText: 'image' }).first().waitFor();
		return await names.allInnerTexts();
	}

	/** Opens a node of the canvas. */
	async openNode(name: string): Promise<void> {
		const node = this.page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`);
		await node.dblclick();
		await this.parameters.waitFor();
	}

	/** Closes the opened node. */
	async closeNode(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.parameters.waitFor({ state: 'hidden' });
	}

	/** Name and subtitle of a node on the canvas. */
	async labelOf(name: string): Promise<string> {
		return await this.page
			.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`)
			.innerText();
	}

	/** Inside the opened node. */
	get parameters(): Locator {
		return this.page.getByTestId('node-parameters').first();
	}

	/** Names of the parameters that the opened node shows. */
	async shownParameters(): Promise<string[]> {
		return await parameterNames(this.parameters);
	}

	/** Names in the list of options that may be added. */
	async offeredOptions(): Promise<string[]> {
		await this.optionAdder.click();
		await this.options.first().waitFor();
		const names = await this.options.allInnerTexts();
		await this.optionAdder.click();
		await this.options.first().waitFor({ state: 'hidden' });
		return names;
	}

	/** Adds one of the options that are offered. */
	async addOption(name: string): Promise<void> {
		await this.optionAdder.click();
		await this.options.filter({ hasText: name }).first().click();
	}

	/** Fills in the field of an option that was added. */
	async fillOption(parameter: string, text: string): Promise<void> {
		const input = this.parameters.getByTestId(`parameter-input-${parameter}`);
		await input.locator('input').first().fill(text);
	}

	private get optionAdder(): Locator {
		const { page } = this;
		return page
			.getByTestId('collection-parameter-add')
			.or(page.locator('[data-test-id=node-parameters] .param-options'))
			.first();
	}

	/** Options in the opened list. */
	private get options(): Locator {
		return this.page
			.locator('[data-test-id=collection-parameter-option]:visible')
			.filter({ hasText: /\w/ });
	}

	/** Chooses in a list; `inside` is the opened node or the opened credential. */
	async choose(inside: Locator, parameter: string, option: string): Promise<void> {
		await inside.getByTestId(`parameter-input-${parameter}`).locator('input').first().click();
		const choice = this.page
			.locator('.el-select-dropdown__item:visible')
			.filter({ hasText: new RegExp(`^\\s*${option.replace(/[()]/g, '\\$&')}`) });
		await choice.first().click();
		await choice.first().waitFor({ state: 'hidden' });
	}
}

/** The parameters inside of a form, by their own names. */
export async function parameterNames(form: Locator): Promise<string[]> {
	return await form.evaluate((element) =>
		[...element.querySelectorAll('[data-test-id^="parameter-input-"]')]
			.filter((input) => input.getClientRects().length > 0)
			.map((input) => (input.getAttribute('data-test-id') ?? '').slice('parameter-input-'.length))
			.filter((name) => name !== 'field' && name !== 'item'),
	);
}
