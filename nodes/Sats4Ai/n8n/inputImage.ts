import type { IBinaryData, IExecuteSingleFunctions } from 'n8n-workflow';
import type { Http } from '../l402/http';
import { PurchaseFailure } from '../purchase/report/failure';
import { MAX_PICTURE_BYTES, TOO_LARGE } from '../purchase/service/pictureBounds';
import { isPlainlyNoPicture } from '../purchase/service/pictureFormat';

export interface InputImage {
	readonly bytes: Buffer;
	/** Without directory; null where the picture came without a name. */
	readonly fileName: string | null;
}

const FETCH_TIMEOUT_MS = 60_000;
/** With the line breaks that some encoders write, and what stands in front of a data URI. */
const MAX_BASE64_LENGTH = Math.floor(MAX_PICTURE_BYTES * 1.4);

/**
 * Reads the item's picture from where `imageSource` says. Throws `INPUT_INVALID` where it cannot
 * be read, is empty, or is plainly a document: none of these is worth a request.
 */
export async function readInputImage(
	ctx: IExecuteSingleFunctions,
	http: Http,
): Promise<InputImage> {
	const image = await fromSource(ctx, http);
	if (image.bytes.length > MAX_PICTURE_BYTES) throw unreadable(`The input picture ${TOO_LARGE}`);
	if (image.bytes.length === 0) throw unreadable('The input picture is empty');
	if (isPlainlyNoPicture(image.bytes)) throw unreadable('The input is a document, not a picture');
	return image;
}

async function fromSource(ctx: IExecuteSingleFunctions, http: Http): Promise<InputImage> {
	const source: unknown = ctx.getNodeParameter('imageSource', 'binary');
	switch (source) {
		case 'binary':
			return await fromBinary(ctx, ctx.getNodeParameter('binaryPropertyName', 'data'));
		case 'base64':
			return fromBase64(ctx.getNodeParameter('imageBase64', ''));
		case 'url':
			return await fromUrl(String(ctx.getNodeParameter('imageUrl', '')).trim(), http);
		default:
			throw unreadable("'Image Source' is none of its choices");
	}
}

async function fromBinary(ctx: IExecuteSingleFunctions, name: unknown): Promise<InputImage> {
	const field = typeof name === 'string' ? name.trim() : '';
	if (field === '') throw unreadable("'Input Data Field Name' is empty");
	const { binary } = ctx.getInputData() ?? {};
	// The helper also finds files that the workflow setting *Binary Mode: Combined* keeps elsewhere.
	const own = binary !== undefined && Object.hasOwn(binary, field) ? binary[field] : undefined;
	const data = own ?? (await foundElsewhere(ctx, field));
	if (data === null) {
		const fields = Object.keys(binary ?? {});
		const has = fields.length === 0 ? 'no binary data' : `only: ${fields.join(', ')}`;
		throw unreadable(`The item has no binary field '${field}' (it has ${has})`);
	}
	const bytes = await ctx.helpers.getBinaryDataBuffer(field).catch(() => null);
	if (bytes === null) throw unreadable(`The binary field '${field}' cannot be read`);
	return { bytes, fileName: data.fileName ?? null };
}

async function foundElsewhere(
	ctx: IExecuteSingleFunctions,
	field: string,
): Promise<IBinaryData | null> {
	const find = async () => ctx.helpers.assertBinaryData(field);
	return await find().catch(() => null);
}

function fromBase64(value: unknown): InputImage {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text.length > MAX_BASE64_LENGTH) throw unreadable(`'Image (Base64)' ${TOO_LARGE}`);
	if (text === '') throw unreadable("'Image (Base64)' is empty");
	const dataUri = /^data:[^,]{0,200},/i.exec(text.slice(0, 256))?.[0] ?? '';
	if (dataUri !== '' && !/;base64,$/i.test(dataUri)) {
		throw unreadable("'Image (Base64)' is a data URI that is not base64");
	}
	const base64 = text.slice(dataUri.length).replace(/\s+/g, '');
	// A search for what does not belong: one match over millions of signs may exhaust V8's stack.
	const digits = base64.replace(/={1,2}$/, '');
	if (digits === '' || /[^A-Za-z0-9+/_-]/.test(digits)) {
		throw unreadable("'Image (Base64)' is not base64");
	}
	return { bytes: Buffer.from(base64, 'base64'), fileName: null };
}

async function fromUrl(text: string, http: Http): Promise<InputImage> {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
		throw unreadable("'Image URL' is no http or https address");
	}
	const outcome = await http({
		method: 'GET',
		url: url.href,
		headers: {},
		timeoutMs: FETCH_TIMEOUT_MS,
		maxBytes: MAX_PICTURE_BYTES,
		followRedirects: true,
	});
	if (outcome.kind !== 'answer')
		throw unreadable(`'Image URL' cannot be fetched: ${outcome.reason}`);
	if (outcome.status < 200 || outcome.status >= 300) {
		throw unreadable(`'Image URL' cannot be fetched: it answers with status ${outcome.status}`);
	}
	if (outcome.isCut === true) throw unreadable(`What 'Image URL' leads to ${TOO_LARGE}`);
	const name = url.pathname.split('/').pop() ?? '';
	return { bytes: outcome.body, fileName: name.includes('.') ? safeDecode(name) : null };
}

function safeDecode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function unreadable(message: string): PurchaseFailure {
	const hint =
		'Nothing was sent or paid. Connect a node that outputs the picture, or correct the field.';
	return new PurchaseFailure('INPUT_INVALID', message, hint);
}
