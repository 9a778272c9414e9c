import sharp, { type Sharp } from 'sharp';

/** Pencil lines: the picture divided by its own blur. */
export async function pencil(image: Sharp): Promise<Sharp> {
	const gray = await image.flatten({ background: '#fff' }).grayscale().png().toBuffer();
	const soft = await sharp(gray).negate().blur(6).png().toBuffer();
	const lines = await sharp(gray)
		.composite([{ input: soft, blend: 'color-dodge' }])
		.png()
		.toBuffer();
	return sharp(lines).grayscale().linear(1.9, -225);
}

/** Few flat colors, and dark lines between them. */
export async function cartoon(image: Sharp): Promise<Sharp> {
	const { data: original, info } = await image.png().toBuffer({ resolveWithObject: true });
	const window = Math.min(5, info.width, info.height);
	const lines = await (await pencil(sharp(original))).png().toBuffer();
	const flat = await sharp(original)
		.median(window)
		.modulate({ saturation: 1.6, brightness: 1.06 })
		.png({ palette: true, colors: 20, dither: 0, effort: 2 })
		.toBuffer();
	const drawn = await sharp(flat)
		.toColorspace('srgb')
		.composite([{ input: lines, blend: 'multiply' }])
		.png()
		.toBuffer();
	return sharp(drawn);
}
