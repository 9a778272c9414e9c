import type { INodeExecutionData } from 'n8n-workflow';
import { plainPng } from '../../sandbox/pictures/plainPicture';

/** A small picture, another one for every `mark`. */
export function pictureBytes(mark = 'photo'): Buffer {
	return plainPng('mark', mark.padEnd(16, '.'));
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
