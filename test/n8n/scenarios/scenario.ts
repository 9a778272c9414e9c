import type { Screenshots } from '../editor/screenshots';
import type { App } from '../rig/app';

/** Something a user does with the node, and what must come of it. */
export interface Scenario {
	readonly name: string;
	/** Which part of n8n it goes through; `--only` chooses by it. */
	readonly part: 'cli' | 'rest' | 'editor' | 'queue' | 'examples';
	/** Whether it needs a browser outside of the part `editor` too. */
	readonly inBrowser?: true;
	/** The file in `examples/` that it executes. */
	readonly example?: string;
	/** Throws where it does not come out as it should. `full`: at length, where there is a choice. */
	readonly run: (app: App, screenshots: Screenshots, full: boolean) => Promise<void>;
}

export function goesThroughBrowser({ part, inBrowser }: Scenario): boolean {
	return part === 'editor' || inBrowser === true;
}
