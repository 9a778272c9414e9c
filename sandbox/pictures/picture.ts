/** An encoded picture. */
export interface Picture {
	readonly bytes: Buffer;
	readonly mimeType: 'image/jpeg' | 'image/png' | 'image/webp';
}

export const extensionOf: Readonly<Record<Picture['mimeType'], string>> = {
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'image/webp': 'webp',
};
