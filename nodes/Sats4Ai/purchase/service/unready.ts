import type { HttpAnswer } from '../../l402/http';
import { endsInTheMiddle } from './picture/format';
import { knownFormat } from './picture/knownFormats';

/** So few bytes are the beginning of something that is still being written. */
const A_FEW_BYTES = 32;

/** Whether a link answers before its picture is there: with nothing, or with its first few bytes. */
export function isUnready({ status, body }: HttpAnswer): boolean {
	if (status < 200 || status >= 300) return false;
	if (status === 204 || body.length === 0) return true;
	if (body.length >= A_FEW_BYTES || /^\s*["<[{]/.test(body.toString('latin1'))) return false;
	return knownFormat(body) === null || endsInTheMiddle(body);
}
