import type { SeededRandom } from '../seededRandom';
import type { Palette } from './palette';
import type { ScenePlan } from './readPrompt';

/** What every part of a scene needs to draw itself. Lengths are in pixels. */
export interface Canvas {
	readonly width: number;
	readonly height: number;
	/** The shorter side: sizes of things are parts of it. */
	readonly unit: number;
	/** Where the land, or the water, begins. */
	readonly horizon: number;
	readonly orb: { readonly x: number; readonly y: number; readonly radius: number };
	readonly plan: ScenePlan;
	readonly palette: Palette;
	readonly random: SeededRandom;
}

/** A number short enough for SVG. */
export function px(value: number): string {
	return value.toFixed(1);
}

export function points(list: readonly (readonly [number, number])[]): string {
	return list.map(([x, y]) => `${px(x)},${px(y)}`).join(' ');
}
