import type { IDataObject } from 'n8n-workflow';
import type { Credential } from '../benches/credential';

/** What a worker is told to do, as JSON in the file that it looks for. */
export interface Round {
	/** So many pictures, each a purchase of its own. */
	readonly items: number;
	readonly credential: Credential;
	readonly options: IDataObject;
}

/** What it says when it has done it, as a line of JSON. */
export interface RoundEnd {
	/** The error's `code` for each item; null where there is a picture. */
	readonly codes: ReadonlyArray<string | null>;
}

export const READY = 'ready';

export const roundFile = (number: number) => `round-${number}.json`;
