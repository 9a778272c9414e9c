import type { INodeExecutionData } from 'n8n-workflow';

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Bytes that begin like a picture, other ones for every `mark`. */
export function pictureBytes(mark = 'photo'): Buffer {
	return Buffer.concat([PNG_SIGNATURE, Buffer.from(mark.padEnd(16, '.'))]);
}

/** An item with a picture in `data`; without a name where `fileName` is empty. */
export function photo(mark = 'photo', fileName = 'old photo.jpg'): INodeExecutionData {
	return {
		json: { mark },
		binary: {
			data: {
				data: pictureBytes(mark).toString('base64'),
				mimeType: 'image/png',
				...(fileName === '' ? {} : { fileName }),
			},
		},
	};
}

export function photos(count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_, index) => photo(`photo ${index}`));
}
