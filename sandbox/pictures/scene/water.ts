import { px, type Canvas } from './canvas';
import { mix } from './palette';

/** The sun's road on the water: short bright strokes, wider and sparser as they come near. */
function glitter({ width, height, horizon, orb, palette, random, unit }: Canvas): string {
	return Array.from({ length: 110 }, () => {
		const near = random.next() ** 1.4;
		const y = horizon + (height - horizon) * near;
		const spread = orb.radius * (0.7 + 2.2 * near);
		const x = orb.x + (random.next() + random.next() - 1) * spread;
		const long = unit * (0.01 + 0.05 * near) * random.between(0.5, 1.4);
		return `<ellipse cx="${px(Math.min(width, x))}" cy="${px(y)}" rx="${px(long)}" ry="${px(unit * (0.0012 + 0.0025 * near))}" fill="${palette.orb}" opacity="${(0.75 - 0.4 * near).toFixed(2)}"/>`;
	}).join('');
}

function ripples({ width, height, horizon, palette, random, unit }: Canvas): string {
	return Array.from({ length: 90 }, () => {
		const near = random.next();
		const y = horizon + (height - horizon) * near ** 1.5;
		const long = unit * (0.03 + 0.2 * near) * random.between(0.4, 1.2);
		const tint = random.chance(0.5) ? palette.sky[0] : palette.sky[3];
		return `<ellipse cx="${px(random.between(0, width))}" cy="${px(y)}" rx="${px(long)}" ry="${px(unit * (0.001 + 0.004 * near))}" fill="${tint}" opacity="0.16"/>`;
	}).join('');
}

/** Mirrors what stands above the horizon; `world` is the id of the group that holds it. */
export function drawWater(canvas: Canvas, world: string): string {
	const { width, height, horizon, palette } = canvas;
	const deep = mix(palette.sky[0], palette.near, 0.45);
	const depth = `<linearGradient id="deep" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${palette.sky[3]}" stop-opacity="0.12"/><stop offset="0.35" stop-color="${mix(deep, palette.sky[1], 0.4)}" stop-opacity="0.5"/><stop offset="1" stop-color="${deep}" stop-opacity="0.92"/></linearGradient>`;
	const area = `x="0" y="${px(horizon)}" width="${width}" height="${px(height - horizon)}"`;
	return `<clipPath id="lake"><rect ${area}/></clipPath>${depth}
<g clip-path="url(#lake)"><rect ${area} fill="${palette.sky[2]}"/>
<g filter="url(#mirror)"><use href="#${world}" transform="translate(0 ${px(2 * horizon)}) scale(1 -1)"/></g>
<rect ${area} fill="url(#deep)"/>${ripples(canvas)}${canvas.plan.land === 'space' ? '' : glitter(canvas)}</g>`;
}
