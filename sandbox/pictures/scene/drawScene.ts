import { SeededRandom } from '../seededRandom';
import { px, type Canvas } from './canvas';
import { drawLand } from './land';
import { paletteFor } from './palette';
import { readPrompt } from './readPrompt';
import { drawSky } from './sky';
import { drawSubjects } from './subjects';
import { drawWater } from './water';

function prepare(prompt: string, width: number, height: number): Canvas {
	const plan = readPrompt(prompt);
	const random = new SeededRandom(`scene of ${prompt}`);
	const unit = Math.min(width, height);
	const horizon = height * (plan.water ? random.between(0.58, 0.64) : random.between(0.55, 0.62));
	const low = plan.time === 'sunset' || plan.time === 'dawn' || plan.neon;
	const orb = {
		x: width * random.pick([random.between(0.24, 0.42), random.between(0.58, 0.76)]),
		y: horizon * (low ? random.between(0.66, 0.8) : random.between(0.22, 0.34)),
		radius: unit * (plan.neon ? 0.15 : low ? random.between(0.065, 0.085) : 0.055),
	};
	const palette = paletteFor(plan, random);
	return { width, height, unit, horizon, orb, plan, palette, random };
}

function drawWeather({ width, height, unit, random, plan }: Canvas): string {
	if (plan.weather === 'clear') return '';
	const flakes = plan.weather === 'snow';
	return Array.from({ length: flakes ? 260 : 220 }, () => {
		const x = random.between(-0.05, 1.05) * width;
		const y = random.between(0, height);
		const near = random.next();
		return flakes
			? `<circle cx="${px(x)}" cy="${px(y)}" r="${(unit * (0.0015 + 0.004 * near)).toFixed(2)}" fill="#fff" opacity="${(0.4 + 0.5 * near).toFixed(2)}"/>`
			: `<path d="M${px(x)} ${px(y)} l${px(-unit * 0.008)} ${px(unit * (0.02 + 0.03 * near))}" stroke="#dfe9f5" stroke-width="${(unit * 0.0012).toFixed(2)}" opacity="${(0.15 + 0.3 * near).toFixed(2)}"/>`;
	}).join('');
}

/** An SVG of exactly this size, the same for the same prompt. */
export function drawScene(prompt: string, width: number, height: number): string {
	const canvas = prepare(prompt, width, height);
	const { unit } = canvas;
	const world = drawSky(canvas) + drawLand(canvas) + drawSubjects(canvas, true);
	const blur = (id: string, deviation: number): string =>
		`<filter id="${id}" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="${deviation.toFixed(2)}"/></filter>`;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<defs>${blur('soft', unit * 0.007)}${blur('puffy', unit * 0.012)}${blur('haze', unit * 0.045)}<filter id="mirror" x="0" y="0" width="100%" height="100%"><feGaussianBlur stdDeviation="${(unit * 0.0025).toFixed(2)} ${(unit * 0.006).toFixed(2)}"/></filter></defs>
<g id="world">${world}</g>${canvas.plan.water ? drawWater(canvas, 'world') : ''}${drawSubjects(canvas, false)}${drawWeather(canvas)}</svg>`;
}
