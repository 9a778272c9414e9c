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
	let restore: () => void;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-binary-'));
		const [config, service] = [Container.get(BinaryDataConfig), Container.get(BinaryDataService)];
		const [configBefore, serviceBefore] = [{ ...config }, { ...service, managers: {} }];
		// The test files after this one have the same n8n.
		restore = () => {
			Object.assign(config, configBefore);
			Object.assign(service, serviceBefore);
		};
		const signingSecret = 'for tests';
		Object.assign(config, { mode: 'filesystem', localStoragePath: folder, signingSecret });
		await service.init();
	});
	afterAll(async () => {
		restore();
		await rm(folder, { recursive: true, force: true });
	});
}
