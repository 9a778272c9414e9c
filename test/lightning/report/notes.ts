import { appendFileSync, readFileSync } from 'node:fs';

const FILE_NAME_VARIABLE = 'SATS4AI_LIGHTNING_NOTES';

/** How the tests are told where to keep what the report repeats. */
export function notesEnvironment(file: string): Record<string, string> {
	return { [FILE_NAME_VARIABLE]: file };
}

/** Keeps a line for the report. */
export function note(line: string): void {
	const file = process.env[FILE_NAME_VARIABLE];
	if (file !== undefined) appendFileSync(file, `${line}\n`);
}

export function readNotes(file: string): string {
	return readFileSync(file, 'utf8').trim();
}
