import type { IBinaryData, IExecuteSingleFunctions } from 'n8n-workflow';
import type { PictureFile } from '../purchase/service/order';
import type { Stream } from './streamOf';

/** Less is encoded once and held: that is faster, and takes no more than what it leaves behind anyway. */
const LARGE_BYTES = 2 * 1024 * 1024;
/**
 * At a time: each piece passes through the streams of n8n and its HTTP client, which costs more than to
 * encode it. And some 18 of them, encoded, wait for a service that reads slowly.
 */
const READ_BYTES = 192 * 1024;

/**
 * The file of a large picture, where n8n keeps files on its own disk: it writes them once and removes
 * them with their execution. Elsewhere, each reading of one would be another call over the network.
 */
export function fileOnDisk(
	ctx: IExecuteSingleFunctions,
	{ id }: IBinaryData,
	length: number,
	read: () => Promise<Buffer>,
): { file?: PictureFile } {
	if (id === undefined || !id.startsWith('filesystem') || length < LARGE_BYTES) return {};
	return {
		file: {
			length,
			read,
			open: async (made) => {
				const file = await ctx.helpers.getBinaryStream(id, READ_BYTES);
				const stream = file.compose<Stream>(made);
				// Whoever reads it is told; without a listener an error after that would end the process.
				stream.on('error', () => file.destroy());
				stream.on('close', () => file.destroy());
				return stream;
			},
		},
	};
}
