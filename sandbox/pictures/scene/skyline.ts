import { points, px, type Canvas } from './canvas';
import { mix } from './palette';

function drawTower(canvas: Canvas, x: number, wide: number, tall: number, depth: number): string {
	const { random, palette, plan, horizon } = canvas;
	const color = mix(palette.far, palette.near, depth);
	const light = mix(color, palette.glow, 0.14);
	const top = horizon - tall;
	const parts = [
		`<rect x="${px(x)}" y="${px(top)}" width="${px(wide)}" height="${px(tall + 2)}" fill="${color}"/>`,
		`<rect x="${px(x)}" y="${px(top)}" width="${px(wide * 0.16)}" height="${px(tall + 2)}" fill="${light}"/>`,
	];
	const roof = random.next();
	if (roof < 0.25) {
		parts.push(
			`<rect x="${px(x + wide * 0.2)}" y="${px(top - wide * 0.35)}" width="${px(wide * 0.6)}" height="${px(wide * 0.4)}" fill="${color}"/>`,
			`<rect x="${px(x + wide * 0.48)}" y="${px(top - wide * 0.95)}" width="${px(Math.max(1, wide * 0.04))}" height="${px(wide * 0.7)}" fill="${color}"/>`,
		);
	} else if (roof < 0.45) {
		const spire = points([
			[x, top + 0.5],
			[x + wide / 2, top - wide * 0.8],
			[x + wide, top + 0.5],
		]);
		parts.push(`<polygon points="${spire}" fill="${color}"/>`);
	} else if (roof < 0.6) {
		parts.push(
			`<ellipse cx="${px(x + wide / 2)}" cy="${px(top)}" rx="${px(wide / 2)}" ry="${px(wide * 0.3)}" fill="${color}"/>`,
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

/** Three rows of towers with lit windows, lower where the sun stands. */
export function drawSkyline(canvas: Canvas): string {
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
