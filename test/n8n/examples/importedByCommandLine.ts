import assert from 'node:assert/strict';
import { exampleFiles, examplesFolder } from './exampleFile';
import type { Scenario } from '../scenarios/scenario';

interface Listed {
	readonly id: string;
	readonly active: boolean;
}

/** The folder as it is, with one command, as somebody with many workflows does it. */
export const importedByCommandLine: Scenario = {
	name: 'the folder of examples: imported by the command line as it is, none of them active',
	part: 'examples',
	run: async (app) => {
		const list = async () =>
			(await app.session.call('GET', '/rest/workflows')) as readonly Listed[];
		const before = (await list()).map(({ id }) => id);
		const { code, stdout, stderr } = await app.commandLine.importWorkflows(examplesFolder);
		assert.equal(code, 0, stdout + stderr);
		const examples = (await list()).filter(({ id }) => !before.includes(id));
		assert.equal(examples.length, exampleFiles().length);
		assert.ok(examples.every(({ active }) => !active));
	},
};
