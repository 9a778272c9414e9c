import '../../sandbox/engine/environment';
import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';

/** For a test file: n8n as it is set up for more than a trial, files on disk, items with their names alone. */
export function filesOnDisk(): void {
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-binary-'));
		const signingSecret = 'for tests';
		const config = { mode: 'filesystem', localStoragePath: folder, signingSecret };
		Object.assign(Container.get(BinaryDataConfig), config);
		await Container.get(BinaryDataService).init();
	});
	afterAll(async () => {
		await rm(folder, { recursive: true, force: true });
	});
}
