import { startSandbox } from '../../sandbox/startSandbox';
import { readArguments, USAGE, type Wishes } from './arguments';
import { Screenshots } from './editor/screenshots';
import { installN8n } from './install/installN8n';
import { installNode24 } from './install/installNode24';
import { n8nVersions, type N8nVersion } from './install/versions';
import { App } from './rig/app';
import { makeHome } from './rig/home';
import { packPackage, type PackedPackage } from './rig/packedPackage';
import { scenarios } from './scenarios/all';
import type { Scenario } from './scenarios/scenario';
import { table, type Result } from './table';

type Results = Map<string, Map<string, Result>>;

/** Runs the scenarios in one version of n8n. */
async function testVersion(
	wanted: N8nVersion,
	chosen: readonly Scenario[],
	packed: PackedPackage,
	screenshots: Screenshots,
	note: (scenario: Scenario, result: Result, why?: unknown) => void,
): Promise<void> {
	const node = await installNode24();
	const program = await installN8n(wanted, node);
	const n8n = { ...wanted, program, node };
	const sandbox = await startSandbox({ pictures: 'plain', routingFeeMsat: 1000 });
	const app = new App(n8n, await makeHome(n8n, packed), sandbox);
	try {
		for (const scenario of chosen) {
			sandbox.faults.clear();
			if (scenario.part !== 'cli') await app.start();
			await scenario.run(app, screenshots).then(
				() => note(scenario, 'passed'),
				(cause: unknown) => note(scenario, 'failed', cause),
			);
		}
	} finally {
		await app.close();
	}
}

async function main(wishes: Wishes): Promise<number> {
	const chosen = scenarios.filter(
		({ part, name }) =>
			(wishes.parts.length === 0 || wishes.parts.includes(part)) && name.includes(wishes.name),
	);
	const versions = n8nVersions.filter(
		({ version }) => wishes.versions.length === 0 || wishes.versions.includes(version),
	);
	const results: Results = new Map(chosen.map(({ name }) => [name, new Map<string, Result>()]));
	const missing: string[] = [];
	const packed = await packPackage();
	try {
		for (const wanted of versions) {
			const { version } = wanted;
			process.stdout.write(`\nn8n ${version}\n`);
			const isNewest = wanted === n8nVersions.at(-1);
			const screenshots = new Screenshots(wishes.screenshots && isNewest);
			await testVersion(wanted, chosen, packed, screenshots, ({ name }, result, why) => {
				results.get(name)?.set(version, result);
				process.stdout.write(`  ${result}  ${name}\n${why === undefined ? '' : report(why)}`);
			}).catch((cause: unknown) => missing.push(`n8n ${version}: ${report(cause)}`));
		}
	} finally {
		packed.remove();
	}
	const columns = versions.map(({ version }) => version);
	process.stdout.write(`\n${table(columns, results)}\n\n`);
	for (const each of missing) process.stdout.write(`not run: ${each}\n`);
	return summary(results, versions.length);
}

function summary(results: Results, versions: number): number {
	const all = [...results.values()].flatMap((byVersion) => [...byVersion.values()]);
	const count = (wanted: Result): number => all.filter((result) => result === wanted).length;
	const skipped = results.size * versions - count('passed') - count('failed');
	process.stdout.write(
		`${count('passed')} passed, ${count('failed')} failed, ${skipped} skipped\n`,
	);
	return count('failed') + skipped === 0 ? 0 : 1;
}

function report(cause: unknown): string {
	const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
	return `${text.replace(/^/gm, '      ')}\n`;
}

async function run(): Promise<number> {
	try {
		return await main(readArguments(process.argv.slice(2)));
	} catch (cause) {
		process.stderr.write(`${report(cause)}\n${USAGE}`);
		return 2;
	}
}

// A signal ends through `exit`, which ends every n8n that still runs.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
void run().then((code) => {
	process.exitCode = code;
});
