import type { IExecuteSingleFunctions, INodeExecutionData } from 'n8n-workflow';
import { isTool, signedLink } from './agentTool';
import type { Receipt } from '../purchase/report/receipt';
import type { Picture } from '../purchase/service/storePicture';
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
	const fileName = outputFileName(naming, picture.extension);
	const { bytes, mimeType, imageUrl, width, height } = picture;
	const binary = await ctx.helpers.prepareBinaryData(bytes, fileName, mimeType);
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

/** `<input name>-<operation>.<extension>`, without the first part where the input has no name. */
function outputFileName(naming: Naming, extension: string): string {
	if (naming.settings.fileName !== '') return naming.settings.fileName;
	const name = (naming.inputFileName ?? '').split(/[\\/]/).pop() ?? '';
	const stem = name.replace(/\.[^.]*$/, '');
	return `${stem === '' ? '' : `${stem}-`}${naming.operation}.${extension}`;
}
