import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { sha256Hex } from '../../../sandbox/requestLog';
import type { Home } from './home';

/** `binary.data` of an item. Throws where there is none, or where it is not kept in a file. */
export function binaryOf(item: INodeExecutionData | undefined, field = 'data'): IBinaryData {
	const binary = item?.binary?.[field];
	if (binary?.id === undefined) throw new Error(`No stored file in ${JSON.stringify(item)}`);
	return binary;
}

/** sha256 of the file that n8n keeps for a binary field. */
export function savedSha256(home: Home, binary: IBinaryData): string {
	const fileId = (binary.id ?? '').split('/').pop() ?? '';
	const found = filesUnder(join(home.folder, '.n8n')).filter((file) => file.endsWith(fileId));
	assert.equal(found.length, 1, `one file ${fileId} expected: ${found.join(', ')}`);
	return sha256Hex(readFileSync(found[0] ?? ''));
}

/** Sorted sha256 of the files of a folder. */
export function sha256OfFiles(folder: string): string[] {
	return filesUnder(folder)
		.map((file) => sha256Hex(readFileSync(file)))
		.sort();
}

function filesUnder(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		return statSync(path).isDirectory() ? filesUnder(path) : [path];
	});
}
