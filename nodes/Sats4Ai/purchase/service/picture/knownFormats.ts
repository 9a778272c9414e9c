import { isCodestreamCut, isGifCut, isJpegCut, isPngCut } from './markedEnds';
import { bigEndian, startsAt } from './numbers';
import { isBmp, isBmpCut, isIcon, isIconCut, isTiff, isTiffCut } from './offsetTables';
import type { PictureBytes } from './pieces';
import { isText } from './plainText';
import { heifKind, isHeifCut, isJp2Cut, isJxlCut, isWebpCut } from './sizedParts';

/** A picture format, and how it is told from its bytes. */
export interface KnownFormat {
	readonly mimeType: string;
	/** Usual file extension, without the dot. */
	readonly extension: string;
	/** Looks at the first bytes; where they are few or weak, at the header behind them. */
	readonly begins: (bytes: PictureBytes) => boolean;
	/** Whether the file surely ends before its end. Absent: that cannot be told. */
	readonly isCut?: (bytes: PictureBytes) => boolean;
}

const starting =
	(...starts: string[]) =>
	(bytes: PictureBytes) =>
		starts.some((start) => startsAt(bytes, 0, start));

/** All formats that are taken for pictures by their bytes. */
const KNOWN_FORMATS: readonly KnownFormat[] = [
	{
		mimeType: 'image/png',
		extension: 'png',
		begins: starting('\x89PNG\r\n\x1a\n'),
		isCut: isPngCut,
	},
	{ mimeType: 'image/jpeg', extension: 'jpg', begins: isJpeg, isCut: isJpegCut },
	{
		mimeType: 'image/gif',
		extension: 'gif',
		begins: (bytes) => /^GIF8[79]a/.test(bytes.toString('latin1', 0, 6)) && !isText(bytes),
		isCut: isGifCut,
	},
	{
		mimeType: 'image/webp',
		extension: 'webp',
		begins: (bytes) => startsAt(bytes, 0, 'RIFF') && startsAt(bytes, 8, 'WEBP'),
		isCut: isWebpCut,
	},
	...(['avif', 'heic', 'heif'] as const).map((kind) => ({
		mimeType: `image/${kind}`,
		extension: kind,
		begins: (bytes: PictureBytes) => heifKind(bytes) === kind,
		isCut: isHeifCut,
	})),
	{ mimeType: 'image/tiff', extension: 'tiff', begins: isTiff, isCut: isTiffCut },
	{ mimeType: 'image/bmp', extension: 'bmp', begins: isBmp, isCut: isBmpCut },
	{ mimeType: 'image/x-icon', extension: 'ico', begins: isIcon, isCut: isIconCut },
	{
		mimeType: 'image/jxl',
		extension: 'jxl',
		begins: starting('\0\0\0\x0cJXL \r\n\x87\n'),
		isCut: isJxlCut,
	},
	{
		mimeType: 'image/jxl',
		extension: 'jxl',
		begins: (bytes) => startsAt(bytes, 0, '\xff\n') && bytes.length > 8 && !isText(bytes),
	},
	{
		mimeType: 'image/jp2',
		extension: 'jp2',
		begins: starting('\0\0\0\x0cjP  \r\n\x87\n'),
		isCut: isJp2Cut,
	},
	{
		mimeType: 'image/j2c',
		extension: 'j2c',
		begins: starting('\xff\x4f\xff\x51'),
		isCut: isCodestreamCut,
	},
	{
		mimeType: 'image/vnd.adobe.photoshop',
		extension: 'psd',
		begins: starting('8BPS\0\x01\0\0\0\0\0\0', '8BPS\0\x02\0\0\0\0\0\0'),
	},
	{
		mimeType: 'image/x-portable-anymap',
		extension: 'pnm',
		begins: (bytes) =>
			/^P[4-6]\s+(?:#[^\n]*\n\s*)*\d+\s+\d+\s/.test(bytes.toString('latin1', 0, 512)),
	},
];

/** The format that bytes begin like; null where they are no known picture. Never throws. */
export function knownFormat(bytes: PictureBytes): KnownFormat | null {
	return KNOWN_FORMATS.find(({ begins }) => begins(bytes)) ?? null;
}

/** Its three bytes could begin anything: a marker and the length of its segment must follow. */
function isJpeg(bytes: PictureBytes): boolean {
	if (!startsAt(bytes, 0, '\xff\xd8\xff')) return false;
	const number = bigEndian(bytes);
	const marker = number(3, 1);
	if (marker === 0xff) return true;
	const hasLength = marker >= 0xc0 && !(marker >= 0xd0 && marker <= 0xd9);
	return hasLength && !(number(4, 2) < 2);
}
