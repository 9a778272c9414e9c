import type { HttpAnswer } from '../../l402/http';
import type { ServiceWords } from '../report/failure';
import type { LinkAnswer } from './fetchLink';
import { isText } from './picture/plainText';
import { serviceWords } from './serviceWords';

const LONGEST_SENTENCE = 500;

/** What the service said in place of a picture: an object with words, or plain text. */
export function wordsIn(answer: HttpAnswer): ServiceWords | null {
	const isObject = /^\s*\{/.test(answer.body.toString('latin1', 0, 64));
	if (!isObject && !isSentence(answer.body)) return null;
	const words = serviceWords(answer);
	const { errorCode, message, refund } = words;
	return errorCode === null && message === null && refund === null ? null : words;
}

/** Whether a short text is made of words; a picture in base64 is not. */
function isSentence(body: Buffer): boolean {
	const text = body.toString('utf8', 0, LONGEST_SENTENCE + 1).trim();
	return (
		text.length <= LONGEST_SENTENCE && /^[^<[{"\s]+(?:\s+\S{1,60})+$/.test(text) && isText(body)
	);
}

/** What the service itself says behind a link; of another host its status alone. */
export function wordsBehind({ outcome, url }: LinkAnswer, serviceUrl: string): ServiceWords {
	const words = serviceWords(outcome);
	const isTheService = new URL(url).origin === new URL(serviceUrl).origin;
	if (outcome.kind !== 'answer' || isTheService) return words;
	return { statusCode: words.statusCode, errorCode: null, message: null, refund: null };
}

/** Words of this node, where the service has none. */
export function ownWords(message: string): ServiceWords {
	return { statusCode: null, errorCode: null, message, refund: null };
}
