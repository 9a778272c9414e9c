/** Writes macaroons in both binary forms, with any identifier. Signatures are only of the right length. */
export interface MacaroonDraft {
	readonly location?: string;
	readonly identifier: Buffer;
	readonly caveats?: readonly string[];
	readonly signature?: Buffer;
}

const SIGNATURE = Buffer.alloc(32, 0xa5);

export function writeV2({ location, identifier, caveats = [], signature }: MacaroonDraft): Buffer {
	return Buffer.concat([
		Buffer.of(2),
		...(location === undefined ? [] : [fieldV2(1, Buffer.from(location))]),
		fieldV2(2, identifier),
		Buffer.of(0),
		...caveats.flatMap((caveat) => [fieldV2(2, Buffer.from(caveat)), Buffer.of(0)]),
		Buffer.of(0),
		fieldV2(6, signature ?? SIGNATURE),
	]);
}

export function fieldV2(type: number, data: Buffer): Buffer {
	return Buffer.concat([Buffer.of(type), varint(data.length), data]);
}

function varint(number: number): Buffer {
	return number < 0x80
		? Buffer.of(number)
		: Buffer.concat([Buffer.of((number & 0x7f) | 0x80), varint(number >>> 7)]);
}

export function writeV1({ location, identifier, caveats = [], signature }: MacaroonDraft): Buffer {
	return Buffer.concat([
		...(location === undefined ? [] : [packetV1('location', Buffer.from(location))]),
		packetV1('identifier', identifier),
		...caveats.map((caveat) => packetV1('cid', Buffer.from(caveat))),
		packetV1('signature', signature ?? SIGNATURE),
	]);
}

export function packetV1(key: string, data: Buffer): Buffer {
	const length = 4 + key.length + 1 + data.length + 1;
	const head = `${length.toString(16).padStart(4, '0')}${key} `;
	return Buffer.concat([Buffer.from(head), data, Buffer.from('\n')]);
}

/** The identifier of L402: version, payment hash, token id. */
export function identifierFor(paymentHash: string, version = 0): Buffer {
	return Buffer.concat([
		Buffer.of(version >> 8, version & 0xff),
		Buffer.from(paymentHash, 'hex'),
		Buffer.alloc(32, 0x1d),
	]);
}
