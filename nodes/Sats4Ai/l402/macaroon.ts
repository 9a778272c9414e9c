/**
 * The identifier of a macaroon in one of its two binary forms, or null if the bytes are no whole
 * macaroon. Signatures are not checked: only the service has the key. Never throws.
 *
 * Both forms as libmacaroons writes and reads them (`doc/format.txt`); the table of field numbers
 * in the L402 repository is not what anybody uses.
 */
export function macaroonIdentifier(bytes: Buffer): Buffer | null {
	return bytes[0] === VERSION_2 ? identifierV2(bytes) : identifierV1(bytes);
}

const VERSION_2 = 2;
const END_OF_SECTION = 0;
const LOCATION = 1;
const IDENTIFIER = 2;
const VERIFICATION_ID = 4;
const SIGNATURE = 6;
const SIGNATURE_BYTES = 32;

interface Field {
	readonly type: number;
	readonly data: Buffer;
	/** Where the next field begins. */
	readonly end: number;
}

/**
 * Version byte; a section with the identifier; one section for each caveat; an empty section; the
 * signature. The fields of a section ascend, and each section has an identifier.
 */
function identifierV2(bytes: Buffer): Buffer | null {
	let identifier: Buffer | null = null;
	let position = 1;
	for (;;) {
		const section = sectionV2(bytes, position);
		if (section === null) return null;
		position = section.end;
		if (section.identifier === null) break;
		identifier ??= section.identifier;
	}
	const signature = fieldV2(bytes, position);
	return signature?.type === SIGNATURE &&
		signature.data.length === SIGNATURE_BYTES &&
		signature.end === bytes.length
		? identifier
		: null;
}

/** One section up to its end mark; `identifier` is null if it is empty. */
function sectionV2(
	bytes: Buffer,
	start: number,
): { identifier: Buffer | null; end: number } | null {
	let identifier: Buffer | null = null;
	let lastType = END_OF_SECTION;
	let position = start;
	for (;;) {
		const field = fieldV2(bytes, position);
		if (field === null) return null;
		position = field.end;
		if (field.type === END_OF_SECTION) {
			return lastType === END_OF_SECTION || identifier ? { identifier, end: position } : null;
		}
		if (field.type <= lastType || ![LOCATION, IDENTIFIER, VERIFICATION_ID].includes(field.type)) {
			return null;
		}
		if (field.type === IDENTIFIER) identifier = field.data;
		lastType = field.type;
	}
}

/** Type and length as varints, then the data. The end mark is a type alone. */
function fieldV2(bytes: Buffer, start: number): Field | null {
	const type = varint(bytes, start);
	if (type === null) return null;
	if (type.value === END_OF_SECTION) {
		return { type: END_OF_SECTION, data: Buffer.alloc(0), end: type.end };
	}
	const length = varint(bytes, type.end);
	if (length === null) return null;
	const end = length.end + length.value;
	if (end > bytes.length) return null;
	return { type: type.value, data: bytes.subarray(length.end, end), end };
}

/** Seven bits to a byte, the lowest first. Three bytes are more than any header holds. */
function varint(bytes: Buffer, start: number): { value: number; end: number } | null {
	let value = 0;
	for (let i = 0; i < 3; i++) {
		const byte = bytes[start + i];
		if (byte === undefined) return null;
		value |= (byte & 0x7f) << (7 * i);
		if (byte < 0x80) return { value, end: start + i + 1 };
	}
	return null;
}

const PACKET = /^([0-9a-f]{4})(location|identifier|cid|vid|cl|signature) $/;

/**
 * Packets of four hex digits (the length, themselves included), a key, a space, the data and a line
 * feed: location, identifier, caveats, signature.
 */
function identifierV1(bytes: Buffer): Buffer | null {
	let identifier: Buffer | null = null;
	let position = 0;
	for (;;) {
		const packet = packetV1(bytes, position);
		if (packet === null) return null;
		position = packet.end;
		if (packet.key === 'identifier') {
			if (identifier !== null) return null;
			identifier = packet.data;
		} else if (packet.key === 'signature') {
			const isWhole = packet.data.length === SIGNATURE_BYTES && position === bytes.length;
			return isWhole ? identifier : null;
		} else if ((packet.key === 'location') !== (identifier === null)) {
			return null;
		}
	}
}

function packetV1(bytes: Buffer, start: number): { key: string; data: Buffer; end: number } | null {
	const space = bytes.indexOf(0x20, start);
	const head = PACKET.exec(bytes.toString('latin1', start, Math.min(space + 1, start + 16)));
	if (space < 0 || head === null) return null;
	const [, length = '', key = ''] = head;
	const end = start + parseInt(length, 16);
	if (end > bytes.length || end <= space + 1 || bytes[end - 1] !== 0x0a) return null;
	return { key, data: bytes.subarray(space + 1, end - 1), end };
}
