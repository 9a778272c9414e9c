import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { projectFolder } from '../rig/projectFolder';
import type { Box, Page } from './playwright';

/** Panels slide and messages fade. */
const SETTLES_WITHIN_MS = 800;
const LARGEST_BYTES = 200_000;

/** Pictures of the editor for people, in `docs/images`. */
export class Screenshots {
	constructor(readonly wanted: boolean) {}

	/** Takes one of the window, or of a part of it. Throws where it would be too large for a page. */
	async take(page: Page, name: string, clip?: Box): Promise<void> {
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
		const taken = await page.screenshot(clip === undefined ? undefined : { clip });
		const picture = sharp(taken).png({ palette: true, effort: 10, quality: 90 });
		const { size } = await picture.toFile(join(folder, `${name}.png`));
		if (size > LARGEST_BYTES) throw new Error(`${name}.png has ${size} bytes`);
	}
}
