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

	/** @returns the path of the link */
	add(picture: Picture, entry: LedgerEntry | null): string {
		const path = `/uploads/${randomUUID()}.${extensionOf[picture.mimeType]}`;
		this.#byPath.set(path, { picture, entry, expiresAt: this.now() + LINK_LIFETIME_MS });
		return path;
	}

	find(path: string): Upload | null {
		const upload = this.#byPath.get(path);
		return upload !== undefined && upload.expiresAt > this.now() ? upload : null;
	}
}
