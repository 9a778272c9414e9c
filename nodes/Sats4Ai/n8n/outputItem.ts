import type { IExecuteSingleFunctions, INodeExecutionData } from 'n8n-workflow';
import { isTool, signedLink } from './agentTool';
import type { Receipt } from '../purchase/report/receipt';
import type { Picture } from '../purchase/service/storePicture';
import { outputFileName } from './outputName';
import { Pieces } from '../purchase/service/picture/pieces';
import { streamOf } from './streamOf';
import type { Settings } from './parameters';

/** How an output file is named. */
export interface Naming {
	readonly operation: string;
	/** null where the input came without a name. */
	readonly inputFileName: string | null;
	readonly settings: Pick<Settings, 'fileName' | 'outputField'>;
}

/** Stores the picture as n8n binary data and makes the output item. */
export async function pictureItem(
	ctx: IExecuteSingleFunctions,
	picture: Picture,
	receipt: Receipt,
	naming: Naming,
): Promise<INodeExecutionData> {
	const fileName = outputFileName(
		naming.settings.fileName,
		naming.inputFileName ?? '',
		`${naming.operation}.${picture.extension}`,
	);
	const { bytes, mimeType, imageUrl, width, height } = picture;
	const content = bytes instanceof Pieces ? streamOf(bytes.parts) : bytes;
	const binary = await ctx.helpers.prepareBinaryData(content, fileName, mimeType);
	const isHidden = imageUrl === null && isTool(ctx);
	const link = isHidden ? signedLink(ctx, binary, Date.now()) : null;
	return {
		json: {
			operation: naming.operation,
			imageUrl,
			...link,
			mimeType,
			fileName,
			fileSize: bytes.length,
			width,
			height,
			payment: { ...receipt },
		},
		binary: { [naming.settings.outputField]: binary },
		pairedItem: { item: ctx.getItemIndex() },
	};
}
