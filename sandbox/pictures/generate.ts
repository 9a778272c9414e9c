import sharp from 'sharp';
import { encode } from './encode';
import type { Picture } from './picture';
import type { PictureJob } from './pictureJob';

type GenerateJob = Extract<PictureJob, { operation: 'generateImage' }>;

export async function generate({ width, height }: GenerateJob): Promise<Picture> {
	const canvas = { width, height, channels: 3, background: '#f0a060' } as const;
	return await encode(sharp({ create: canvas }), 'jpg');
}
