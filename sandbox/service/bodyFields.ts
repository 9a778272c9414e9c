/** What is wrong with a request body, in words for the client. */
export class BodyProblem extends Error {}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new BodyProblem('The request body is not valid JSON.');
	}
}

/** Reads a JSON object key by key; in the end no key may be left unread. */
export class BodyFields {
	readonly #unread: Map<string, unknown>;

	private constructor(
		value: unknown,
		private readonly path: string,
	) {
		if (typeof value !== 'object' || value === null || Array.isArray(value)) {
			throw new BodyProblem(
				path === '' ? 'The request body must be a JSON object.' : `"${path}" must be an object.`,
			);
		}
		this.#unread = new Map(Object.entries(value));
	}

	static parse(body: Buffer): BodyFields {
		return new BodyFields(parseJson(body.toString('utf8')), '');
	}

	object(key: string): BodyFields {
		return new BodyFields(this.#take(key) ?? null, this.#name(key));
	}

	text(key: string): string {
		const value = this.#take(key);
		if (typeof value !== 'string' || value.trim() === '') {
			throw new BodyProblem(`"${this.#name(key)}" is required and must be a string with text.`);
		}
		return value;
	}

	/** Base64, with or without a `data:` prefix. */
	image(key: string): Buffer {
		const base64 = this.text(key).replace(/^data:[\w.+-]+\/[\w.+-]+;base64,/, '');
		// A search for what does not belong: one match over millions of signs may exhaust V8's stack.
		const digits = base64.trimEnd().replace(/={1,2}$/, '');
		if (digits === '' || /[^A-Za-z0-9+/\s]/.test(digits)) {
			throw new BodyProblem(`"${this.#name(key)}" must be base64.`);
		}
		return Buffer.from(base64, 'base64');
	}

	optionalNumber(key: string, least: number, most: number): number | undefined {
		const value = this.#take(key);
		if (value === undefined) return undefined;
		if (typeof value !== 'number' || value < least || value > most) {
			throw new BodyProblem(`"${this.#name(key)}" must be a number from ${least} to ${most}.`);
		}
		return value;
	}

	optionalInteger(key: string, least: number, most: number): number | undefined {
		const value = this.optionalNumber(key, least, most);
		if (value !== undefined && !Number.isInteger(value)) {
			throw new BodyProblem(`"${this.#name(key)}" must be an integer.`);
		}
		return value;
	}

	optionalBoolean(key: string): boolean | undefined {
		const value = this.#take(key);
		if (value === undefined || typeof value === 'boolean') return value;
		throw new BodyProblem(`"${this.#name(key)}" must be true or false.`);
	}

	optionalChoice<T extends string>(key: string, choices: readonly T[]): T | undefined {
		const value = this.#take(key);
		if (value === undefined) return undefined;
		const found = choices.find((choice) => choice === value);
		if (found !== undefined) return found;
		throw new BodyProblem(`"${this.#name(key)}" must be one of: ${choices.join(', ')}.`);
	}

	optionalModelId(key: string): void {
		const value = this.#take(key);
		if (value === undefined || typeof value === 'number' || typeof value === 'string') return;
		throw new BodyProblem(`"${this.#name(key)}" must be a number or a string.`);
	}

	/** The sandbox is strict where the service may be lenient: a misspelt key should show. */
	nothingElse(): void {
		const [key] = this.#unread.keys();
		if (key !== undefined) throw new BodyProblem(`Unknown parameter "${this.#name(key)}".`);
	}

	#take(key: string): unknown {
		const value = this.#unread.get(key);
		this.#unread.delete(key);
		return value;
	}

	#name(key: string): string {
		return this.path === '' ? key : `${this.path}.${key}`;
	}
}
