import type { OverlayOptions, Sharp } from 'sharp';
import { cartoon, pencil } from './drawn';
import { dots, glare, orb, svg, wash, type Frame } from './overlays';
import { SeededRandom } from './seededRandom';

/** One way of changing a picture, and the words that ask for it. */
export interface Look {
	readonly words: RegExp;
	/** Colors, sharpness … of the picture as it is. */
	apply(image: Sharp): Sharp | Promise<Sharp>;
	/** Drawn over it afterward. */
	overlay?(frame: Frame): OverlayOptions[];
}

function tinted(words: RegExp, color: string): Look {
	return {
		words,
		apply: (image) => image.modulate({ saturation: 0.7 }).linear(1.05, -4),
		overlay: (frame) => [
			wash(frame, 'soft-light', [
				[color, 0.9],
				[color, 0.75],
			]),
			wash(frame, 'over', [
				[color, 0.22],
				[color, 0.12],
			]),
		],
	};
}

/** The first that fits is taken. */
export const looks: readonly Look[] = [
	{
		words: /\b(black[- ]and[- ]white|monochrome|gr[ae]yscale|b&w|noir)\b/i,
		apply: (image) => image.grayscale().linear(1.25, -28),
		overlay: (frame) => [
			wash(frame, 'multiply', [
				['#ffffff', 1],
				['#d8d8d8', 1],
			]),
		],
	},
	{
		words: /\b(sepia|vintage|retro|antique|old|aged|western)\b/i,
		apply: (image) => image.grayscale().tint('#c9a26b').linear(0.92, 18),
		overlay: (frame) => [
			wash(frame, 'multiply', [
				['#e9d3a6', 1],
				['#b98f5a', 1],
			]),
		],
	},
	{ words: /\b(sketch|pencil|drawing|line art|charcoal)\b/i, apply: pencil },
	{
		words: /\b(cartoon|comic|anime|paint\w*|watercolou?r|oil|ghibli|poster|pop art)\b/i,
		apply: cartoon,
	},
	{
		words: /\b(night|midnight|moon\w*|stars?|starry|dark)\b/i,
		apply: (image) => image.normalize().modulate({ brightness: 0.72, saturation: 0.55 }),
		overlay: (frame) => [
			wash(frame, 'multiply', [
				['#26408f', 1],
				['#5c70b8', 1],
			]),
			dots(frame, 90, 0.45, '#ffffff', [0.0008, 0.0028]),
			orb(frame, '#f4f1e2', '#86a4e0', 0.05),
		],
	},
	{
		words: /\b(sunset|sunrise|golden|dusk|dawn|warm|orange|autumn|fire)\b/i,
		apply: (image) => image.modulate({ saturation: 1.15 }).linear(1.04, -4),
		overlay: (frame) => [
			wash(frame, 'soft-light', [
				['#ff6a2b', 1],
				['#ffb35a', 0.9],
				['#6a2a5a', 0.7],
			]),
			wash(frame, 'multiply', [
				['#ffb27a', 1],
				['#ffd9a8', 1],
				['#c48a9a', 1],
			]),
			glare(frame, '#ffb04a'),
		],
	},
	{
		words: /\b(snow\w*|winter|christmas|frost\w*|ice|icy)\b/i,
		apply: (image) => image.modulate({ brightness: 1.12, saturation: 0.45 }),
		overlay: (frame) => [
			wash(frame, 'soft-light', [
				['#bcd8ff', 0.8],
				['#ffffff', 0.9],
			]),
			dots(frame, 260, 1, '#ffffff', [0.0016, 0.007]),
		],
	},
	{
		words: /\b(invert\w*|negative|x-?ray)\b/i,
		apply: (image) => image.negate({ alpha: false }),
	},
	{
		words: /\b(blur\w*|soft|dream\w*|foggy|misty)\b/i,
		apply: (image) => image.blur(5).modulate({ brightness: 1.08 }),
	},
	{ words: /\b(mirror\w*|flip\w*)\b/i, apply: (image) => image.flop() },
	tinted(/\b(blue|cold|cool|ocean|underwater|cyan|teal)\b/i, '#2a6fe0'),
	tinted(/\b(green|forest|jungle|matrix)\b/i, '#1f9a4a'),
	tinted(/\b(red|crimson|blood|mars)\b/i, '#d3242f'),
	tinted(/\b(pink|rose|barbie|love)\b/i, '#f0569f'),
	tinted(/\b(purple|violet|neon|cyberpunk|synthwave)\b/i, '#8a35e0'),
	tinted(/\b(yellow|gold|desert|sand)\b/i, '#e0a81f'),
];

type ColorPair = readonly [above: string, below: string];

const pairs: readonly [ColorPair, ...ColorPair[]] = [
	['#ff7a3c', '#2f6fd6'],
	['#f2c230', '#b13a8c'],
	['#28b8a6', '#e8546a'],
	['#8d5bd6', '#f0a24a'],
	['#3fa34d', '#f3d26b'],
];

/** For words that name no look: two colors and a frame, always the same ones for the same words. */
export function anyLook(prompt: string): Look {
	const [above, below] = new SeededRandom(prompt).pick(pairs);
	return {
		words: /^/,
		apply: (image) => image.modulate({ saturation: 1.25 }).linear(1.06, -6),
		overlay: (frame) => {
			const inset = Math.min(frame.width, frame.height) * 0.022;
			const border = `<rect x="${inset}" y="${inset}" width="${frame.width - 2 * inset}" height="${frame.height - 2 * inset}" fill="none" stroke="#fff" stroke-opacity="0.8" stroke-width="${inset * 0.25}"/>`;
			return [
				wash(frame, 'soft-light', [
					[above, 1],
					[below, 1],
				]),
				wash(frame, 'over', [
					[above, 0.3],
					[below, 0.22],
				]),
				{ input: svg(frame, border), blend: 'over' },
			];
		},
	};
}
