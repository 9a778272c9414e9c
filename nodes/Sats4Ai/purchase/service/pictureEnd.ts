const PNG_START = '\x89PNG';
const JPEG_START = '\xff\xd8\xff';
const END_OF_JPEG = Buffer.from([0xff, 0xd9]);

/**
 * Whether a picture surely ends before its end: a PNG without its last chunk, a JPEG without any
 * end marker, a WebP shorter than it says. Bytes after the end are allowed, and other formats are
 * not looked at: in doubt a picture is whole.
 */
export function endsInTheMiddle(bytes: Buffer): boolean {
	const starts = (start: string, at = 0) =>
		bytes.toString('latin1', at, at + start.length) === start;
	if (starts(PNG_START)) return bytes.lastIndexOf('IEND') < 0;
	if (starts(JPEG_START)) return bytes.lastIndexOf(END_OF_JPEG) < 0;
	// A last byte that only makes the length even may be missing.
	if (starts('WEBP', 8)) return bytes.readUInt32LE(4) + 8 > bytes.length + 1;
	return false;
}
