import type { IBinaryData } from 'n8n-workflow';
import { parseJson } from '../l402/json';
import { isOtherDataUri, readBase64Picture } from '../purchase/service/picture/base64Picture';

const FIELD = "'Image (Base64)'";

/** What n8n writes in place of the base64 of a file that it keeps elsewhere, and of its id. */
const KEPT_ELSEWHERE = /^(?:filesystem|s3|database|azure|gcs|default)(?:-v\d)?(?::|$)/i;

/** Bytes, or why the value is none. */
export type TextInput =
	| { readonly kind: 'bytes'; readonly bytes: Buffer }
	| { readonly kind: 'invalid'; readonly message: string; readonly hint?: string };

/**
 * Reads the value of *Image (Base64)*: text, a Buffer as it is or as JSON writes it, or one of n8n's
 * files with its content. A file that n8n keeps elsewhere is not looked up: this field may hold what
 * a stranger wrote. As text a picture has to be of a known format, and whole.
 */
export function readTextInput(value: unknown): TextInput {
	if (typeof value === 'string') return fromText(value);
	if (isFile(value)) return value.id === undefined ? fromText(value.data) : keptElsewhere('a file');
	const bytes = bytesOf(value);
	if (bytes !== null) return { kind: 'bytes', bytes };
	return invalid(`${FIELD} is no text: it holds ${kindOf(value)}`);
}

function fromText(text: string): TextInput {
	if (text.trim() === '') return invalid(`${FIELD} is empty`);
	if (text.length < 256 && KEPT_ELSEWHERE.test(payloadOf(text))) {
		return keptElsewhere(`'${payloadOf(text).slice(0, 60)}'`);
	}
	const parsed = /^\s*\{/.test(text) ? parseJson(text) : undefined;
	const bytes = bytesOf(parsed);
	if (bytes !== null) return { kind: 'bytes', bytes };
	if (isOtherDataUri(text)) return invalid(`${FIELD} is a data URI that is not base64`);
	const read = readBase64Picture(text);
	switch (read.kind) {
		case 'picture':
			return { kind: 'bytes', bytes: read.bytes };
		case 'cut':
			return invalid(`${FIELD} is a picture that is cut short or damaged`);
		case 'noPicture':
			return invalid(`${FIELD} is not a picture of a known format`);
		case 'notBase64':
			return invalid(`${FIELD} is not base64, or was damaged on its way`);
	}
}

function keptElsewhere(held: string): TextInput {
	return invalid(
		`${FIELD} holds ${held}, not the picture: n8n keeps the file itself elsewhere`,
		"Set 'Image Source' to 'Binary File' and give the name of the field with the file, such as data. Nothing was sent or paid.",
	);
}

/** Without what a data URI has in front. */
function payloadOf(text: string): string {
	return text.trim().replace(/^data:[^,]*,/i, '');
}

/** Whether a value is one of n8n's files: its content, or where it is kept. */
export function isFile(value: unknown): value is IBinaryData {
	if (typeof value !== 'object' || value === null) return false;
	const { data, id, mimeType } = value as Partial<Record<keyof IBinaryData, unknown>>;
	return typeof mimeType === 'string' && (typeof data === 'string' || typeof id === 'string');
}

/** A Buffer, or what JSON makes of one: `{type: 'Buffer', data: […]}`. */
function bytesOf(value: unknown): Buffer | null {
	if (value instanceof ArrayBuffer) return Buffer.from(value);
	if (ArrayBuffer.isView(value)) {
		return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
	}
	const { type, data } = (value ?? {}) as { type?: unknown; data?: unknown };
	if (type !== 'Buffer' || !Array.isArray(data)) return null;
	return data.every(isByte) ? Buffer.from(data) : null;
}

function isByte(value: unknown): value is number {
	return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255;
}

/** What a value is, in words for a message: never the value itself. */
export function kindOf(value: unknown): string {
	if (value === undefined || value === null) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function invalid(message: string, hint?: string): TextInput {
	return { kind: 'invalid', message, ...(hint === undefined ? {} : { hint }) };
}
