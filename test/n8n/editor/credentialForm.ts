import { parameterNames, type Editor } from './editor';
import type { Locator } from './playwright';

/** The form of a credential, as the editor opens it. */
export class CredentialForm {
	private readonly form: Locator;

	constructor(private readonly editor: Editor) {
		this.form = editor.page.getByTestId('editCredential-modal');
	}

	/** Opens a new one from the opened node. */
	async openNew(): Promise<void> {
		const { page } = this.editor;
		const select = page.getByTestId('node-credentials-select');
		const button = page.getByText('Connect to Lightning Wallet');
		await select.or(button).first().waitFor();
		if (await button.isVisible()) await button.click();
		else {
			await select.click();
			await page.getByTestId('node-credentials-select-item-new').last().click();
		}
		await this.form.waitFor();
	}

	async choose(parameter: string, option: string): Promise<void> {
		await this.editor.choose(this.form, parameter, option);
	}

	async fill(parameter: string, text: string): Promise<void> {
		await this.input(parameter).fill(text);
	}

	/** What stands in a field, as its element has it. */
	async typeOf(parameter: string): Promise<string | null> {
		return await this.input(parameter).getAttribute('type');
	}

	async shownParameters(): Promise<string[]> {
		return await parameterNames(this.form);
	}

	async save(): Promise<void> {
		const outer = this.form.getByTestId('credential-save-button');
		await outer.locator('button').or(outer).last().click();
	}

	/** Waits until the test has failed. Answers all that the form says then. */
	async refusal(): Promise<string> {
		const banner = this.form.getByText(/Couldn.t connect/);
		await banner.waitFor();
		await this.form.getByText('More details').click();
		await this.editor.page.waitForTimeout(300);
		return await this.form.innerText();
	}

	/** Waits until the test has passed: n8n 2 closes the form then, 1 says so in it. */
	async accepted(): Promise<void> {
		const said = this.form.getByTestId('credentials-config-container-test-success');
		await Promise.any([said.waitFor(), this.form.waitFor({ state: 'hidden' })]);
	}

	async close(): Promise<void> {
		if (await this.form.isVisible()) await this.editor.page.keyboard.press('Escape');
		await this.form.waitFor({ state: 'hidden' });
	}

	private input(parameter: string): Locator {
		return this.form.getByTestId(`parameter-input-${parameter}`).locator('input, textarea').first();
	}
}
