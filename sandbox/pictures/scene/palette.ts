import type { ScenePlan } from './readPrompt';
import type { SeededRandom } from '../seededRandom';

/** Colors of one scene, `#rrggbb`. */
export interface Palette {
	/** From the zenith down to the horizon. */
	readonly sky: readonly [string, string, string, string];
	/** Sun or moon, and the light around it. */
	readonly orb: string;
	readonly glow: string;
	readonly cloud: string;
	/** Land far away, and near by. */
	readonly far: string;
	readonly near: string;
	readonly window: string;
}

const palettes: Readonly<Record<ScenePlan['time'], readonly [Palette, ...Palette[]]>> = {
	dawn: [
		{
			sky: ['#5b7fb8', '#9fb4d6', '#f3c8c4', '#ffe6c7'],
			orb: '#fff6df',
			glow: '#ffd9a8',
			cloud: '#fff1ea',
			far: '#a9a7c4',
			near: '#2f3b55',
			window: '#ffe7a8',
		},
		{
			sky: ['#6a6fb0', '#b59ac8', '#f7b9b4', '#ffe0b8'],
			orb: '#fffbe8',
			glow: '#ffc9a0',
			cloud: '#ffe9e4',
			far: '#b79fc0',
			near: '#35304f',
			window: '#ffe1a0',
		},
	],
	day: [
		{
			sky: ['#2f7fd0', '#64a9e6', '#a9d4f2', '#e6f4fb'],
			orb: '#fffdf0',
			glow: '#fff3c4',
			cloud: '#ffffff',
			far: '#8fb2cf',
			near: '#2f6b46',
			window: '#d8ecf8',
		},
		{
			sky: ['#2a6fb5', '#5aa6d8', '#9fd6e4', '#f1f6e2'],
			orb: '#ffffff',
			glow: '#fff6cf',
			cloud: '#ffffff',
			far: '#94b9c4',
			near: '#3c6d3c',
			window: '#e2f1f4',
		},
	],
	sunset: [
		{
			sky: ['#2b2f6b', '#8a3f7c', '#f0744f', '#ffd07a'],
			orb: '#fff2c0',
			glow: '#ffb35a',
			cloud: '#ff9f7a',
			far: '#8a4a72',
			near: '#1d1730',
			window: '#ffd98a',
		},
		{
			sky: ['#27406f', '#c2557a', '#ff9757', '#ffe29a'],
			orb: '#fff7d2',
			glow: '#ffc46b',
			cloud: '#ffb48f',
			far: '#a45a78',
			near: '#241a36',
			window: '#ffe09a',
		},
	],
	night: [
		{
			sky: ['#070b22', '#101c44', '#1f3a6b', '#4a6a97'],
			orb: '#f6f3e4',
			glow: '#9fc0ea',
			cloud: '#5c759f',
			far: '#2b4470',
			near: '#060a18',
			window: '#ffd88a',
		},
		{
			sky: ['#0a0720', '#1d1647', '#3c2c6f', '#7a5a97'],
			orb: '#fbf6ea',
			glow: '#c0a8ea',
			cloud: '#77669f',
			far: '#3f3470',
			near: '#0a0718',
			window: '#ffdc96',
		},
	],
};

const neon: Palette = {
	sky: ['#0b0628', '#35115c', '#a12a86', '#ff8a6b'],
	orb: '#ffd36e',
	glow: '#ff5fa2',
	cloud: '#c04a9a',
	far: '#5a2a78',
	near: '#0d0822',
	window: '#7ff0ff',
};

export function paletteFor(plan: ScenePlan, random: SeededRandom): Palette {
	return plan.neon ? neon : random.pick(palettes[plan.time]);
}

/** A color between two, `share` of the second. */
export function mix(first: string, second: string, share: number): string {
	const channels = [1, 3, 5].map((at) => {
		const from = parseInt(first.slice(at, at + 2), 16);
		const to = parseInt(second.slice(at, at + 2), 16);
		return Math.round(from + (to - from) * share)
			.toString(16)
			.padStart(2, '0');
	});
	return `#${channels.join('')}`;
}
