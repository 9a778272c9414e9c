import type { IExecuteSingleFunctions } from 'n8n-workflow';
import type { Http } from '../l402/http';
import { MAX_PICTURE_BYTES, TOO_LARGE } from '../purchase/service/pictureBounds';
import { endsInTheMiddle } from '../purchase/service/picture/format';
import { isPlainlyNoPicture } from '../purchase/service/picture/otherFile';
import { readInputFile, unreadable, type InputImage } from './inputFile';
import { kindOf, readTextInput } from './inputText';

const FETCH_TIMEOUT_MS = 60_000;
/** With the line breaks that some encoders write, and what stands in front of a data URI. */
const MAX_BASE64_LENGTH = Math.floor(MAX_PICTURE_BYTES * 1.4);

/**
 * Reads the item's picture from where `imageSource` says. Throws `INPUT_INVALID` where it cannot
 * be read, is empty, is plainly no picture, or surely lacks its end: none of these is worth a request.
 */
export async function readInputImage(
	ctx: IExecuteSingleFunctions,
	http: Http,
): Promise<InputImage> {
	const image = await fromSource(ctx, http);
	if (image.bytes.length > MAX_PICTURE_BYTES) throw unreadable(`The input picture ${TOO_LARGE}`);
	if (image.bytes.length === 0) throw unreadable('The input picture is empty');
	if (isPlainlyNoPicture(image.bytes)) {
		throw unreadable('The input is text, a document or another file, not a picture');
	}
	if (endsInTheMiddle(image.bytes)) {
		throw unreadable('The input picture is cut short or damaged: its end is missing');
	}
	return image;
}

async function fromSource(ctx: IExecuteSingleFunctions, http: Http): Promise<InputImage> {
	const source: unknown = ctx.getNodeParameter('imageSource', 'binary');
	switch (source) {
		case 'binary':
			return await readInputFile(ctx, ctx.getNodeParameter('binaryPropertyName', 'data'));
		case 'base64':
			return fromText(ctx.getNodeParameter('imageBase64', ''));
		case 'url':
			return await fromUrl(ctx.getNodeParameter('imageUrl', ''), http);
		default:
			throw unreadable("'Image Source' is none of its choices");
	}
}

function fromText(value: unknown): InputImage {
	if (typeof value === 'string' && value.length > MAX_BASE64_LENGTH) {
		throw unreadable(`'Image (Base64)' ${TOO_LARGE}`);
	}
	const input = readTextInput(value);
	if (input.kind === 'invalid') throw unreadable(input.message, input.hint);
	return { bytes: input.bytes, fileName: null };
}

async function fromUrl(value: unknown, http: Http): Promise<InputImage> {
	if (typeof value !== 'string')
		throw unreadable(`'Image URL' is no text: it holds ${kindOf(value)}`);
	const text = value.trim();
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
