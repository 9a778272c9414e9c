import { imageSize } from 'image-size';
import { knownFormat } from './knownFormats';
import { firstDirectoryAt } from './offsetTables';
import type { PictureBytes } from './pieces';
import { codestreamOf } from './sizedParts';

export interface PictureFormat {
	readonly mimeType: string;
	/** Usual file extension, without the dot. */
	readonly extension: string;
	/** Pixels; null where the header does not say. */
	readonly width: number | null;
	readonly height: number | null;
}

/** Format and size from the bytes themselves; null where they are no known picture. Never throws. */
export function pictureFormat(bytes: PictureBytes): PictureFormat | null {
	const known = knownFormat(bytes);
	if (known === null) return null;
	const { mimeType, extension } = known;
	return { mimeType, extension, ...pixelSize(headerOf(bytes, extension)) };
}

/**
 * Whether a picture surely ends before its end. Bytes after the end are allowed, and formats that
 * do not tell are not looked at: in doubt a picture is whole.
 */
export function endsInTheMiddle(bytes: PictureBytes): boolean {
	return knownFormat(bytes)?.isCut?.(bytes) ?? false;
}

/** As much of a file as its size is looked for in. Profiles and thumbnails stand in front of it. */
const HEADER_BYTES = 256 * 1024;
/** The boxes of HEIF: to read them can take time that grows with the square of their length. */
const HEIF_HEADER_BYTES = 16 * 1024;
const DIRECTORY_BYTES = 64 * 1024;

/** The part of a picture that says its size: a file may be all header, and hold everybody up. */
function headerOf(bytes: PictureBytes, extension: string): Buffer {
	switch (extension) {
		case 'avif':
		case 'heic':
		case 'heif':
			return bytes.subarray(0, HEIF_HEADER_BYTES);
		case 'tiff':
			// The directory often stands at the end.
			return bytes.subarray(0, firstDirectoryAt(bytes) + DIRECTORY_BYTES);
		case 'jxl':
			// In boxes that are read as a whole or not at all; the size is in the first bytes of the first.
			return codestreamOf(bytes.subarray(0, HEADER_BYTES));
		default:
			return bytes.subarray(0, HEADER_BYTES);
	}
}

function pixelSize(bytes: Buffer): Pick<PictureFormat, 'width' | 'height'> {
	try {
		const { width, height } = imageSize(bytes);
		return { width, height };
	} catch {
		return { width: null, height: null };
	}
}
