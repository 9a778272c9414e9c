/** A model as the service lists it. Texts are fit to be shown, and none begins an expression. */
export interface Model {
	/** As received: what `modelId` is sent as. */
	readonly id: string | number;
	readonly name: string;
	/** Empty where the service does not say; so is `category`. */
	readonly tier: string;
	readonly category: string;
	/** What the service publishes, in sats; null where it does not. The invoice is the price. */
	readonly priceSat: number | null;
	readonly isDefault: boolean;
}

/**
 * What becomes a parameter of the workflow must not begin with "=": n8n would run it as an
 * expression, with all that expressions may read.
 */
const ID = /^[\p{L}\p{N}][\p{L}\p{N} ._:/@+#-]{0,99}$/u;
const MOST_NESTED = 4;
const LONGEST_TEXT = 60;

/**
 * Reads the models out of whatever the service answered: `[{id, name, tier, price, isDefault,
 * category}]` as documented, or such lists inside of objects. What is no model is passed over.
 */
export function readModels(answer: unknown): Model[] {
	const models = new Map<string, Model>();
	gather(answer, 0, models);
	return [...models.values()];
}

function gather(value: unknown, depth: number, models: Map<string, Model>): void {
	if (typeof value !== 'object' || value === null || depth > MOST_NESTED) return;
	for (const inner of Object.values(value)) {
		const model = Array.isArray(value) ? readModel(inner) : null;
		if (model === null) gather(inner, depth + 1, models);
		else if (!models.has(String(model.id))) models.set(String(model.id), model);
	}
}

function readModel(value: unknown): Model | null {
	if (typeof value !== 'object' || value === null) return null;
	const { id, name, tier, price, isDefault, category } = value as Record<string, unknown>;
	if (!isId(id)) return null;
	return {
		id,
		name: text(name) || String(id),
		tier: text(tier),
		category: text(category),
		priceSat: sats(price),
		isDefault: isDefault === true,
	};
}

function isId(value: unknown): value is string | number {
	return typeof value === 'string' ? ID.test(value) : Number.isFinite(value);
}

/** From its first letter or digit on, without what would hide or turn round the rest. */
function text(value: unknown): string {
	if (typeof value !== 'string') return '';
	return value
		.replace(/[\p{C}\s]+/gu, ' ')
		.replace(/^[^\p{L}\p{N}]+/u, '')
		.slice(0, LONGEST_TEXT)
		.trim();
}

function sats(value: unknown): number | null {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && number >= 0 && number < 1e12 ? number : null;
}
