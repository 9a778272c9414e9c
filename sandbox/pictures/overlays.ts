import type { OverlayOptions } from 'sharp';
import type { SeededRandom } from './seededRandom';

/** What a look may lay over the picture. */
export interface Frame {
	readonly width: number;
	readonly height: number;
	readonly random: SeededRandom;
}

/** A drawing of the frame's size. */
export function svg({ width, height }: Frame, content: string): Buffer {
	return Buffer.from(
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`,
	);
}

/** A wash of color from top to bottom, each `#rrggbb` with its opacity. */
export function wash(
	frame: Frame,
	blend: NonNullable<OverlayOptions['blend']>,
	stops: readonly (readonly [color: string, opacity: number])[],
): OverlayOptions {
	const marks = stops.map(
		([color, opacity], index) =>
			`<stop offset="${index / Math.max(1, stops.length - 1)}" stop-color="${color}" stop-opacity="${opacity}"/>`,
	);
	const content = `<linearGradient id="wash" x1="0" y1="0" x2="0" y2="1">${marks.join('')}</linearGradient><rect width="100%" height="100%" fill="url(#wash)"/>`;
	return { input: svg(frame, content), blend };
}

/** Stars or snowflakes, strewn over the upper `part` of the picture. */
export function dots(
	frame: Frame,
	count: number,
	part: number,
	color: string,
	size: readonly [number, number],
): OverlayOptions {
	const { width, height, random } = frame;
	const unit = Math.min(width, height);
	const circles = Array.from({ length: count }, () => {
		const x = random.between(0, width).toFixed(1);
		const y = random.between(0, height * part).toFixed(1);
		const r = (unit * random.between(...size)).toFixed(2);
		return `<circle cx="${x}" cy="${y}" r="${r}" fill="${color}" opacity="${random.between(0.45, 1).toFixed(2)}"/>`;
	});
	return { input: svg(frame, circles.join('')), blend: 'over' };
}

/** A shining disc with its halo: sun or moon. */
export function orb(frame: Frame, disc: string, halo: string, radius: number): OverlayOptions {
	const { width, height } = frame;
	const unit = Math.min(width, height);
	const [x, y] = [width * 0.76, height * 0.2];
	const content = `<radialGradient id="halo" gradientUnits="userSpaceOnUse" cx="${x}" cy="${y}" r="${unit * radius * 7}"><stop offset="0" stop-color="${halo}" stop-opacity="0.9"/><stop offset="0.25" stop-color="${halo}" stop-opacity="0.4"/><stop offset="1" stop-color="${halo}" stop-opacity="0"/></radialGradient>
<rect width="100%" height="100%" fill="url(#halo)"/><circle cx="${x}" cy="${y}" r="${unit * radius}" fill="${disc}"/>`;
	return { input: svg(frame, content), blend: 'screen' };
}

/** Low sun from a corner. */
export function glare(frame: Frame, color: string): OverlayOptions {
	const reach = Math.max(frame.width, frame.height) * 0.8;
	const content = `<radialGradient id="glare" gradientUnits="userSpaceOnUse" cx="${frame.width}" cy="0" r="${reach}"><stop offset="0" stop-color="${color}" stop-opacity="0.95"/><stop offset="0.4" stop-color="${color}" stop-opacity="0.35"/><stop offset="1" stop-color="${color}" stop-opacity="0"/></radialGradient><rect width="100%" height="100%" fill="url(#glare)"/>`;
	return { input: svg(frame, content), blend: 'screen' };
}
