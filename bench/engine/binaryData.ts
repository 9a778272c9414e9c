import '../../sandbox/engine/environment';
import 'reflect-metadata';
import { rmSync } from 'node:fs';
import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

/** Where n8n keeps files: on disk, as n8n 2 does unless told otherwise, or inside the items. */
export type BinaryMode = 'disk' | 'memory';

const INPUT = { type: 'execution', workflowId: 'input', executionId: '1' } as const;
/** Where the engine of the sandbox writes to. */
const OUTPUT = { type: 'execution', workflowId: 'engine', executionId: '1' } as const;

/** Must be called before anything runs on the engine; holds for the whole process. */
export async function setBinaryMode(mode: BinaryMode): Promise<void> {
	if (mode === 'disk') await Container.get(BinaryDataService).init();
}

/** Items that all have the same picture, as a node before would hand them over. */
export async function pictureItems(picture: Buffer, count: number): Promise<INodeExecutionData[]> {
	const described: IBinaryData = { data: '', mimeType: 'image/png', fileName: 'photo.png' };
	const data = await Container.get(BinaryDataService).store(INPUT, picture, described);
	return Array.from({ length: count }, () => ({ json: {}, binary: { data: { ...data } } }));
}

/** Removes the files of all that ran so far. */
export async function clearBinaryData(): Promise<void> {
	await Container.get(BinaryDataService).deleteMany([INPUT, OUTPUT]);
}

/** Removes n8n's folder, made for this process alone. To be called last. */
export function removeUserFolder(): void {
	const folder = process.env.N8N_USER_FOLDER ?? '';
	if (/n8n-engine-\w+$/.test(folder)) rmSync(folder, { recursive: true, force: true });
}
