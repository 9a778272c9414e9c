import { BodyOfFile, encodeBody, orderDigest, type Order, type OrderText } from './order';

const IMAGE = '"image":"';

/**
 * The order of an earlier try, made again from its text and the picture of this one: the very bytes
 * that were paid for. Where the picture is another one, the names of all fields that have changed.
 */
export async function sameBytes(
	order: Order,
	earlier: OrderText,
	digest: string,
): Promise<Order | readonly string[]> {
	const { body } = order;
	const file = body instanceof BodyOfFile ? body.file : null;
	const image = body instanceof BodyOfFile ? await body.file.read() : imageIn(order.json, body);
	const { url, json } = earlier;
	if (orderDigest(url, json, image) !== digest) {
		return [...changedFields(order, earlier), ...(image === undefined ? [] : ['image'])];
	}
	const same = file === null ? encodeBody(json, image) : new BodyOfFile(json, file);
	return { ...order, url, json, digest, body: same };
}

/** What differs between two orders, by the names of the service's fields; none: it is the picture. */
function changedFields(order: OrderText, earlier: OrderText): string[] {
	const now = leaves(JSON.parse(order.json));
	const before = leaves(JSON.parse(earlier.json));
	const names = new Set([...now.keys(), ...before.keys()]);
	const changed = [...names].filter((name) => now.get(name) !== before.get(name));
	return order.url === earlier.url ? changed : ['Base URL', ...changed];
}

/** Every value of a JSON object by its path: `input.prompt`. */
function leaves(value: unknown, path = ''): Map<string, string> {
	if (typeof value !== 'object' || value === null) return new Map([[path, JSON.stringify(value)]]);
	const inner = Object.entries(value).map(([key, child]: [string, unknown]) =>
		leaves(child, path === '' ? key : `${path}.${key}`),
	);
	return new Map(inner.flatMap((map) => [...map]));
}

/** The picture in a body that `encodeBody` made; undefined where there is none. */
function imageIn(json: string, body: Buffer): Buffer | undefined {
	const jsonBytes = Buffer.byteLength(json);
	if (body.length === jsonBytes) return undefined;
	const start = jsonBytes - 1 + (json === '{}' ? 0 : 1) + IMAGE.length;
	return Buffer.from(body.toString('latin1', start, body.length - 2), 'base64');
}
