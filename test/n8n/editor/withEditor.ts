import type { App } from '../rig/app';
import { openBrowser } from './browser';
import { Editor, type Theme } from './editor';

/** Opens the editor, works in it and closes the browser, however that ends. */
export async function withEditor(
	app: App,
	theme: Theme,
	work: (editor: Editor) => Promise<void>,
): Promise<void> {
	const browser = await openBrowser();
	try {
		const editor = await Editor.open(browser, app.url, app.session.login, theme);
		await work(editor);
	} finally {
		await browser.close();
	}
}
