/**
 * A file in the pieces that it came in, read as a Buffer is: by its length, and by whatever stands at
 * a place of it. Nothing is copied but what is asked for.
 */
export class Pieces {
	readonly length: number;
	/** Where each piece begins. */
	private readonly starts: number[] = [];

	constructor(readonly parts: readonly Buffer[]) {
		let length = 0;
		for (const part of parts) {
			this.starts.push(length);
			length += part.length;
		}
		this.length = length;
	}

	/** A part of it in one buffer. */
	subarray(start: number, end = this.length): Buffer {
		const found = this.between(start, end);
		const [only] = found;
		return found.length === 1 && only !== undefined ? only : Buffer.concat(found);
	}

	/** The same in pieces, none of it copied. */
	between(start: number, end = this.length): Buffer[] {
		const to = Math.min(Math.max(0, end), this.length);
		const from = Math.min(Math.max(0, start), to);
		const found: Buffer[] = [];
		for (let index = this.indexAt(from); index < this.parts.length; index += 1) {
			const at = this.starts[index] ?? this.length;
			if (at >= to) break;
			found.push(this.part(index).subarray(Math.max(0, from - at), to - at));
		}
		return found;
	}

	/** undefined past its end. */
	byteAt(at: number): number | undefined {
		const index = this.indexAt(at);
		return this.part(index)[at - (this.starts[index] ?? 0)];
	}

	toString(encoding: 'latin1', start: number, end: number): string {
		return this.subarray(start, end).toString(encoding);
	}

	readUIntBE(at: number, size: number): number {
		return this.subarray(at, at + size).readUIntBE(0, size);
	}

	readUIntLE(at: number, size: number): number {
		return this.subarray(at, at + size).readUIntLE(0, size);
	}

	readUInt32BE(at: number): number {
		return this.readUIntBE(at, 4);
	}

	readBigUInt64BE(at: number): bigint {
		return this.subarray(at, at + 8).readBigUInt64BE();
	}

	readBigUInt64LE(at: number): bigint {
		return this.subarray(at, at + 8).readBigUInt64LE();
	}

	/** Where a byte or a text stands first, from a place on; -1 where it does not. */
	indexOf(wanted: number | string, from = 0): number {
		const longer = typeof wanted === 'string' ? wanted.length - 1 : 0;
		for (let index = this.indexAt(from); index < this.parts.length; index += 1) {
			const at = this.starts[index] ?? this.length;
			const found = this.withSeam(index, longer).indexOf(wanted, Math.max(0, from - at));
			if (found >= 0) return at + found;
		}
		return -1;
	}

	/** Where a byte or a text stands last, up to a place; -1 where it does not. */
	lastIndexOf(wanted: number | string, from = this.length): number {
		if (from < 0) return -1;
		const longer = typeof wanted === 'string' ? wanted.length - 1 : 0;
		for (let index = this.indexAt(from); index >= 0; index -= 1) {
			const at = this.starts[index] ?? this.length;
			const found = this.withSeam(index, longer).lastIndexOf(wanted, from - at);
			if (found >= 0) return at + found;
		}
		return -1;
	}

	includes(wanted: string): boolean {
		return this.indexOf(wanted) >= 0;
	}

	/** A piece with so many bytes of what follows it, for what stands across their border. */
	private withSeam(index: number, longer: number): Buffer {
		const part = this.part(index);
		const end = (this.starts[index] ?? this.length) + part.length;
		return longer === 0 ? part : Buffer.concat([part, this.subarray(end, end + longer)]);
	}

	private part(index: number): Buffer {
		return this.parts[index] ?? Buffer.alloc(0);
	}

	/** Which piece holds this place; the last one for what is behind all. */
	private indexAt(place: number): number {
		let low = 0;
		let high = this.starts.length - 1;
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			if ((this.starts[middle] ?? Infinity) <= place) low = middle;
			else high = middle - 1;
		}
		return low;
	}
}

/** The bytes of a picture, joined or not. */
export type PictureBytes = Buffer | Pieces;
