/** What most file systems allow. */
const MAX_BYTES = 255;
const PICTURE_EXTENSION =
	/\.(?:a?png|jpe?g|jpe|jfif|jif|pjp|pjpeg|gif|webp|avifs?|hei[cf]s?|hif|tiff?|bmp|dib|ico|jxl|jp2|jpf|jpx|jpm|j2[ck]|jpc|psd|svgz?|p[bgpn]m|raw|dng|cr[23]|nef|arw|orf|rw2|raf)$/i;
const ANY_EXTENSION = /\.[^.\s]{1,16}$/;

/**
 * The name of an output file, at most 255 bytes long and free of folders and control signs: what the
 * user `chose`, or `<input name>-<operation>.<extension>`, or `ending` alone where neither leaves a
 * name.
 * @param ending `<operation>.<extension>`
 */
export function outputFileName(chosen: string, inputName: string, ending: string): string {
	const wanted = clean(chosen);
	if (wanted !== '') {
		const extension = ANY_EXTENSION.exec(wanted)?.[0] ?? '';
		return cutTo(MAX_BYTES - byteLength(extension), wanted, extension.length) + extension;
	}
	const name = clean(inputName);
	const stem = clean(name.replace(PICTURE_EXTENSION, ''));
	const kept = cutTo(MAX_BYTES - 1 - byteLength(ending), stem).trimEnd();
	return kept === '' ? ending : `${kept}-${ending}`;
}

/** Without folders and what a name cannot hold; empty where it means a folder or nothing. */
function clean(name: string): string {
	const cleaned = name
		// Control signs, half signs, breaks, and marks that turn the direction of reading.
		.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, '')
		.replace(/[\\/]/g, '_')
		.trim();
	return /^\.{1,2}$/.test(cleaned) ? '' : cleaned;
}

/** The first signs of a name that fit into so many bytes, without its last `droppedLength` units. */
function cutTo(bytes: number, name: string, droppedLength = 0): string {
	const stem = name.slice(0, name.length - droppedLength);
	if (byteLength(stem) <= bytes) return stem;
	let kept = '';
	// By signs as people see them: none is cut apart. There are never more of them than bytes.
	for (const { segment } of new Intl.Segmenter().segment(stem.slice(0, 4 * MAX_BYTES))) {
		if (byteLength(kept + segment) > bytes) break;
		kept += segment;
	}
	return kept;
}

function byteLength(text: string): number {
	return Buffer.byteLength(text);
}
