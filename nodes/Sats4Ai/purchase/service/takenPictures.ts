import { randomUUID } from 'node:crypto';
import { decodePicture, type TextPicture } from './picture/base64Picture';
import { Pieces } from './picture/pieces';

/** The text of an answer without its large pictures, and these. */
export interface Shortened {
	readonly text: string;
	/** By what stands in the text for each of them: no link, no status, and nobody can guess it. */
	readonly pictures: ReadonlyMap<string, TextPicture>;
}

/** A stretch of twice as much without a quotation mark is surely found. */
const LONG_BYTES = 128 * 1024;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** So much at both ends of a stretch is looked at. */
const MARGIN_BYTES = 256;
/** Nothing in it can be meant otherwise: no escape, no quotation mark, one comma. */
const PLAIN_HEADER = /^data:[\w/.+;=-]*;base64,/i;

/**
 * Takes the large pictures out of an answer and decodes them, without ever making a text of their
 * base64; null where there are none. Only base64 to which nothing has happened, and which is all of
 * a JSON string or of the answer, is taken. What is odd in any way stays in the text.
 */
export function takePictures(answer: Pieces): Shortened | null {
	const pictures = new Map<string, TextPicture>();
	const kept: Buffer[] = [];
	let keptTo = 0;
	for (const stretch of longStretches(answer)) {
		const found = base64In(answer, stretch);
		if (found === null) continue;
		const picture = decodePicture(new Pieces(answer.between(found.start, found.end)));
		if (!('bytes' in picture)) continue;
		const name = `data:${randomUUID()}`;
		pictures.set(found.header + name, picture);
		kept.push(...answer.between(keptTo, found.start), Buffer.from(name));
		keptTo = found.end;
	}
	if (pictures.size === 0) return null;
	kept.push(...answer.between(keptTo));
	return { text: Buffer.concat(kept).toString('utf8').trim(), pictures };
}

interface Stretch {
	readonly start: number;
	readonly end: number;
}

function* longStretches(answer: Pieces): Generator<Stretch> {
	let at = 0;
	while (at < answer.length) {
		const quoteAt = answer.indexOf(QUOTE, at);
		const end = quoteAt < 0 ? answer.length : quoteAt;
		const isLong = end - at >= LONG_BYTES;
		if (isLong) yield { start: answer.lastIndexOf(QUOTE, at) + 1, end };
		at = isLong ? end + 1 : at + LONG_BYTES;
	}
}

/** The base64 in a stretch, and its header; null where it is a part of something else. */
function base64In(answer: Pieces, { start, end }: Stretch): (Stretch & { header: string }) | null {
	const isAll = end - start === answer.length;
	const isString =
		start > 0 && answer.byteAt(start - 2) !== BACKSLASH && answer.byteAt(end) === QUOTE;
	if (!isAll && !isString) return null;
	const first = answer.toString('latin1', start, start + MARGIN_BYTES);
	const last = answer.toString('latin1', end - MARGIN_BYTES, end);
	// Around the answer blanks mean nothing.
	const plain = isAll ? first.trimStart() : first;
	const [header = ''] = PLAIN_HEADER.exec(plain) ?? [];
	return {
		header,
		start: start + first.length - plain.length + header.length,
		end: isAll ? end - last.length + last.trimEnd().length : end,
	};
}
