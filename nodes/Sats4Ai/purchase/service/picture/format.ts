import { imageSize } from 'image-size';
import { knownFormat } from './knownFormats';

export interface PictureFormat {
	readonly mimeType: string;
	/** Usual file extension, without the dot. */
	readonly extension: string;
	/** Pixels; null where the header does not say. */
	readonly width: number | null;
	readonly height: number | null;
}

/** Format and size from the bytes themselves; null where they are no known picture. Never throws. */
export function pictureFormat(bytes: Buffer): PictureFormat | null {
	const known = knownFormat(bytes);
	if (known === null) return null;
	const { mimeType, extension } = known;
	return { mimeType, extension, ...pixelSize(bytes) };
}

/**
 * Whether a picture surely ends before its end. Bytes after the end are allowed, and formats that
 * do not tell are not looked at: in doubt a picture is whole.
 */
export function endsInTheMiddle(bytes: Buffer): boolean {
	return knownFormat(bytes)?.isCut?.(bytes) ?? false;
}

function pixelSize(bytes: Buffer): Pick<PictureFormat, 'width' | 'height'> {
	try {
		const { width, height } = imageSize(bytes);
		return { width, height };
	} catch {
		return { width: null, height: null };
	}
}
