import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { projectFolder } from '../rig/projectFolder';
import type { Page } from './playwright';

/** Panels slide and messages fade. */
const SETTLES_WITHIN_MS = 800;
const LARGEST_BYTES = 200_000;

/** Pictures of the editor for people, in `docs/images`. */
export class Screenshots {
	constructor(readonly wanted: boolean) {}

	/** Takes one, small enough for a page. Throws where it would be too large. */
	async take(page: Page, name: string): Promise<void> {
		if (!this.wanted) return;
		const close = page.locator('.el-notification__closeBtn:visible').first();
		while (await close.isVisible()) {
			await close.click();
			await page.waitForTimeout(SETTLES_WITHIN_MS);
		}
		await page.mouse.move(0, 0);
		await page.waitForTimeout(SETTLES_WITHIN_MS);
		const folder = join(projectFolder, 'docs', 'images');
		mkdirSync(folder, { recursive: true });
		const picture = sharp(await page.screenshot()).png({ palette: true, effort: 10, quality: 90 });
		const { size } = await picture.toFile(join(folder, `${name}.png`));
		if (size > LARGEST_BYTES) throw new Error(`${name}.png has ${size} bytes`);
	}
}
