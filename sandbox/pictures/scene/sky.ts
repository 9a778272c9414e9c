import { px, type Canvas } from './canvas';
import { mix } from './palette';

function gradient({ palette }: Canvas): string {
	const stops = palette.sky.map(
		(color, index) => `<stop offset="${[0, 0.4, 0.78, 1][index] ?? 1}" stop-color="${color}"/>`,
	);
	return `<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">${stops.join('')}</linearGradient>`;
}

function stars({ width, horizon, unit, random, plan }: Canvas): string {
	const count =
		plan.land === 'space' ? 700 : plan.time === 'night' ? 260 : plan.time === 'sunset' ? 40 : 0;
	return Array.from({ length: count }, () => {
		const reach = plan.land === 'space' ? 1 : plan.time === 'night' ? 0.9 : 0.35;
		const y = horizon * random.next() ** (plan.land === 'space' ? 1 : 1.3) * reach;
		const bright = random.next() ** 3;
		const size = (0.0007 + 0.0016 * bright) * unit;
		const x = random.between(0, width);
		return `<circle cx="${px(x)}" cy="${px(y)}" r="${size.toFixed(2)}" fill="#fff" opacity="${(0.35 + 0.65 * bright).toFixed(2)}"/>`;
	}).join('');
}

function glow({ width, height, orb, palette, plan }: Canvas): string {
	const reach = orb.radius * (plan.time === 'night' && !plan.neon ? 6 : 9);
	const halo = `<radialGradient id="halo" gradientUnits="userSpaceOnUse" cx="${px(orb.x)}" cy="${px(orb.y)}" r="${px(reach)}">
<stop offset="0" stop-color="${palette.orb}" stop-opacity="0.95"/><stop offset="0.14" stop-color="${palette.glow}" stop-opacity="0.6"/>
<stop offset="0.45" stop-color="${palette.glow}" stop-opacity="0.2"/><stop offset="1" stop-color="${palette.glow}" stop-opacity="0"/></radialGradient>`;
	return `${halo}<rect width="${width}" height="${height}" fill="url(#halo)"/>`;
}

function disc({ orb, palette, plan }: Canvas): string {
	const circle = `<circle cx="${px(orb.x)}" cy="${px(orb.y)}" r="${px(orb.radius)}" fill="${palette.orb}"/>`;
	if (plan.time !== 'night' || plan.neon) return circle;
	const craters = [
		[-0.3, -0.2, 0.22],
		[0.25, 0.3, 0.17],
		[0.35, -0.35, 0.12],
		[-0.15, 0.45, 0.1],
	] as const;
	const shade = mix(palette.orb, palette.glow, 0.35);
	const marks = craters.map(
		([x, y, r]) =>
			`<circle cx="${px(orb.x + x * orb.radius)}" cy="${px(orb.y + y * orb.radius)}" r="${px(r * orb.radius)}" fill="${shade}" opacity="0.6"/>`,
	);
	return circle + marks.join('');
}

/** Heaps of soft discs on a flat base by day, long streaks when the sun is low. */
function clouds(canvas: Canvas): string {
	const { width, horizon, unit, random, palette, plan } = canvas;
	if (plan.land === 'space') return '';
	const heaps = plan.time === 'day' || plan.weather !== 'clear';
	const count = plan.weather === 'clear' ? 6 : 10;
	const opacity = plan.time === 'night' ? 0.35 : heaps ? 0.85 : 0.7;
	return Array.from({ length: count }, (_, index) => {
		const depth = (index + 1) / count;
		const x = random.between(-0.05, 1.05) * width;
		const y = horizon * (0.1 + 0.72 * depth ** 1.2);
		const size = unit * (0.2 - 0.12 * depth) * random.between(0.7, 1.3);
		const tint = mix(palette.cloud, palette.sky[2], 0.15 + 0.35 * depth);
		const puffs = Array.from({ length: heaps ? 9 : 5 }, () => {
			const dx = random.between(-1, 1);
			const lift = heaps ? (1 - dx * dx) * random.next() * 0.55 : random.between(-0.1, 0.1);
			const rx = size * (heaps ? random.between(0.22, 0.4) : random.between(0.7, 1.5));
			const ry = heaps ? rx * 0.62 : size * random.between(0.05, 0.11);
			return `<ellipse cx="${px(x + dx * size * (heaps ? 1 : 1.4))}" cy="${px(y - lift * size)}" rx="${px(rx)}" ry="${px(ry)}"/>`;
		}).join('');
		return `<g fill="${tint}" opacity="${(opacity * (1 - 0.4 * depth)).toFixed(2)}" filter="url(#${heaps ? 'puffy' : 'soft'})">${puffs}</g>`;
	}).join('');
}

/** Two rings and bands of another world, for scenes in space. */
function planets({ width, height, unit, random, palette }: Canvas): string {
	const planet = (x: number, y: number, r: number, light: string, dark: string, ring: boolean) => {
		const id = `planet${Math.round(x)}`;
		const shade = `<radialGradient id="${id}" cx="0.35" cy="0.3" r="0.8"><stop offset="0" stop-color="${light}"/><stop offset="1" stop-color="${dark}"/></radialGradient>`;
		const bands = [-0.5, -0.15, 0.2, 0.55].map(
			(at) =>
				`<ellipse cx="${px(x)}" cy="${px(y + at * r)}" rx="${px(r * Math.sqrt(1 - at * at))}" ry="${px(r * 0.06)}" fill="${dark}" opacity="0.35"/>`,
		);
		const half = (sweep: 0 | 1) =>
			ring
				? `<path d="M ${px(x - 1.9 * r)} ${px(y)} A ${px(1.9 * r)} ${px(0.42 * r)} 0 0 ${sweep} ${px(x + 1.9 * r)} ${px(y)}" fill="none" stroke="${light}" stroke-width="${px(r * 0.13)}" opacity="0.8" transform="rotate(-16 ${px(x)} ${px(y)})"/>`
				: '';
		return `${shade}${half(1)}<circle cx="${px(x)}" cy="${px(y)}" r="${px(r)}" fill="url(#${id})"/>${bands.join('')}${half(0)}`;
	};
	const tint = random.pick(['#d98a5a', '#8ac6d0', '#c58adf', '#e0b45a']);
	return (
		planet(width * 0.68, height * 0.36, unit * 0.17, tint, mix(tint, '#120a28', 0.75), true) +
		planet(width * 0.2, height * 0.2, unit * 0.05, palette.glow, '#1a1436', false)
	);
}

function nebula({ width, height, unit, random }: Canvas): string {
	const tints = ['#5b2a8c', '#2a4a9c', '#a0387a', '#1f6f8c'] as const;
	return Array.from({ length: 22 }, () => {
		const along = random.next();
		const x = width * along;
		const y = height * (0.85 - 0.7 * along) + random.between(-0.14, 0.14) * unit;
		const r = unit * random.between(0.08, 0.26);
		return `<circle cx="${px(x)}" cy="${px(y)}" r="${px(r)}" fill="${random.pick(tints)}" opacity="0.4" filter="url(#haze)"/>`;
	}).join('');
}

export function drawSky(canvas: Canvas): string {
	const { width, height, plan } = canvas;
	const backdrop = `<defs>${gradient(canvas)}</defs><rect width="${width}" height="${px(canvas.horizon + 2)}" fill="url(#sky)"/>`;
	if (plan.land === 'space') {
		const dark = `<rect width="${width}" height="${height}" fill="#070512"/>`;
		return dark + nebula(canvas) + stars({ ...canvas, horizon: height * 1.1 }) + planets(canvas);
	}
	return backdrop + stars(canvas) + glow(canvas) + disc(canvas) + clouds(canvas);
}
