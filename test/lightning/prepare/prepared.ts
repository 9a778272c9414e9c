import { readFileSync } from 'node:fs';
import type { AlbyHubProgram } from './albyHub';
import type { GoPrograms } from './goPrograms';

/** Something this machine lacks, in the words of the table: `no Go`. */
export interface Missing {
	readonly missing: string;
	/** It should have come: its tools are here, and it could not be built or installed. */
	readonly isBroken: boolean;
}

export const lacks = (missing: string): Missing => ({ missing, isBroken: false });
export const broken = (missing: string): Missing => ({ missing, isBroken: true });

/** What the tests find on this machine. */
export interface Prepared {
	readonly go: GoPrograms | Missing;
	/** The `lnbits` program. */
	readonly lnbits: string | Missing;
	/** Folder of `relay.mjs` and of `service.mjs`, the wallet service. */
	readonly nwc: string | Missing;
	readonly hub: AlbyHubProgram | Missing;
}

export function isMissing(value: unknown): value is Missing {
	return typeof value === 'object' && value !== null && 'missing' in value;
}

const FILE_NAME_VARIABLE = 'SATS4AI_LIGHTNING_PREPARED';

/** How the tests, in a process of their own, are told. */
export function preparedEnvironment(file: string): Record<string, string> {
	return { [FILE_NAME_VARIABLE]: file };
}

export function readPrepared(): Prepared {
	const file = process.env[FILE_NAME_VARIABLE];
	if (file === undefined) throw new Error('Start these tests with: npm run test:lightning');
	return JSON.parse(readFileSync(file, 'utf8')) as Prepared;
}
