import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainPicture } from '../../../sandbox/pictures/plainPicture';
import type { Home } from '../rig/home';

let folders = 0;

/** Folders for one scenario: photographs to buy for, all of them different, and an empty one. */
export interface Photographs {
	/** For *Read Files*. */
	readonly selector: string;
	/** Where pictures go. */
	readonly output: string;
}

export function photographs(home: Home, count: number): Photographs {
	folders += 1;
	const folder = join(home.files, `photographs-${folders}`);
	const output = join(home.files, `pictures-${folders}`);
	mkdirSync(folder);
	mkdirSync(output);
	for (let number = 1; number <= count; number += 1) {
		const { bytes } = plainPicture(folders * 1_000_000 + number);
		writeFileSync(join(folder, `photo-${number}.png`), bytes);
	}
	return { selector: `${folder}/*.png`, output };
}
