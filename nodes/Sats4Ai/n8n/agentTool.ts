import type { IBinaryData, IExecuteSingleFunctions } from 'n8n-workflow';
import { PurchaseFailure } from '../purchase/report/failure';

/** Where the picture is to be had that an agent's tool has bought. */
export interface ToolLink {
	readonly imageUrl: string;
	/** ISO 8601. */
	readonly imageUrlExpiresAt: string;
}

const LINK_DAYS = 7;

/**
 * Whether the node is a tool of an agent: n8n names its type so, and older agents hand over their
 * own `executeData`.
 */
export function isTool(ctx: IExecuteSingleFunctions): boolean {
	return isRunAsTool(ctx) || ctx.getNode().type.endsWith('Tool');
}

/** Whether an agent calls the node within its own run: then n8n hands over the agent's `executeData`. */
export function isRunAsTool(ctx: IExecuteSingleFunctions): boolean {
	return ctx.getExecuteData().node.name !== ctx.getNode().name;
}

/**
 * n8n's own signed link to a stored file: agents are handed no files, and would never see a picture
 * that the service has returned itself. null where n8n gives none; the picture is paid by then, so
 * that is no failure.
 * @param now Milliseconds since 1970.
 */
export function signedLink(
	ctx: IExecuteSingleFunctions,
	stored: IBinaryData,
	now: number,
): ToolLink | null {
	if (stored.id === undefined) return null;
	try {
		const imageUrl = ctx.helpers.createBinarySignedUrl(stored, `${LINK_DAYS} days`);
		if (!URL.canParse(imageUrl)) return null;
		const expiresAt = now + LINK_DAYS * 24 * 60 * 60 * 1_000;
		return { imageUrl, imageUrlExpiresAt: new Date(expiresAt).toISOString() };
	} catch {
		return null;
	}
}

/**
 * Refuses what an agent could never see: a picture without a link, in an n8n that keeps files in
 * memory. Throws `INPUT_INVALID`, before any request.
 */
export async function requireLinks(ctx: IExecuteSingleFunctions): Promise<void> {
	const probe = await ctx.helpers.prepareBinaryData(Buffer.from('?'), 'probe.txt', 'text/plain');
	if (probe.id !== undefined) return;
	throw new PurchaseFailure(
		'INPUT_INVALID',
		'An agent could not see this picture: this n8n keeps files in memory and has no links to them',
		'Nothing was sent or paid. Start n8n with N8N_DEFAULT_BINARY_DATA_MODE=filesystem, or use the node outside of an agent.',
	);
}
