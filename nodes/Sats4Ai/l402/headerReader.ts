const TAB = 0x09;
const SPACE = 0x20;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const COMMA = 0x2c;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;

function isSpace(code: number): boolean {
	return code === SPACE || code === TAB;
}

/**
 * Reads the parts of a `WWW-Authenticate` header from left to right. Every method either moves
 * forward over what it reads, or looks ahead over a run that the next call moves over; so the whole
 * header is read in linear time, whatever is in it.
 */
export class HeaderReader {
	private position = 0;

	constructor(private readonly text: string) {}

	get isAtEnd(): boolean {
		return this.position >= this.text.length;
	}

	/** Whether nothing but white space is left before the next comma or the end. */
	get isAtEndOfElement(): boolean {
		const position = this.afterSpace(this.position);
		return position >= this.text.length || this.codeAt(position) === COMMA;
	}

	/** Moves over white space and commas. True if there was a comma. */
	skipSeparators(): boolean {
		let hasComma = false;
		for (; ; this.position++) {
			const code = this.codeAt(this.position);
			if (code === COMMA) hasComma = true;
			else if (!isSpace(code)) return hasComma;
		}
	}

	/** A scheme, a token68 or the name of a parameter; empty at anything else. */
	takeWord(): string {
		return this.takeUntil(
			(code) => isSpace(code) || code === COMMA || code === EQUALS || code === DOUBLE_QUOTE,
		);
	}

	/** Moves over an `=` and the white space around it, if that is what follows. */
	takeEquals(): boolean {
		const position = this.afterSpace(this.position);
		if (this.codeAt(position) !== EQUALS) return false;
		this.position = this.afterSpace(position + 1);
		return true;
	}

	/**
	 * The value of a parameter, empty if there is none; null if its quotes do not close at its end.
	 * Without quotes it ends where a quote begins, which then is junk.
	 */
	takeValue(): string | null {
		const start = this.position;
		const quote = this.codeAt(start);
		if (quote === DOUBLE_QUOTE || quote === SINGLE_QUOTE) {
			const quoted = this.takeQuoted(quote);
			if (quoted !== null && this.isAtDelimiter) return quoted;
			if (quote === DOUBLE_QUOTE) return null;
			// To RFC 9110 a single quote is a character like any other.
			this.position = start;
		}
		return this.takeUntil((code) => isSpace(code) || code === COMMA || code === DOUBLE_QUOTE);
	}

	/** Moves over something that is at no place where it could mean anything. */
	skipJunk(): void {
		if (this.codeAt(this.position) === DOUBLE_QUOTE) this.takeQuoted(DOUBLE_QUOTE);
		else this.position++;
	}

	/** A quoted string without its quotes; null, and the end is reached, if it is never closed. */
	private takeQuoted(quote: number): string | null {
		const parts: string[] = [];
		let start = this.position + 1;
		for (let position = start; position < this.text.length; position++) {
			const code = this.codeAt(position);
			if (code === quote) {
				parts.push(this.text.slice(start, position));
				this.position = position + 1;
				return parts.join('');
			}
			if (code === BACKSLASH) {
				parts.push(this.text.slice(start, position));
				start = position + 1;
				position++;
			}
		}
		this.position = this.text.length;
		return null;
	}

	private get isAtDelimiter(): boolean {
		const code = this.codeAt(this.position);
		return this.isAtEnd || isSpace(code) || code === COMMA;
	}

	private takeUntil(isStop: (code: number) => boolean): string {
		const start = this.position;
		while (!this.isAtEnd && !isStop(this.codeAt(this.position))) this.position++;
		return this.text.slice(start, this.position);
	}

	private afterSpace(position: number): number {
		while (isSpace(this.codeAt(position))) position++;
		return position;
	}

	/** NaN behind the end, which is no character. */
	private codeAt(position: number): number {
		return this.text.charCodeAt(position);
	}
}
