import type { Editor } from './editor';
import type { Locator } from './playwright';

/** The option *Model ID* of the opened node: a list of the service's, or a field to type into. */
export class ModelField {
	private readonly field: Locator;
	private readonly items: Locator;

	constructor(private readonly editor: Editor) {
		this.field = editor.parameters.getByTestId('resource-locator-modelId');
		this.items = editor.page.locator('[data-test-id=rlc-item]:visible');
	}

	/** Adds the option to those of the node. */
	async add(): Promise<void> {
		await this.editor.addOption('Model ID');
		await this.field.waitFor();
	}

	async value(): Promise<string> {
		return await this.input.inputValue();
	}

	async mode(name: 'list' | 'id'): Promise<void> {
		await this.field.getByTestId('rlc-mode-selector').click();
		await this.editor.page.locator(`[data-test-id=mode-${name}]:visible`).click();
	}

	async type(id: string): Promise<void> {
		await this.input.fill(id);
	}

	/** Opens the list. Answers its entries. */
	async open(): Promise<string[]> {
		await this.input.click();
		await this.items.first().waitFor();
		return await this.items.allInnerTexts();
	}

	/** Types into the search of the opened list, until it no longer holds `gone`. */
	async search(words: string, gone: string): Promise<string[]> {
		await this.editor.page.locator('[data-test-id=rlc-search]:visible').fill(words);
		await this.items.filter({ hasText: gone }).first().waitFor({ state: 'hidden' });
		await this.items.first().waitFor();
		return await this.items.allInnerTexts();
	}

	async choose(entry: string): Promise<void> {
		await this.items.filter({ hasText: entry }).first().click();
		await this.items.first().waitFor({ state: 'hidden' });
	}

	/** Opens a list that cannot be had. Answers what the editor says. */
	async refusal(): Promise<string> {
		await this.input.click();
		const said = this.editor.page.locator('[data-test-id=rlc-error-container]:visible');
		await said.waitFor();
		return await said.innerText();
	}

	private get input(): Locator {
		return this.field.getByTestId('rlc-input-container').locator('input').first();
	}
}
