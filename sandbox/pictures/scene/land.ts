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
	readonly colour: string;
	/** Colour of the mist at its foot. */
	readonly mist: string;
	/** Colour of the heights, as of snow; or null. */
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
	const fill = `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="0" y1="${px(top)}" x2="0" y2="${px(ridge.base + ridge.rise * 0.35)}">${cap}<stop offset="${ridge.cap === null ? 0 : 0.4}" stop-color="${ridge.colour}"/><stop offset="1" stop-color="${ridge.mist}"/></linearGradient>`;
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
	colour: string,
): string {
	const { random } = canvas;
	const trees = line.flatMap(([x, y]) =>
		Array.from({ length: 2 }, () => x + random.between(0, canvas.width / 128))
			.filter(() => random.chance(density))
			.map((at) => conifer(at, y + size * 0.12, size * random.between(0.55, 1.15))),
	);
	return `<path d="${trees.join(' ')}" fill="${colour}"/>`;
}

function drawRidges(canvas: Canvas): string {
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
		const colour = mix(mix(palette.far, palette.sky[3], 0.25), ground, depth ** 1.3);
		const base = plan.land === 'sea' ? horizon : horizon + (floor - horizon) * depth ** 1.6 * 0.9;
		const ridge: Ridge = {
			layer,
			base,
			rise: unit * tall * (1 - 0.55 * depth),
			rough: rough && depth < 0.9,
			colour,
			mist: mix(colour, palette.sky[3], 0.55 * (1 - depth)),
			cap: plan.land === 'mountains' && depth < 0.5 ? mix('#ffffff', palette.glow, 0.3) : null,
		};
		const line = ridgeLine(canvas, ridge);
		const wooded = plan.land === 'forest' ? 0.8 : plan.land === 'hills' && depth > 0.3 ? 0.05 : 0;
		const treeSize = unit * (0.04 + 0.1 * depth);
		const trees =
			wooded === 0
				? ''
				: drawTrees(canvas, line, treeSize, wooded, mix(colour, palette.near, snowy ? 0.85 : 0.55));
		return trees + drawRidge(canvas, ridge, line);
	}).join('');
}

function drawTower(canvas: Canvas, x: number, wide: number, tall: number, depth: number): string {
	const { random, palette, plan, horizon } = canvas;
	const colour = mix(palette.far, palette.near, depth);
	const light = mix(colour, palette.glow, 0.14);
	const top = horizon - tall;
	const parts = [
		`<rect x="${px(x)}" y="${px(top)}" width="${px(wide)}" height="${px(tall + 2)}" fill="${colour}"/>`,
		`<rect x="${px(x)}" y="${px(top)}" width="${px(wide * 0.16)}" height="${px(tall + 2)}" fill="${light}"/>`,
	];
	const roof = random.next();
	if (roof < 0.25) {
		parts.push(
			`<rect x="${px(x + wide * 0.2)}" y="${px(top - wide * 0.35)}" width="${px(wide * 0.6)}" height="${px(wide * 0.4)}" fill="${colour}"/>`,
			`<rect x="${px(x + wide * 0.48)}" y="${px(top - wide * 0.95)}" width="${px(Math.max(1, wide * 0.04))}" height="${px(wide * 0.7)}" fill="${colour}"/>`,
		);
	} else if (roof < 0.45) {
		const spire = points([
			[x, top + 0.5],
			[x + wide / 2, top - wide * 0.8],
			[x + wide, top + 0.5],
		]);
		parts.push(`<polygon points="${spire}" fill="${colour}"/>`);
	} else if (roof < 0.6) {
		parts.push(
			`<ellipse cx="${px(x + wide / 2)}" cy="${px(top)}" rx="${px(wide / 2)}" ry="${px(wide * 0.3)}" fill="${colour}"/>`,
		);
	}
	const lit = plan.time === 'day' ? 0.25 : 0.42;
	const cell = wide / Math.max(3, Math.round(wide / (canvas.unit * 0.014)));
	for (let row = top + cell * 0.8; row < horizon - cell; row += cell * 1.35) {
		for (let column = x + cell * 0.5; column < x + wide - cell * 0.6; column += cell) {
			if (!random.chance(lit * depth)) continue;
			const tint = plan.neon ? random.pick([palette.window, '#ff7ad9', '#ffd36e']) : palette.window;
			parts.push(
				`<rect x="${px(column)}" y="${px(row)}" width="${px(cell * 0.5)}" height="${px(cell * 0.7)}" fill="${tint}" opacity="${random.between(0.45, 1).toFixed(2)}"/>`,
			);
		}
	}
	if (plan.neon && depth > 0.5 && random.chance(0.5)) {
		const sign = random.pick(['#ff4fb8', '#45f0ff', '#ffe14f', '#8a6bff']);
		const at = x + wide * random.between(0.25, 0.7);
		const length = tall * random.between(0.2, 0.45);
		const rect = `x="${px(at)}" y="${px(top + tall * 0.14)}" width="${px(wide * 0.1)}" height="${px(length)}" rx="${px(wide * 0.05)}"`;
		parts.push(
			`<rect ${rect} fill="${sign}" opacity="0.8" filter="url(#soft)"/>`,
			`<rect ${rect} fill="${mix(sign, '#ffffff', 0.5)}"/>`,
		);
	}
	return parts.join('');
}

function drawSkyline(canvas: Canvas): string {
	const { width, unit, random, palette, plan, horizon, orb } = canvas;
	const rows = [0.25, 0.6, 1].map((depth) => {
		const towers: string[] = [];
		for (let x = -unit * 0.03; x < width;) {
			const wide = unit * random.between(0.045, 0.095) * (0.7 + 0.4 * depth);
			const fromOrb = Math.abs(x + wide / 2 - orb.x) / (orb.radius * 2.2);
			const clearing = depth === 1 ? 1 : Math.min(1, 0.3 + 0.7 * fromOrb);
			const reach = (plan.neon ? 0.62 : 0.5) * (1.15 - 0.5 * depth);
			const tall = unit * reach * (0.25 + 0.75 * random.next() ** 1.5) * clearing;
			towers.push(drawTower(canvas, x, wide, Math.max(tall, unit * 0.05), depth));
			x += wide * random.between(1, depth === 1 ? 1.5 : 1.15);
		}
		const mist = `<rect y="${px(horizon - unit * 0.25)}" width="${width}" height="${px(unit * 0.25)}" fill="url(#mist)" opacity="${(0.8 * (1 - depth)).toFixed(2)}"/>`;
		return towers.join('') + mist;
	});
	const mistGradient = `<linearGradient id="mist" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${palette.sky[3]}" stop-opacity="0"/><stop offset="1" stop-color="${palette.sky[3]}" stop-opacity="0.9"/></linearGradient>`;
	return mistGradient + rows.join('');
}

/** Everything solid above the horizon, and below it where there is no water. */
export function drawLand(canvas: Canvas): string {
	if (canvas.plan.land === 'space') return '';
	return canvas.plan.land === 'skyline' ? drawSkyline(canvas) : drawRidges(canvas);
}
