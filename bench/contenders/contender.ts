import type { ServerUrls } from '../servers/settings';

export type ContenderName =
	| 'sats4ai'
	| 'bare'
	| 'fileToFile'
	| 'lightningTools'
	| 'ownHook'
	| 'httpRequestSteps'
	| 'emptyNode';

/** So many pictures to be bought, all alike. */
export interface Job {
	readonly picture: Buffer;
	readonly items: number;
	/** How many at once. */
	readonly concurrency: number;
	readonly urls: ServerUrls;
}

/** One way to buy pictures. */
export interface Contender {
	readonly name: ContenderName;
	/**
	 * Whatever does not belong to the exchange, such as reading the input from disk into n8n. Gives
	 * the work to be timed, which buys all items and throws where one is not bought.
	 */
	prepare(job: Job): Promise<() => Promise<void>>;
	/** Removes what the last job left, outside the timing. */
	cleanUp?(): Promise<void>;
}

/** A body as every contender sends it. */
export function bodyOf(picture: Buffer): Buffer {
	const known = bodies.get(picture);
	if (known !== undefined) return known;
	const body = encoded(picture);
	bodies.set(picture, body);
	return body;
}

const bodies = new WeakMap<Buffer, Buffer>();

export function encoded(picture: Buffer): Buffer {
	return Buffer.from(JSON.stringify({ image: picture.toString('base64') }));
}

/** Throws where what was bought is not the picture that the service sells. */
export function checkPicture(bytes: number, { picture }: Job): void {
	if (bytes === picture.length) return;
	throw new Error(`A picture has ${bytes} bytes instead of ${picture.length}`);
}
