import { points, px, type Canvas } from './canvas';
import { mix } from './palette';
import type { SeededRandom } from '../seededRandom';

/** Heights from 0 to 1 along a line, rough (midpoint displacement) or round (waves). */
function profile(random: SeededRandom, steps: number, rough: boolean): number[] {
	if (!rough) {
		const waves = [1, 2.3, 4.1].map((pitch) => ({
			pitch: pitch * random.between(0.8, 1.3),
			phase: random.between(0, 6.28),
		}));
		return Array.from({ length: steps + 1 }, (_, step) => {
			const t = (step / steps) * 6.28;
			const sum = waves.reduce((s, { pitch, phase }) => s + Math.sin(t * pitch + phase) / pitch, 0);
			return 0.5 + sum * 0.28;
		});
	}
	const line: number[] = Array.from({ length: steps + 1 }, () => 0);
	const split = (from: number, to: number, swing: number): void => {
		if (to - from < 2) return;
		const middle = (from + to) >> 1;
		const mean = ((line[from] ?? 0) + (line[to] ?? 0)) / 2;
		line[middle] = mean + random.between(-swing, swing);
		split(from, middle, swing * 0.54);
		split(middle, to, swing * 0.54);
	};
	const quarter = steps / 4;
	for (let at = 0; at <= 4; at += 1) line[at * quarter] = random.between(0.15, 1);
	for (let at = 0; at < 4; at += 1) split(at * quarter, (at + 1) * quarter, 0.32);
	return line;
}

interface Ridge {
	/** 0 is the farthest. */
	readonly layer: number;
	readonly base: number;
	readonly rise: number;
	readonly rough: boolean;
	readonly color: string;
	/** Color of the mist at its foot. */
	readonly mist: string;
	/** Color of the heights, as of snow; or null. */
	readonly cap: string | null;
}

function ridgeLine(canvas: Canvas, ridge: Ridge): (readonly [number, number])[] {
	const steps = 128;
	return profile(canvas.random, steps, ridge.rough).map(
		(height, step) => [(step / steps) * canvas.width, ridge.base - height * ridge.rise] as const,
	);
}

function drawRidge(
	canvas: Canvas,
	ridge: Ridge,
	line: readonly (readonly [number, number])[],
): string {
	const { width, height } = canvas;
	const id = `ridge${ridge.layer}`;
	const top = ridge.base - ridge.rise;
	const cap =
		ridge.cap === null
			? ''
			: `<stop offset="0" stop-color="${ridge.cap}"/><stop offset="0.22" stop-color="${ridge.cap}"/>`;
	const fill = `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="0" y1="${px(top)}" x2="0" y2="${px(ridge.base + ridge.rise * 0.35)}">${cap}<stop offset="${ridge.cap === null ? 0 : 0.4}" stop-color="${ridge.color}"/><stop offset="1" stop-color="${ridge.mist}"/></linearGradient>`;
	const shape = points([[0, height], ...line, [width, height]]);
	return `${fill}<polygon points="${shape}" fill="url(#${id})"/>`;
}

function conifer(x: number, ground: number, size: number): string {
	const tiers = [0, 1, 2, 3].map((tier) => {
		const half = size * (0.1 + 0.06 * tier);
		const top = ground - size * (1 - 0.2 * tier);
		return `M ${px(x)} ${px(top)} L ${px(x + half)} ${px(top + size * 0.36)} L ${px(x - half)} ${px(top + size * 0.36)} Z`;
	});
	return tiers.join(' ');
}

/** Trees along a ridge, close together or in groups. */
function drawTrees(
	canvas: Canvas,
	line: readonly (readonly [number, number])[],
	size: number,
	density: number,
	color: string,
): string {
	const { random } = canvas;
	const trees = line.flatMap(([x, y]) =>
		Array.from({ length: 2 }, () => x + random.between(0, canvas.width / 128))
			.filter(() => random.chance(density))
			.map((at) => conifer(at, y + size * 0.12, size * random.between(0.55, 1.15))),
	);
	return `<path d="${trees.join(' ')}" fill="${color}"/>`;
}

/** Mountains, hills, dunes or the edge of a wood, from far to near. */
export function drawRidges(canvas: Canvas): string {
	const { palette, plan, horizon, height, unit } = canvas;
	const rough = plan.land === 'mountains' || plan.land === 'forest';
	const layers = plan.land === 'sea' ? 2 : 4;
	const floor = plan.water ? horizon : height * 0.92;
	const snowy = plan.weather === 'snow';
	return Array.from({ length: layers }, (_, layer) => {
		const depth = layer / (layers - 1);
		const tall = plan.land === 'mountains' ? 0.4 : plan.land === 'sea' ? 0.07 : 0.2;
		const near = plan.land === 'desert' ? mix('#c8813f', palette.near, 0.35) : palette.near;
		const ground = snowy ? mix('#f2f6fb', palette.sky[1], 0.35) : near;
		const color = mix(mix(palette.far, palette.sky[3], 0.25), ground, depth ** 1.3);
		const base = plan.land === 'sea' ? horizon : horizon + (floor - horizon) * depth ** 1.6 * 0.9;
		const ridge: Ridge = {
			layer,
			base,
			rise: unit * tall * (1 - 0.55 * depth),
			rough: rough && depth < 0.9,
			color,
			mist: mix(color, palette.sky[3], 0.55 * (1 - depth)),
			cap: plan.land === 'mountains' && depth < 0.5 ? mix('#ffffff', palette.glow, 0.3) : null,
		};
		const line = ridgeLine(canvas, ridge);
		const wooded = plan.land === 'forest' ? 0.8 : plan.land === 'hills' && depth > 0.3 ? 0.05 : 0;
		const treeSize = unit * (0.04 + 0.1 * depth);
		const trees =
			wooded === 0
				? ''
				: drawTrees(canvas, line, treeSize, wooded, mix(color, palette.near, snowy ? 0.85 : 0.55));
		return trees + drawRidge(canvas, ridge, line);
	}).join('');
}
