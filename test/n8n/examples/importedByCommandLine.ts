import assert from 'node:assert/strict';
import { exampleFiles, examplesFolder } from './exampleFile';
import type { Scenario } from '../scenarios/scenario';

interface Listed {
	readonly name: string;
	readonly active: boolean;
}

/** The folder as it is, with one command, as somebody with many workflows does it. */
export const importedByCommandLine: Scenario = {
	name: 'the folder of examples: imported by the command line as it is, none of them active',
	part: 'examples',
	run: async (app) => {
		const files = exampleFiles();
		const { code, stdout, stderr } = await app.commandLine.importWorkflows(examplesFolder);
		assert.equal(code, 0, stdout + stderr);
		const listed = (await app.session.call('GET', '/rest/workflows')) as readonly Listed[];
		const examples = listed.filter(({ name }) => name.startsWith('Sats4AI: '));
		assert.equal(examples.length, files.length);
		assert.ok(examples.every(({ active }) => !active));
	},
};
