import sharp, { type OverlayOptions } from 'sharp';

const FONT =
	require.resolve('@expo-google-fonts/atkinson-hyperlegible/400Regular/AtkinsonHyperlegible_400Regular.ttf');
const MOST_LETTERS = 220;
/** On less than this there is no room for words. */
const LEAST_SIZE = 64;

/** Pango reads its text as markup. */
function escapeMarkup(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Plain text: no control characters, not endless. */
function tidy(text: string): string {
	const plain = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
	const letters = [...plain];
	return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS).join('')}…` : plain;
}

/**
 * The words of a prompt on a dark band along the bottom, wrapped to the width. The font comes with
 * the sandbox, for machines that have none.
 * @param opacity of the band, from 0 to 1; 1 hides the caption of an earlier picture
 */
export async function caption(
	prompt: string,
	width: number,
	height: number,
	opacity: number,
): Promise<OverlayOptions[]> {
	const unit = Math.min(width, height);
	const plain = tidy(prompt);
	if (unit < LEAST_SIZE || !/[\p{L}\p{N}\p{P}\p{S}]/u.test(plain)) return [];
	const margin = Math.round(unit * 0.035);
	const letterHeight = Math.max(12, Math.round(unit * 0.031));
	const text = await sharp({
		text: {
			text: `<span foreground="#ffffff">${escapeMarkup(plain)}</span>`,
			font: `Atkinson Hyperlegible ${letterHeight}`,
			fontfile: FONT,
			width: Math.max(width - 2 * margin, 16),
			dpi: 72,
			wrap: 'word-char',
			spacing: Math.round(letterHeight * 0.2),
			rgba: true,
		},
	})
		.png()
		.toBuffer({ resolveWithObject: true });
	const textHeight = Math.min(text.info.height, Math.round(height * 0.4));
	const bandHeight = textHeight + Math.round(margin * 1.4);
	const top = height - bandHeight;
	const band = Buffer.from(
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${bandHeight}"><rect width="${width}" height="${bandHeight}" fill="#0b0a14" opacity="${opacity}"/></svg>`,
	);
	const words = await sharp(text.data)
		.extract({ left: 0, top: 0, width: Math.min(text.info.width, width), height: textHeight })
		.toBuffer();
	return [
		{ input: band, left: 0, top },
		{ input: words, left: Math.min(margin, width - 1), top: top + Math.round(margin * 0.7) },
	];
}
