import { randomUUID } from 'node:crypto';
import type { LedgerEntry } from '../ledger';
import { extensionOf, type Picture } from '../pictures/picture';

/** Result links work this long, as the service promises. */
const LINK_LIFETIME_MS = 2 * 60 * 60 * 1000;

export interface Upload {
	readonly picture: Picture;
	/** What it was bought with; null for a picture that was given away. */
	readonly entry: LedgerEntry | null;
	readonly expiresAt: number;
}

/** Pictures that wait behind `/uploads/…` links. */
export class Uploads {
	readonly #byPath = new Map<string, Upload>();

	constructor(private readonly now: () => number) {}

	/** The path of a link to this picture, made when it is first asked for. */
	linkTo(picture: Picture, entry: LedgerEntry | null): () => string {
		let path: string | null = null;
		return () => {
			path ??= this.#add(picture, entry);
			return path;
		};
	}

	find(path: string): Upload | null {
		const upload = this.#byPath.get(path);
		return upload !== undefined && upload.expiresAt > this.now() ? upload : null;
	}

	#add(picture: Picture, entry: LedgerEntry | null): string {
		this.#dropExpired();
		const path = `/uploads/${randomUUID()}.${extensionOf[picture.mimeType]}`;
		this.#byPath.set(path, { picture, entry, expiresAt: this.now() + LINK_LIFETIME_MS });
		return path;
	}

	/** The oldest come first. */
	#dropExpired(): void {
		for (const [path, { expiresAt }] of this.#byPath) {
			if (expiresAt > this.now()) return;
			this.#byPath.delete(path);
		}
	}
}
