/** What one key of a request body may hold. Keys are dotted paths: `input.prompt`. */
export type Limit = {
	readonly key: string;
	/** The field's name as users see it. */
	readonly label: string;
	/** Left out of the body where the user did not set it. */
	readonly optional?: boolean;
} &
	/** `hint`: what to do where it is empty. */
	(
		| { readonly kind: 'text'; readonly hint: string }
		/** Sent as the nearest multiple of `multipleOf`, halves up, where there is one. */
		| {
				readonly kind: 'number';
				readonly min: number;
				readonly max: number;
				readonly multipleOf?: number;
		  }
		| { readonly kind: 'oneOf'; readonly values: ReadonlyArray<string | number> }
		| { readonly kind: 'boolean' }
		/** A number or a text: model ids come as both. */
		| { readonly kind: 'id' }
	);

export type CheckedBody =
	| { readonly status: 'ok'; readonly body: Record<string, unknown> }
	/** `message` says what is wrong with which field. */
	| { readonly status: 'invalid'; readonly message: string; readonly hint: string };

/**
 * Checks a request body against its operation's limits and brings values that came as text out of
 * expressions into their type. Keys that are not set stay absent; others than the limits name are
 * dropped, so that exactly the documented keys are sent. Pure.
 */
export function checkBody(
	body: Readonly<Record<string, unknown>>,
	limits: readonly Limit[],
): CheckedBody {
	const checked: Record<string, unknown> = {};
	for (const limit of limits) {
		const value = valueAt(body, limit.key);
		const unset = value === undefined || value === null || value === '';
		if (unset && limit.optional === true) continue;
		const result = checkValue(value, limit);
		if ('hint' in result) {
			const message = `'${limit.label}' ${result.problem}`;
			return { status: 'invalid', message, hint: `${result.hint} Nothing was sent or paid.` };
		}
		setAt(checked, limit.key, result.value);
	}
	return { status: 'ok', body: checked };
}

type CheckedValue =
	| { readonly value: string | number | boolean }
	| { readonly problem: string; readonly hint: string };

function checkValue(value: unknown, limit: Limit): CheckedValue {
	switch (limit.kind) {
		case 'text': {
			// An expression may give a number: a title such as 1984.
			const text = typeof value === 'number' ? String(value) : value;
			if (typeof text === 'string' && text.trim() !== '') return { value: text };
			const problem = typeof value === 'string' ? 'is empty' : `is ${shown(value)}`;
			return { problem, hint: limit.hint };
		}
		case 'number': {
			const number = asNumber(value);
			const { min, max, multipleOf } = limit;
			return number !== null && number >= min && number <= max
				? {
						value: multipleOf === undefined ? number : Math.round(number / multipleOf) * multipleOf,
					}
				: { problem: `is ${shown(value)}`, hint: `Give a number from ${min} to ${max}.` };
		}
		case 'oneOf': {
			const found = limit.values.find((allowed) => String(allowed) === String(value));
			const hint = `Give one of: ${limit.values.join(', ')}.`;
			return found === undefined ? { problem: `is ${shown(value)}`, hint } : { value: found };
		}
		case 'boolean': {
			if (typeof value === 'boolean') return { value };
			if (value === 'true' || value === 'false') return { value: value === 'true' };
			return { problem: `is ${shown(value)}`, hint: 'Give true or false.' };
		}
		case 'id':
			return typeof value === 'number' || typeof value === 'string'
				? { value }
				: { problem: `is ${shown(value)}`, hint: 'Give the number or name of a model.' };
	}
}

/** A finite number, also where an expression made it a text; null otherwise. */
export function asNumber(value: unknown): number | null {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

function shown(value: unknown): string {
	if (value === '' || value === null || value === undefined) return 'empty';
	return `${JSON.stringify(value) ?? typeof value}`.slice(0, 60);
}

function valueAt(body: Readonly<Record<string, unknown>>, key: string): unknown {
	let value: unknown = body;
	for (const part of key.split('.')) {
		value = typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined;
	}
	return value;
}

function setAt(body: Record<string, unknown>, key: string, value: unknown): void {
	const parts = key.split('.');
	const last = parts.pop() ?? key;
	let target: object = body;
	for (const part of parts) {
		const inner: unknown = Reflect.get(target, part);
		const next = typeof inner === 'object' && inner !== null ? inner : {};
		Reflect.set(target, part, next);
		target = next;
	}
	Reflect.set(target, last, value);
}
