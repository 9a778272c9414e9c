import { imageSize } from 'image-size';

export interface PictureFormat {
	readonly mimeType: string;
	/** Usual file extension, without the dot. */
	readonly extension: string;
	/** Pixels; null where the header does not say. */
	readonly width: number | null;
	readonly height: number | null;
}

/** First bytes of the formats that image services take and give. */
const SIGNATURES: ReadonlyArray<{
	readonly mimeType: string;
	readonly extension: string;
	readonly at: number;
	readonly bytes: readonly string[];
}> = [
	{ mimeType: 'image/png', extension: 'png', at: 0, bytes: ['\x89PNG\r\n\x1a\n'] },
	{ mimeType: 'image/jpeg', extension: 'jpg', at: 0, bytes: ['\xff\xd8\xff'] },
	{ mimeType: 'image/gif', extension: 'gif', at: 0, bytes: ['GIF87a', 'GIF89a'] },
	{ mimeType: 'image/webp', extension: 'webp', at: 8, bytes: ['WEBP'] },
	{ mimeType: 'image/avif', extension: 'avif', at: 4, bytes: ['ftypavif', 'ftypavis'] },
	{ mimeType: 'image/heic', extension: 'heic', at: 4, bytes: ['ftypheic', 'ftypheix', 'ftypmif1'] },
	{ mimeType: 'image/tiff', extension: 'tiff', at: 0, bytes: ['II*\0', 'MM\0*'] },
	{ mimeType: 'image/bmp', extension: 'bmp', at: 0, bytes: ['BM'] },
];

/** Format and size from the bytes themselves; null where they are no known picture. Never throws. */
export function pictureFormat(bytes: Buffer): PictureFormat | null {
	for (const { mimeType, extension, at, bytes: starts } of SIGNATURES) {
		if (!starts.some((start) => startsAt(bytes, at, start))) continue;
		return { mimeType, extension, ...pixelSize(bytes) };
	}
	return null;
}

/** Whether bytes are plainly a document or plain text: nothing an image service could work on. */
export function isPlainlyNoPicture(bytes: Buffer): boolean {
	if (['%PDF', 'PK\x03\x04', '\x1f\x8b', '<svg'].some((start) => startsAt(bytes, 0, start)))
		return true;
	const head = bytes.subarray(0, 512).toString('utf8');
	return pictureFormat(bytes) === null && !/[\uFFFD\p{Cc}]/u.test(head.replace(/[\t\r\n]/g, ''));
}

function startsAt(bytes: Buffer, at: number, start: string): boolean {
	return bytes.toString('latin1', at, at + start.length) === start;
}

function pixelSize(bytes: Buffer): Pick<PictureFormat, 'width' | 'height'> {
	try {
		const { width, height } = imageSize(bytes);
		return { width, height };
	} catch {
		return { width: null, height: null };
	}
}
