import { parsedText } from './answerText';
import type { TextPicture } from './picture/base64Picture';
import { Pieces, type PictureBytes } from './picture/pieces';
import { takePictures } from './takenPictures';

/** What an answer says. */
export interface AnswerValue {
	/** Of JSON its value, otherwise the text itself, without blanks around it. */
	readonly value: unknown;
	/** The pictures that are decoded already, by the texts that stand for them in `value`. */
	readonly pictures: ReadonlyMap<string, TextPicture>;
}

const NONE: ReadonlyMap<string, TextPicture> = new Map();

/** Reads an answer that is text. From one in pieces, large pictures are taken before it is read. */
export function answerValue(answer: PictureBytes): AnswerValue {
	if (!(answer instanceof Pieces)) return { value: valueOf(answer), pictures: NONE };
	const short = takePictures(answer);
	if (short !== null) {
		const { text, pictures } = short;
		const value = parsedText(text, answer.length);
		// In anything but these, what was taken may have been a part of something else.
		if (value !== text || pictures.has(text)) return { value, pictures };
	}
	return { value: valueOf(answer.subarray(0)), pictures: NONE };
}

function valueOf(answer: Buffer): unknown {
	return parsedText(answer.toString('utf8').trim());
}
