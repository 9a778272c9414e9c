import type { DriveFile } from './googleDrive';

/** Whether a file fits a search in Google's language. Throws at what is not understood here. */
export function matches(file: DriveFile, query: string): boolean {
	return query
		.split(/ and /i)
		.map((condition) => condition.trim())
		.every((condition) => fits(file, condition));
}

function fits(file: DriveFile, condition: string): boolean {
	if (condition === 'trashed = false') return true;
	const [, folder] = /^'([^']+)' in parents$/.exec(condition) ?? [];
	if (folder !== undefined) return file.parents.includes(folder);
	const [, field, operator, value = ''] =
		/^(mimeType|createdTime) (!=|=|>|contains) '([^']*)'$/.exec(condition) ?? [];
	if (field === 'createdTime' && operator === '>') {
		return Date.parse(file.createdTime) > Date.parse(value);
	}
	if (field === 'mimeType' && operator === 'contains') return file.mimeType.includes(value);
	if (field === 'mimeType' && operator === '!=') return file.mimeType !== value;
	throw new Error(`This stand-in does not know the condition ${condition}`);
}
