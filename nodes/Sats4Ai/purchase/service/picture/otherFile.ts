import { knownFormat } from './knownFormats';
import { startsAt } from './numbers';
import { HEAD_BYTES, isText } from './plainText';
import { brandsOf } from './sizedParts';

/** First bytes of documents, archives, programs, sound and films. */
const OTHER_STARTS = [
	...['%PDF', '%!PS', '{\\rtf', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'SQLite format 3\0'],
	...['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08', '\x1f\x8b', 'BZh', '\xfd7zXZ\0', 'Rar!\x1a\x07'],
	...['7z\xbc\xaf\x27\x1c', '\x28\xb5\x2f\xfd', '\x7fELF', '\0asm', 'bplist00', 'wOFF', 'wOF2'],
	...['ID3', 'OggS', 'fLaC', '\x1a\x45\xdf\xa3', 'FLV\x01'],
];
const MARKUP = /^<(?:\?xml|!doctype|!--|html|head|body|svg)/i;
const FILM_BRANDS = /^(?:iso[m2-9]|mp4[12v]|avc1|dash|qt {2}|M4[ABPV] |3g[2p].|f4v )$/;
/** A PDF may begin this far into its file. */
const PDF_WITHIN_BYTES = 1_024;
/** No format has a picture in fewer bytes, unless its signature is known. */
const FEWEST_BYTES = 12;

/**
 * Whether bytes are plainly no picture: text, a document, an archive, a film, nothing but one byte
 * again and again, or next to nothing. Any other format may be one that the service can read.
 */
export function isPlainlyNoPicture(bytes: Buffer): boolean {
	if (knownFormat(bytes) !== null) return false;
	const head = bytes.subarray(0, HEAD_BYTES);
	if (bytes.length < FEWEST_BYTES || head.every((byte) => byte === head[0])) return true;
	return isText(bytes) || isOtherFile(head);
}

function isOtherFile(head: Buffer): boolean {
	const start = head.toString('latin1').replace(/^(?:\xef\xbb\xbf)?\s+|^\xef\xbb\xbf/, '');
	if (OTHER_STARTS.some((other) => start.startsWith(other)) || MARKUP.test(start)) return true;
	if (startsAt(head, 0, 'RIFF')) return startsAt(head, 8, 'WAVE') || startsAt(head, 8, 'AVI ');
	if (startsAt(head, 4, 'ftyp')) return FILM_BRANDS.test(brandsOf(head)[0] ?? '');
	if (startsAt(head, 257, 'ustar')) return true;
	return head.subarray(0, PDF_WITHIN_BYTES).includes('%PDF-');
}
