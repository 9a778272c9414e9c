import type { Editor } from './editor';
import type { Locator } from './playwright';

/** The output of the opened node. */
export class OutputPanel {
	private readonly panel: Locator;

	constructor(private readonly editor: Editor) {
		this.panel = editor.page.getByTestId('output-panel');
	}

	/** Presses *Execute step*, waits for the end and closes the message, which stays after a failure. */
	async execute(): Promise<void> {
		const ended = await this.executed();
		const gone = ended.waitFor({ state: 'hidden' });
		// It may be gone before it is closed.
		await Promise.any([gone, ended.locator('.el-notification__closeBtn').click()]);
		await gone;
	}

	/** Presses *Execute step* and waits for the end. Answers the message, which goes by itself after a success. */
	async executed(): Promise<Locator> {
		const { page } = this.editor;
		await page.getByTestId('node-execute-button').click();
		const ended = page
			.locator('.el-notification')
			.filter({ hasText: /executed successfully|Problem in node/ })
			.first();
		await ended.waitFor();
		await this.panel.getByTestId('node-run-info').waitFor();
		return ended;
	}

	/** Whether the editor offers to pin what is there. */
	async canPin(): Promise<boolean> {
		return await this.panel.getByTestId('ndv-pin-data').isEnabled();
	}

	/** All texts. */
	async text(): Promise<string> {
		return await this.panel.innerText();
	}

	/** Opens what the error view has from the node. Answers all texts. */
	async failureDetails(): Promise<string> {
		await this.panel
			.getByText(/From Sats4AI/)
			.first()
			.click();
		await this.editor.page.waitForTimeout(300);
		return await this.text();
	}

	/** Looks at *Schema*, *JSON* or *Binary*. Answers all texts. */
	async look(at: 'Schema' | 'JSON' | 'Binary'): Promise<string> {
		await this.panel.getByText(at).first().click();
		await this.editor.page.waitForTimeout(300);
		return await this.panel.innerText();
	}

	/** Opens the picture. Answers its size as the browser has decoded it. */
	async viewPicture(): Promise<{ width: number; height: number }> {
		await this.look('Binary');
		const picture = await this.viewIn(this.panel);
		return await picture.evaluate((element) => ({
			width: Number(Reflect.get(element, 'naturalWidth')),
			height: Number(Reflect.get(element, 'naturalHeight')),
		}));
	}

	/** Opens the picture that came in, on the other side. */
	async viewInput(): Promise<void> {
		await this.viewIn(this.editor.page.getByTestId('ndv-input-panel'));
	}

	private async viewIn(panel: Locator): Promise<Locator> {
		await panel.getByTestId('ndv-view-binary-data').first().click();
		// Not one of the icons that stand around it.
		const picture = panel.locator('img[src*="binary-data"], embed[src*="binary-data"]').first();
		await picture.waitFor();
		await this.editor.page.waitForTimeout(500);
		return picture;
	}
}
