import sharp, { type OverlayOptions, type Sharp } from 'sharp';
import { SeededRandom } from './seededRandom';

/** What a look may lay over the picture. */
export interface Frame {
	readonly width: number;
	readonly height: number;
	readonly random: SeededRandom;
}

/** One way of changing a picture, and the words that ask for it. */
export interface Look {
	readonly words: RegExp;
	/** Colours, sharpness … of the picture as it is. */
	apply(image: Sharp): Sharp | Promise<Sharp>;
	/** Drawn over it afterwards. */
	overlay?(frame: Frame): OverlayOptions[];
}

function svg({ width, height }: Frame, content: string): Buffer {
	return Buffer.from(
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`,
	);
}

/** A wash of colour from top to bottom, each `#rrggbb` with its opacity. */
function wash(
	frame: Frame,
	blend: NonNullable<OverlayOptions['blend']>,
	stops: readonly (readonly [colour: string, opacity: number])[],
): OverlayOptions {
	const marks = stops.map(
		([colour, opacity], index) =>
			`<stop offset="${index / Math.max(1, stops.length - 1)}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
	);
	const content = `<linearGradient id="wash" x1="0" y1="0" x2="0" y2="1">${marks.join('')}</linearGradient><rect width="100%" height="100%" fill="url(#wash)"/>`;
	return { input: svg(frame, content), blend };
}

function dots(
	frame: Frame,
	count: number,
	part: number,
	colour: string,
	size: readonly [number, number],
): OverlayOptions {
	const { width, height, random } = frame;
	const unit = Math.min(width, height);
	const circles = Array.from({ length: count }, () => {
		const x = random.between(0, width).toFixed(1);
		const y = random.between(0, height * part).toFixed(1);
		const r = (unit * random.between(...size)).toFixed(2);
		return `<circle cx="${x}" cy="${y}" r="${r}" fill="${colour}" opacity="${random.between(0.45, 1).toFixed(2)}"/>`;
	});
	return { input: svg(frame, circles.join('')), blend: 'over' };
}

/** A shining disc with its halo: sun or moon. */
function orb(frame: Frame, disc: string, halo: string, radius: number): OverlayOptions {
	const { width, height } = frame;
	const unit = Math.min(width, height);
	const [x, y] = [width * 0.76, height * 0.2];
	const content = `<radialGradient id="halo" gradientUnits="userSpaceOnUse" cx="${x}" cy="${y}" r="${unit * radius * 7}"><stop offset="0" stop-color="${halo}" stop-opacity="0.9"/><stop offset="0.25" stop-color="${halo}" stop-opacity="0.4"/><stop offset="1" stop-color="${halo}" stop-opacity="0"/></radialGradient>
<rect width="100%" height="100%" fill="url(#halo)"/><circle cx="${x}" cy="${y}" r="${unit * radius}" fill="${disc}"/>`;
	return { input: svg(frame, content), blend: 'screen' };
}

/** Pencil lines: the picture divided by its own blur. */
async function pencil(image: Sharp): Promise<Sharp> {
	const grey = await image.flatten({ background: '#fff' }).greyscale().png().toBuffer();
	const soft = await sharp(grey).negate().blur(6).png().toBuffer();
	const lines = await sharp(grey)
		.composite([{ input: soft, blend: 'colour-dodge' }])
		.png()
		.toBuffer();
	return sharp(lines).greyscale().linear(1.9, -225);
}

/** Few flat colours, and dark lines between them. */
async function cartoon(image: Sharp): Promise<Sharp> {
	const { data: original, info } = await image.png().toBuffer({ resolveWithObject: true });
	const window = Math.min(5, info.width, info.height);
	const lines = await (await pencil(sharp(original))).png().toBuffer();
	const flat = await sharp(original)
		.median(window)
		.modulate({ saturation: 1.6, brightness: 1.06 })
		.png({ palette: true, colours: 20, dither: 0, effort: 2 })
		.toBuffer();
	const drawn = await sharp(flat)
		.toColourspace('srgb')
		.composite([{ input: lines, blend: 'multiply' }])
		.png()
		.toBuffer();
	return sharp(drawn);
}

function tinted(words: RegExp, colour: string): Look {
	return {
		words,
		apply: (image) => image.modulate({ saturation: 0.7 }).linear(1.05, -4),
		overlay: (frame) => [
			wash(frame, 'soft-light', [
				[colour, 0.9],
				[colour, 0.75],
			]),
			wash(frame, 'over', [
				[colour, 0.22],
				[colour, 0.12],
			]),
		],
	};
}

/** Low sun from a corner. */
function glare(frame: Frame, colour: string): OverlayOptions {
	const reach = Math.max(frame.width, frame.height) * 0.8;
	const content = `<radialGradient id="glare" gradientUnits="userSpaceOnUse" cx="${frame.width}" cy="0" r="${reach}"><stop offset="0" stop-color="${colour}" stop-opacity="0.95"/><stop offset="0.4" stop-color="${colour}" stop-opacity="0.35"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient><rect width="100%" height="100%" fill="url(#glare)"/>`;
	return { input: svg(frame, content), blend: 'screen' };
}

/** The first that fits is taken. */
export const looks: readonly Look[] = [
	{
		words: /\b(black[- ]and[- ]white|monochrome|gr[ae]yscale|b&w|noir)\b/i,
		apply: (image) => image.greyscale().linear(1.25, -28),
		overlay: (frame) => [
			wash(frame, 'multiply', [
				['#ffffff', 1],
				['#d8d8d8', 1],
			]),
		],
	},
	{
		words: /\b(sepia|vintage|retro|antique|old|aged|western)\b/i,
		apply: (image) => image.greyscale().tint('#c9a26b').linear(0.92, 18),
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
		apply: (image) => image.normalise().modulate({ brightness: 0.72, saturation: 0.55 }),
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

type ColourPair = readonly [above: string, below: string];

const pairs: readonly [ColourPair, ...ColourPair[]] = [
	['#ff7a3c', '#2f6fd6'],
	['#f2c230', '#b13a8c'],
	['#28b8a6', '#e8546a'],
	['#8d5bd6', '#f0a24a'],
	['#3fa34d', '#f3d26b'],
];

/** For words that name no look: two colours and a frame, always the same ones for the same words. */
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
