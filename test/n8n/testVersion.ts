import { startSandbox } from '../../sandbox/startSandbox';
import type { Screenshots } from './editor/screenshots';
import { startOutsideWorld } from './outside/outsideWorld';
import { App } from './rig/app';
import { makeHome } from './rig/home';
import type { N8nInstallation } from './rig/n8nInstallation';
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

/** Runs scenarios in one version of n8n; `full`: at length, where there is a choice. */
export async function testVersion(
	n8n: N8nInstallation,
	scenarios: readonly Scenario[],
	packed: PackedPackage,
	screenshots: Screenshots,
	full: boolean,
	note: Note,
): Promise<void> {
	const sandbox = await startSandbox({ pictures: 'plain', routingFeeMsat: 1000 });
	const outside = await startOutsideWorld(sandbox.serviceUrl);
	const app = new App(n8n, await makeHome(n8n, packed, outside.env), sandbox, outside);
	try {
		for (const scenario of scenarios) {
			const began = Date.now();
			const end = (ending: Pick<Ending, 'result' | 'why'>): void =>
				note(scenario, { ...ending, durationMs: Date.now() - began });
			await runOrRepeat(scenario, app, screenshots, full).then(
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
async function runOrRepeat(
	scenario: Scenario,
	app: App,
	screenshots: Screenshots,
	full: boolean,
): Promise<void> {
	const run = async (): Promise<void> => {
		app.sandbox.faults.clear();
		app.outside.forget();
		if (scenario.part === 'queue') await app.stop();
		else if (scenario.part !== 'cli') await app.start();
		await scenario.run(app, screenshots, full);
	};
	await run().catch(async (why: unknown) => {
		const reason = why instanceof Error ? (why.stack ?? why.message) : String(why);
		process.stdout.write(`${app.n8n.version.padEnd(8)}  again  ${scenario.name}: ${reason}\n`);
		await run();
	});
}
