import { readFile } from 'node:fs/promises';
import { parse, resolve } from 'node:path';
import sharp from 'sharp';
import { callersFolder } from './commandLine';

/** A photograph named on the command line, read and checked. */
export interface Photograph {
	/** Without folder. */
	readonly fileName: string;
	/** For the names of what is made of it: letters, digits, dots and dashes. */
	readonly stem: string;
	/** Without the dot. */
	readonly extension: string;
	readonly mimeType: string;
	readonly bytes: Buffer;
}

/** A file that is not used, and why, in words for the person who named it. */
interface Unusable {
	readonly problem: string;
	/** It is there and does not pretend to be a picture, like a text in a folder of photographs. */
	readonly isBystander: boolean;
}

export type Photographs =
	| {
			readonly status: 'usable';
			readonly photographs: readonly Photograph[];
			readonly leftOut: readonly string[];
	  }
	| { readonly status: 'unusable'; readonly problems: readonly string[] };

/** What sharp calls a format, and what everybody else does. */
const MIME_TYPES: ReadonlyMap<string | undefined, string> = new Map([
	['gif', 'image/gif'],
	['heif', 'image/avif'],
	['jpeg', 'image/jpeg'],
	['png', 'image/png'],
	['tiff', 'image/tiff'],
	['webp', 'image/webp'],
]);

const PICTURE_NAME = /\.(avif|bmp|gif|hei[cf]|jfif|jpe?g|png|tiff?|webp)$/i;

/**
 * Reads what was named on the command line. One bad picture or missing file makes all unusable;
 * other files are left out, so that `photos/*` works, as long as a photograph is among them.
 */
export async function readPhotographs(paths: readonly string[]): Promise<Photographs> {
	const read = await Promise.all(paths.map(async (path) => await readPhotograph(path)));
	const photographs = read.filter((result) => 'bytes' in result);
	const unusable = read.filter((result) => 'problem' in result);
	const problems = unusable.map(({ problem }) => problem);
	const isFine = photographs.length > 0 && unusable.every(({ isBystander }) => isBystander);
	return isFine || paths.length === 0
		? { status: 'usable', photographs, leftOut: problems }
		: { status: 'unusable', problems };
}

/** Reads a photograph and decodes all of it, so that a damaged one is found before it costs. */
async function readPhotograph(path: string): Promise<Photograph | Unusable> {
	const isBystander = !PICTURE_NAME.test(path);
	const bytes = await readFile(resolve(callersFolder(), path)).catch((cause: unknown) =>
		codeOf(cause),
	);
	if (!Buffer.isBuffer(bytes)) {
		return {
			problem: `${path}: ${REASONS.get(bytes) ?? 'cannot be read'}`,
			isBystander: isBystander && bytes === 'EISDIR',
		};
	}
	const format = await sharp(bytes)
		.stats()
		.then(async () => (await sharp(bytes).metadata()).format)
		.catch(() => undefined);
	const mimeType = MIME_TYPES.get(format);
	if (mimeType === undefined) {
		return { problem: `${path}: is no picture that can be read`, isBystander };
	}
	const { base, name, ext } = parse(path);
	return {
		fileName: base,
		stem: name.replace(/[^\w.-]+/g, '-'),
		extension: ext.slice(1) || mimeType.slice('image/'.length),
		mimeType,
		bytes,
	};
}

const REASONS: ReadonlyMap<unknown, string> = new Map([
	['ENOENT', 'there is no such file'],
	['EISDIR', 'is a folder'],
	['EACCES', 'may not be read'],
]);

function codeOf(cause: unknown): unknown {
	return (cause as { code?: unknown } | null)?.code;
}
