import { createHash } from 'node:crypto';
import { backdropOf, roughnessOf, type GrayPicture } from './backdrop';

/** Distance from gray in Cb and Cr (JFIF). */
type Chroma = readonly [cb: number, cr: number];

const SKY: Chroma = [25, -14];
const WALL: Chroma = [9, -4];
const DUSK: Chroma = [20, -7];
const GRASS: Chroma = [-26, -13];
const EARTH: Chroma = [-20, 6];
const SKIN: Chroma = [-17, 20];
const INK: Chroma = [8, -2];
const LAMP: Chroma = [-24, 22];
const PAPER: Chroma = [-6, 3];
const FAR: Chroma = [6, 0];
/** Clothes, of which each may be right. */
const CLOTH: readonly Chroma[] = [
	[17, -11],
	[-21, 24],
	[-4, 18],
	[-15, -7],
];

/** 0 below `from`, 1 above `to`, a straight line in between. */
function ramp(value: number, from: number, to: number): number {
	return Math.max(0, Math.min(1, (value - from) / (to - from)));
}

function blend(parts: readonly (readonly [weight: number, color: Chroma])[]): Chroma {
	let total = 0.05;
	let cb = 0;
	let cr = 0;
	for (const [weight, color] of parts) {
		total += weight;
		cb += weight * color[0];
		cr += weight * color[1];
	}
	return [cb / total, cr / total];
}

interface Setting {
	/** 0 indoors, 1 under an open sky with ground below it. */
	readonly outdoors: number;
	/** 0 by day, 1 at night. */
	readonly night: number;
	/** Where the sky ends, as a part of the height. */
	readonly horizon: number;
	readonly cloth: Chroma;
}

/**
 * Whether the lower third looks like ground: mostly middle tones, with an even, fine texture. Clothes
 * and furniture have hard lines.
 */
function groundBelow(picture: GrayPicture, edges: Float32Array): number {
	const from = Math.floor(picture.height * 0.66) * picture.width;
	const whole = edges.length - from;
	const middle = [...edges.subarray(from)]
		.filter((_, at) => {
			const value = picture.pixels[from + at] ?? 0;
			return value > 70 && value < 200;
		})
		.sort((first, second) => first - second);
	const hard = middle[Math.floor(middle.length * 0.8)] ?? 0;
	return ramp(middle.length / whole, 0.4, 0.5) * (1 - ramp(hard, 45, 65));
}

function readSetting(picture: GrayPicture, edges: Float32Array, backdrop: Float32Array): Setting {
	const { pixels, width, height } = picture;
	const skyRows = Array.from({ length: height }, (_, y) => {
		let covered = 0;
		for (let x = 0; x < width; x += 1) covered += backdrop[y * width + x] ?? 0;
		return covered / width;
	});
	const share = skyRows.reduce((sum, row) => sum + row, 0) / height;
	const lastRow = skyRows.reduce((last, row, y) => (row > 0.25 ? y : last), 0);
	const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length / 255;
	const digest = createHash('sha256').update(pixels).digest();
	return {
		outdoors: ramp(share, 0.08, 0.2) * groundBelow(picture, edges),
		night: 1 - ramp(mean, 0.2, 0.3),
		horizon: Math.min(0.75, lastRow / height),
		cloth: CLOTH[(digest[0] ?? 0) % CLOTH.length] ?? SKIN,
	};
}

/**
 * A guess at the colors of a small gray picture, as pixels of (Cb, Cr, 128): sky above and ground
 * below it, a room with a person in it, or lamps at night.
 */
export function chromaOf(picture: GrayPicture): Buffer {
	const { pixels: gray, width, height } = picture;
	const edges = roughnessOf(picture);
	const backdrop = backdropOf(picture, edges);
	const { outdoors, night, horizon, cloth } = readSetting(picture, edges, backdrop);
	const pixels = Buffer.alloc(width * height * 3, 128);
	for (let y = 0; y < height; y += 1) {
		for (let x = 0; x < width; x += 1) {
			const value = (gray[y * width + x] ?? 0) / 255;
			const down = y / height;
			const aside = Math.abs(x / width - 0.5) * 2;
			const behind = backdrop[y * width + x] ?? 0;
			const front = 1 - behind;
			const dark = 1 - ramp(value, 0.1, 0.34);
			const bright = ramp(value, 0.75, 0.95);
			const middle = ramp(value, 0.28, 0.5) * (1 - bright) * (1 - night);
			const ground = ramp(down, horizon, horizon + 0.16) * outdoors;
			const low = ramp(down, 0.42, 0.58) * (1 - outdoors);
			const patchy = 0.5 + 0.5 * Math.sin(x * 0.11 + Math.sin(y * 0.17) * 2);
			const [cb, cr] = blend([
				[behind * outdoors * (1.4 - 0.7 * down), SKY],
				[behind * (1 - outdoors) * (1 - night), WALL],
				[behind * bright * 0.8, PAPER],
				[front * ground * (1 - dark) * (0.7 + 0.5 * patchy), GRASS],
				[front * ground * (1 - dark) * (0.9 - 0.6 * patchy), EARTH],
				[front * (1 - ground) * (1 - low) * middle * (1 - 0.7 * aside), SKIN],
				[front * low * middle, cloth],
				[front * (1 - ground) * (1 - low) * middle * aside, FAR],
				[front * dark * (0.7 + down), INK],
				[front * bright * 0.7, PAPER],
				[night * (1 - ramp(value, 0.4, 0.7)) * (1.2 - down), DUSK],
				[night * ramp(value, 0.35, 0.7), LAMP],
			]);
			const at = (y * width + x) * 3;
			pixels[at] = Math.round(128 + cb);
			pixels[at + 1] = Math.round(128 + cr);
		}
	}
	return pixels;
}
