import type { IBinaryData, IBinaryKeyData, IExecuteSingleFunctions } from 'n8n-workflow';
import { PurchaseFailure } from '../purchase/report/failure';
import type { PictureFile } from '../purchase/service/order';
import { fileOnDisk } from './fileOnDisk';
import { isFile, kindOf } from './inputText';

export interface InputImage {
	readonly bytes: Buffer;
	/** null where the picture came without a name. */
	readonly fileName: string | null;
	/** Where the picture can be read again; absent where its bytes are to be kept. */
	readonly file?: PictureFile;
}

/** So much of a name is repeated in a message, and so many names. */
const SHOWN_LENGTH = 60;
const SHOWN_NAMES = 10;
const NOTHING_SENT =
	'Nothing was sent or paid. Connect a node that outputs the picture, or correct the field.';

/**
 * Reads a file of n8n's. `value` names a field of the item, or is the file itself, out of an
 * expression. Throws `INPUT_INVALID`.
 */
export async function readInputFile(
	ctx: IExecuteSingleFunctions,
	value: unknown,
): Promise<InputImage> {
	if (isFile(value)) return await fromFile(ctx, value);
	const { binary } = ctx.getInputData() ?? {};
	const field = typeof value === 'string' ? value.trim() : fieldLike(value, binary ?? {});
	if (field === null) {
		throw unreadable(`'Input Data Field Name' is no name of a field: it holds ${kindOf(value)}`);
	}
	if (field === '') throw unreadable("'Input Data Field Name' is empty");
	// The helper also finds files that the workflow setting *Binary Mode: Combined* keeps elsewhere.
	const own = binary !== undefined && Object.hasOwn(binary, field) ? binary[field] : undefined;
	const data = own ?? (await foundElsewhere(ctx, field));
	if (data === null) throw noSuchField(field, Object.keys(binary ?? {}));
	const read = async () => await ctx.helpers.getBinaryDataBuffer(field);
	const bytes = await read().catch(() => null);
	if (bytes === null) throw unreadable(`The binary field '${shown(field)}' cannot be read`);
	return { bytes, fileName: nameOf(data), ...fileOnDisk(ctx, data, bytes.length, read) };
}

async function fromFile(ctx: IExecuteSingleFunctions, file: IBinaryData): Promise<InputImage> {
	// The helper takes a file itself as well as its name, which its type does not tell.
	const files: { getBinaryDataBuffer(file: IBinaryData | string): Promise<Buffer> } = ctx.helpers;
	const read = async () => await files.getBinaryDataBuffer(file);
	const bytes = await read().catch(() => null);
	if (bytes === null) throw unreadable('The file that the expression gives cannot be read');
	return { bytes, fileName: nameOf(file), ...fileOnDisk(ctx, file, bytes.length, read) };
}

async function foundElsewhere(
	ctx: IExecuteSingleFunctions,
	field: string,
): Promise<IBinaryData | null> {
	const find = async () => ctx.helpers.assertBinaryData(field);
	return await find().catch(() => null);
}

/** The one field that a file without its content describes: `$binary` in an expression leaves that out. */
function fieldLike(value: unknown, binary: IBinaryKeyData): string | null {
	if (typeof value !== 'object' || value === null || !('mimeType' in value)) return null;
	const described = Object.entries(value).filter(([, part]) => typeof part !== 'object');
	const fields = Object.entries(binary).filter(([, file]) =>
		described.every(([key, part]) => file[key] === part),
	);
	return fields.length === 1 ? (fields[0]?.[0] ?? null) : null;
}

function nameOf({ fileName }: IBinaryData): string | null {
	return typeof fileName === 'string' ? fileName : null;
}

function noSuchField(field: string, fields: readonly string[]): PurchaseFailure {
	const names = fields.slice(0, SHOWN_NAMES).map(shown).join(', ');
	const has = fields.length === 0 ? 'no binary data' : `only: ${names}`;
	return unreadable(`The item has no binary field '${shown(field)}' (it has ${has})`);
}

function shown(name: string): string {
	return name.length <= SHOWN_LENGTH ? name : `${name.slice(0, SHOWN_LENGTH)}…`;
}

/** An input that is not worth a request. */
export function unreadable(message: string, hint = NOTHING_SENT): PurchaseFailure {
	return new PurchaseFailure('INPUT_INVALID', message, hint);
}
