import sharp, { type OverlayOptions } from 'sharp';

/** A picture of the sheet and the words under it. */
export interface Tile {
	readonly bytes: Buffer;
	readonly caption: string;
}

const TILE_HEIGHT = 240;
const WIDEST_TILE = 480;
const GAP = 16;
const CAPTION_HEIGHT = 36;
const PAPER = '#ffffff';
const INK = '#333333';
/** The machine may have no fonts at all. */
const FONT_FILE =
	require.resolve('@expo-google-fonts/atkinson-hyperlegible/400Regular/AtkinsonHyperlegible_400Regular.ttf');

/** All pictures on one JPEG, a row for each photograph, scaled to one height. */
export async function contactSheet(rows: ReadonlyArray<readonly Tile[]>): Promise<Buffer> {
	const overlays: OverlayOptions[] = [];
	let width = 0;
	let top = GAP;
	for (const row of rows) {
		let left = GAP;
		for (const { bytes, caption } of row) {
			const tile = await sharp(bytes, { limitInputPixels: false })
				.autoOrient()
				.resize({ height: TILE_HEIGHT, width: WIDEST_TILE, fit: 'inside' })
				.flatten({ background: PAPER })
				.toBuffer({ resolveWithObject: true });
			overlays.push({ input: tile.data, left, top: top + TILE_HEIGHT - tile.info.height });
			const words = await captionPicture(caption);
			overlays.push({ input: words, left, top: top + TILE_HEIGHT + GAP / 2 });
			left += tile.info.width + GAP;
		}
		width = Math.max(width, left);
		top += TILE_HEIGHT + CAPTION_HEIGHT + GAP;
	}
	const canvas = { width, height: top, channels: 3, background: PAPER } as const;
	return await sharp({ create: canvas }).composite(overlays).jpeg({ quality: 82 }).toBuffer();
}

async function captionPicture(caption: string): Promise<Buffer> {
	const text = `<span foreground="${INK}">${caption.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</span>`;
	const options = {
		text,
		fontfile: FONT_FILE,
		font: 'Atkinson Hyperlegible 16',
		rgba: true,
		dpi: 72,
	};
	return await sharp({ text: options }).png().toBuffer();
}
