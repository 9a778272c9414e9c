import { startSandbox } from '../../sandbox/startSandbox';
import type { Screenshots } from './editor/screenshots';
import { installN8n } from './install/installN8n';
import { installNode24 } from './install/installNode24';
import type { N8nVersion } from './install/versions';
import { startOutsideWorld } from './outside/outsideWorld';
import { App } from './rig/app';
import { makeHome } from './rig/home';
import type { PackedPackage } from './rig/packedPackage';
import type { Scenario } from './scenarios/scenario';

/** How a scenario ended, and after how long; `why` where it failed. */
export interface Ending {
	readonly result: 'passed' | 'failed';
	/** With the start of the server it runs on, where that did not run yet. */
	readonly durationMs: number;
	readonly why?: unknown;
}

export type Note = (scenario: Scenario, ending: Ending) => void;

/** Runs scenarios in one version of n8n, which is installed if it is not there. */
export async function testVersion(
	wanted: N8nVersion,
	scenarios: readonly Scenario[],
	packed: PackedPackage,
	screenshots: Screenshots,
	note: Note,
): Promise<void> {
	const node = await installNode24();
	const program = await installN8n(wanted, node);
	const n8n = { ...wanted, program, node };
	const sandbox = await startSandbox({ pictures: 'plain', routingFeeMsat: 1000 });
	const outside = await startOutsideWorld(sandbox.serviceUrl);
	const app = new App(n8n, await makeHome(n8n, packed, outside.env), sandbox, outside);
	try {
		for (const scenario of scenarios) {
			const began = Date.now();
			const end = (ending: Pick<Ending, 'result' | 'why'>): void =>
				note(scenario, { ...ending, durationMs: Date.now() - began });
			sandbox.faults.clear();
			if (scenario.part === 'queue') await app.stop();
			else if (scenario.part !== 'cli') await app.start();
			await runOrRepeat(scenario, app, screenshots).then(
				() => end({ result: 'passed' }),
				(why: unknown) => end({ result: 'failed', why }),
			);
		}
	} finally {
		await app.close();
	}
}

/**
 * A whole n8n with a browser now and then misses a beat on a busy machine: a scenario has a second
 * try, with books of its own, and what went wrong in the first is told.
 */
async function runOrRepeat(scenario: Scenario, app: App, screenshots: Screenshots): Promise<void> {
	await scenario.run(app, screenshots).catch(async (why: unknown) => {
		const reason = why instanceof Error ? (why.stack ?? why.message) : String(why);
		process.stdout.write(`  again     ${scenario.name}: ${reason}\n`);
		app.sandbox.faults.clear();
		await scenario.run(app, screenshots);
	});
}
