import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, type CommandResult } from '../install/runCommand';
import { freePort } from './freePort';
import type { Home } from './home';
import type { N8nInstallation } from './n8nInstallation';

/** n8n's command line. */
export class CommandLine {
	private imports = 0;

	constructor(
		private readonly n8n: N8nInstallation,
		private readonly home: Home,
	) {}

	async importCredential(credential: object): Promise<CommandResult> {
		return await this.importFile('import:credentials', credential);
	}

	async importWorkflow(workflow: object): Promise<CommandResult> {
		return await this.importFile('import:workflow', workflow);
	}

	/** Every workflow in a folder. */
	async importWorkflows(folder: string): Promise<CommandResult> {
		return await this.run(['import:workflow', '--separate', `--input=${folder}`]);
	}

	/** Executes a workflow as `n8n execute` does: exit code 1 where a node failed. */
	async execute(workflowId: string, more: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
		return await this.run(['execute', `--id=${workflowId}`, '--rawOutput'], more);
	}

	private async importFile(command: string, content: object): Promise<CommandResult> {
		this.imports += 1;
		const file = join(this.home.folder, `import-${this.imports}.json`);
		writeFileSync(file, JSON.stringify([content]));
		return await this.run([command, `--input=${file}`]);
	}

	private async run(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
		// It may run beside a server, whose port it must not take.
		const port = String(await freePort());
		const env = { ...this.home.env, N8N_RUNNERS_BROKER_PORT: port, ...more };
		const cwd = this.home.folder;
		return await runCommand(this.n8n.node.program, [this.n8n.program, ...args], { cwd, env });
	}
}

/** The JSON that `execute --rawOutput` prints after n8n's own lines. */
export function rawOutput({ stdout }: CommandResult): unknown {
	const start = stdout.search(/^\{/m);
	if (start < 0) throw new Error(`No JSON in the output of n8n:\n${stdout.slice(-2000)}`);
	return JSON.parse(stdout.slice(start, stdout.lastIndexOf('}') + 1));
}
