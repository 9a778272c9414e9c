import { px, type Canvas } from './canvas';
import { mix } from './palette';
import type { Subject } from './readPrompt';

/** A drawing of about one unit, its foot at (0, 0), y upwards negative; put in place by `place`. */
function place(x: number, y: number, size: number, drawing: string): string {
	return `<g transform="translate(${px(x)} ${px(y)}) scale(${px(size)})">${drawing}</g>`;
}

function balloon(canvas: Canvas): string {
	const { random, width, horizon, unit } = canvas;
	const [main, stripe] = random.pick([
		['#e8484f', '#ffe3b8'],
		['#f2a13a', '#fff3d6'],
		['#3a78c9', '#f4f0e2'],
		['#8a4fc0', '#ffd6e8'],
	]);
	const drawing = `<path d="M0 -1 C0.42 -1 0.5 -0.62 0.38 -0.42 C0.28 -0.26 0.14 -0.18 0.1 -0.12 L-0.1 -0.12 C-0.14 -0.18 -0.28 -0.26 -0.38 -0.42 C-0.5 -0.62 -0.42 -1 0 -1Z" fill="${main}"/>
<path d="M0 -1 C0.2 -1 0.24 -0.62 0.18 -0.42 C0.13 -0.26 0.07 -0.18 0.05 -0.12 L-0.05 -0.12 C-0.07 -0.18 -0.13 -0.26 -0.18 -0.42 C-0.24 -0.62 -0.2 -1 0 -1Z" fill="${stripe}"/>
<path d="M0 -1 C0.42 -1 0.5 -0.62 0.38 -0.42 C0.28 -0.26 0.14 -0.18 0.1 -0.12 L0.03 -0.12 C0.2 -0.3 0.32 -0.7 0 -1Z" fill="#000" opacity="0.16"/>
<path d="M-0.09 -0.12 L-0.06 -0.02 M0.09 -0.12 L0.06 -0.02" stroke="#4a3423" stroke-width="0.012"/><rect x="-0.065" y="-0.03" width="0.13" height="0.09" rx="0.015" fill="#6b4a2f"/>`;
	const at = canvas.orb.x > width / 2 ? 0.27 : 0.73;
	const near = place(width * at, horizon * 0.62, unit * 0.3, drawing);
	const far = place(
		width * (at + random.between(-0.15, 0.15)),
		horizon * 0.3,
		unit * 0.09,
		drawing,
	);
	return far + near;
}

function birds({ random, width, horizon, unit, palette, plan }: Canvas): string {
	const ink = plan.time === 'night' ? mix(palette.cloud, '#ffffff', 0.4) : palette.near;
	const middle = { x: width * random.between(0.25, 0.7), y: horizon * random.between(0.25, 0.45) };
	return Array.from({ length: 7 }, (_, index) => {
		const side = index % 2 === 0 ? 1 : -1;
		const step = Math.ceil(index / 2);
		const x = middle.x + side * step * unit * 0.045 + random.between(-0.01, 0.01) * unit;
		const y = middle.y + step * unit * 0.022 + random.between(-0.008, 0.008) * unit;
		const lift = random.between(0.2, 0.45);
		return place(
			x,
			y,
			unit * 0.022,
			`<path d="M-1 ${(-lift).toFixed(2)} Q-0.45 ${(-lift - 0.35).toFixed(2)} 0 0 Q0.45 ${(-lift - 0.35).toFixed(2)} 1 ${(-lift).toFixed(2)}" fill="none" stroke="${ink}" stroke-width="0.14" stroke-linecap="round"/>`,
		);
	}).join('');
}

function boat({ width, height, horizon, unit, palette, orb }: Canvas): string {
	const hull = mix(palette.near, '#5a2d1c', 0.4);
	const sail = mix('#fff8ec', palette.glow, 0.25);
	const drawing = `<path d="M-0.5 -0.12 L0.52 -0.12 Q0.42 0.06 0.3 0.06 L-0.34 0.06 Q-0.46 0.04 -0.5 -0.12Z" fill="${hull}"/>
<rect x="-0.012" y="-1.1" width="0.024" height="1" fill="${hull}"/><path d="M0.03 -1.08 Q0.5 -0.6 0.44 -0.2 L0.03 -0.2Z" fill="${sail}"/>
<path d="M-0.03 -0.95 Q-0.3 -0.55 -0.36 -0.2 L-0.03 -0.2Z" fill="${mix(sail, palette.far, 0.25)}"/>
<ellipse cx="0" cy="0.1" rx="0.5" ry="0.03" fill="${palette.near}" opacity="0.35"/>`;
	const x = orb.x > width / 2 ? 0.32 : 0.66;
	return place(width * x, horizon + (height - horizon) * 0.3, unit * 0.22, drawing);
}

function cat({ width, height, unit, palette, plan }: Canvas): string {
	const fur = plan.time === 'day' ? '#2a2026' : mix(palette.near, '#000000', 0.35);
	const drawing = `<path d="M0.26 0 C0.62 0.02 0.66 -0.34 0.5 -0.44 C0.42 -0.5 0.4 -0.42 0.46 -0.36 C0.54 -0.24 0.42 -0.12 0.24 -0.12Z" fill="${fur}"/>
<path d="M-0.3 0 C-0.34 -0.34 -0.24 -0.52 -0.14 -0.62 L0.14 -0.62 C0.3 -0.46 0.36 -0.26 0.32 0Z" fill="${fur}"/>
<ellipse cx="0" cy="-0.74" rx="0.22" ry="0.19" fill="${fur}"/><path d="M-0.21 -0.76 L-0.2 -1.02 L-0.04 -0.9Z M0.21 -0.76 L0.2 -1.02 L0.04 -0.9Z" fill="${fur}"/>
<ellipse cx="-0.08" cy="-0.76" rx="0.035" ry="0.045" fill="#ffe28a"/><ellipse cx="0.08" cy="-0.76" rx="0.035" ry="0.045" fill="#ffe28a"/>
<ellipse cx="-0.08" cy="-0.76" rx="0.01" ry="0.04" fill="#17101a"/><ellipse cx="0.08" cy="-0.76" rx="0.01" ry="0.04" fill="#17101a"/>
<path d="M-0.02 -0.69 L0.02 -0.69 L0 -0.665Z" fill="#e88a8a"/>
<path d="M-0.06 -0.67 L-0.28 -0.7 M-0.06 -0.65 L-0.27 -0.63 M0.06 -0.67 L0.28 -0.7 M0.06 -0.65 L0.27 -0.63" stroke="#fff" stroke-width="0.006" opacity="0.7"/>`;
	const hill = `<path d="M-4 1 L-4 0.12 Q-0.6 -0.14 0.5 -0.04 Q2 0.1 5 0.3 L5 1Z" fill="${mix(palette.near, '#1c2a1a', 0.35)}"/>`;
	return place(width * 0.3, height * 0.86, unit * 0.4, hill + drawing);
}

function house({ width, height, unit, palette, plan, horizon }: Canvas): string {
	const wall = mix(palette.near, '#8a5a3a', 0.55);
	const glowing = plan.time === 'day' ? '#dfeaf0' : '#ffd98a';
	const drawing = `<rect x="-0.45" y="-0.5" width="0.9" height="0.5" fill="${wall}"/><path d="M-0.56 -0.48 L0 -0.92 L0.56 -0.48Z" fill="${mix(palette.near, '#3a1d1d', 0.3)}"/>
<rect x="0.2" y="-0.9" width="0.12" height="0.26" fill="${wall}"/><rect x="-0.3" y="-0.36" width="0.2" height="0.18" fill="${glowing}"/><rect x="0.1" y="-0.36" width="0.2" height="0.36" fill="${mix(wall, '#000000', 0.45)}"/>
<path d="M-0.2 -0.36 V-0.18 M-0.3 -0.27 H-0.1" stroke="${wall}" stroke-width="0.02"/>`;
	const ground = plan.water ? horizon + 1 : height * 0.8;
	return place(width * 0.7, ground, unit * 0.17, drawing);
}

function lighthouse({ width, horizon, unit, palette, plan }: Canvas): string {
	const rock = mix(palette.near, palette.far, 0.15);
	const beams =
		plan.time === 'day'
			? ''
			: `<radialGradient id="beam" gradientUnits="userSpaceOnUse" cx="0" cy="-1.32" r="2.6"><stop offset="0" stop-color="#fff3b8" stop-opacity="0.7"/><stop offset="1" stop-color="#fff3b8" stop-opacity="0"/></radialGradient><path d="M0 -1.32 L-2.6 -1.85 L-2.6 -1.1Z M0 -1.32 L2.6 -1.68 L2.6 -1.18Z" fill="url(#beam)"/>`;
	const drawing = `<path d="M-0.75 0.06 Q-0.55 -0.2 -0.3 -0.24 Q0.1 -0.34 0.38 -0.2 Q0.7 -0.1 0.85 0.06Z" fill="${rock}"/>${beams}
<path d="M-0.15 -0.22 L-0.09 -1.2 L0.09 -1.2 L0.15 -0.22Z" fill="#f4efe6"/><path d="M-0.138 -0.42 L0.138 -0.42 L0.125 -0.62 L-0.125 -0.62Z M-0.113 -0.82 L0.113 -0.82 L0.1 -1.02 L-0.1 -1.02Z" fill="#c9473f"/>
<rect x="-0.12" y="-1.24" width="0.24" height="0.04" fill="#3a3236"/><rect x="-0.065" y="-1.4" width="0.13" height="0.17" fill="#ffe9a0"/><path d="M-0.1 -1.39 L0 -1.53 L0.1 -1.39Z" fill="#3a3236"/>`;
	return place(width * 0.78, horizon + 1, unit * 0.3, drawing);
}

function palm({ width, height, unit, palette }: Canvas): string {
	const ink = mix(palette.near, '#0c1a10', 0.4);
	const leaves = [-165, -140, -110, -70, -40, -15, 10, 170].map(
		(angle) =>
			`<path d="M0 0 Q0.24 -0.12 0.52 0.06 Q0.24 -0.02 0 0.04Z" transform="translate(0.14 -1.1) rotate(${angle + 20})" fill="${ink}"/>`,
	);
	const drawing = `<path d="M-0.05 0 Q-0.02 -0.6 0.12 -1.1 L0.17 -1.09 Q0.06 -0.6 0.06 0Z" fill="${ink}"/>${leaves.join('')}<path d="M-0.9 0.1 Q0 -0.16 0.9 0.1Z" fill="${ink}"/>`;
	return place(width * 0.14, height * 0.84, unit * 0.5, drawing);
}

function rocket({ width, horizon, height, unit, plan }: Canvas): string {
	const flame = `<path d="M-0.09 0 Q-0.1 0.25 0 0.62 Q0.1 0.25 0.09 0Z" fill="#ffb347"/><path d="M-0.05 0 Q-0.05 0.15 0 0.36 Q0.05 0.15 0.05 0Z" fill="#fff3c0"/>`;
	const drawing = `${flame}<path d="M-0.13 0 L-0.13 -0.62 Q-0.1 -0.92 0 -1.05 Q0.1 -0.92 0.13 -0.62 L0.13 0Z" fill="#f2f2ee"/><path d="M0.04 0 L0.04 -1 Q0.1 -0.92 0.13 -0.62 L0.13 0Z" fill="#b9bfcc"/>
<path d="M-0.13 -0.26 L-0.28 0.06 L-0.13 0Z M0.13 -0.26 L0.28 0.06 L0.13 0Z" fill="#d8433b"/><path d="M-0.107 -0.78 Q-0.08 -0.94 0 -1.05 Q0.08 -0.94 0.107 -0.78Z" fill="#d8433b"/><circle cx="0" cy="-0.56" r="0.065" fill="#35557e"/><circle cx="0" cy="-0.56" r="0.065" fill="none" stroke="#c8ccd4" stroke-width="0.02"/>`;
	const y = plan.land === 'space' ? height * 0.66 : horizon * 0.72;
	const turned = `<g transform="rotate(24)">${drawing}</g>`;
	return place(width * 0.34, y, unit * 0.26, turned);
}

function windmill({ width, height, horizon, unit, palette, plan }: Canvas): string {
	const body = mix(palette.near, '#7a4a34', 0.45);
	const sails = [22, 112, 202, 292].map(
		(angle) =>
			`<g transform="translate(0 -0.86) rotate(${angle})"><rect x="-0.012" y="-0.62" width="0.024" height="0.62" fill="${mix(body, '#000000', 0.3)}"/><rect x="0.012" y="-0.6" width="0.12" height="0.46" fill="#efe6d2" opacity="0.9"/></g>`,
	);
	const drawing = `<path d="M-0.24 0 L-0.14 -0.84 L0.14 -0.84 L0.24 0Z" fill="${body}"/><path d="M-0.17 -0.82 Q0 -1.08 0.17 -0.82Z" fill="${mix(body, '#000000', 0.35)}"/><rect x="-0.05" y="-0.18" width="0.1" height="0.18" fill="${mix(body, '#000000', 0.5)}"/><rect x="-0.035" y="-0.55" width="0.07" height="0.1" fill="${plan.time === 'day' ? '#dfeaf0' : '#ffd98a'}"/>${sails.join('')}`;
	const ground = plan.water ? horizon + 1 : height * 0.78;
	return place(width * 0.3, ground, unit * 0.27, drawing);
}

const drawings: Readonly<Record<Subject, (canvas: Canvas) => string>> = {
	balloon,
	birds,
	boat,
	cat,
	house,
	lighthouse,
	palm,
	rocket,
	windmill,
};

/** Things that stand on the land or fly: the water mirrors them. */
const mirrored: readonly Subject[] = ['balloon', 'birds', 'house', 'lighthouse', 'windmill'];

export function drawSubjects(canvas: Canvas, inWorld: boolean): string {
	return canvas.plan.subjects
		.filter((subject) => mirrored.includes(subject) === inWorld)
		.map((subject) => drawings[subject](canvas))
		.join('');
}
