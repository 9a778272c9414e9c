import { writeFileSync } from 'node:fs';
import { readArguments, USAGE, type Wishes } from './arguments';
import { browserProgram } from './editor/browser';
import { Screenshots } from './editor/screenshots';
import { installN8n } from './install/installN8n';
import { installNode24 } from './install/installNode24';
import { n8nVersions, type N8nVersion } from './install/versions';
import { queuePrograms } from './queue/programs';
import type { N8nInstallation } from './rig/n8nInstallation';
import { packPackage } from './rig/packedPackage';
import { Results } from './results';
import { scenarios } from './scenarios/all';
import { goesThroughBrowser, type Scenario } from './scenarios/scenario';
import { testVersion, type Note } from './testVersion';

/** What this machine lacks for a scenario; null where it lacks nothing. */
function lacking(scenario: Scenario): string | null {
	if (goesThroughBrowser(scenario) && browserProgram() === null) {
		return 'a browser, for n8n’s editor (Debian: apt-get install chromium)';
	}
	if (scenario.part === 'queue' && queuePrograms() === null) {
		return 'Redis and PostgreSQL, for queue mode (Debian: apt-get install redis-server postgresql)';
	}
	return null;
}

async function main({
	parts,
	versions,
	names,
	full,
	abreast,
	screenshots,
	report: file,
}: Wishes): Promise<boolean> {
	const chosen = scenarios.filter(
		(scenario) =>
			(parts.length === 0 || parts.includes(scenario.part)) &&
			(names.length === 0 || names.some((name) => scenario.name.includes(name))),
	);
	const chosenVersions = n8nVersions.filter(
		({ version }) => versions.length === 0 || versions.includes(version),
	);
	if (chosen.length * chosenVersions.length === 0) throw new Error('No scenario is like that');
	const results = new Results(
		chosen.map((scenario) => scenario.name),
		chosenVersions.map(({ version }) => version),
	);
	const possible = chosen.filter((scenario) => {
		const lack = lacking(scenario);
		if (lack !== null) results.noteMissing(lack);
		return lack === null;
	});
	const noteBroken = (version: string, cause: unknown): void =>
		results.noteBroken(version, report(cause));
	const installed: N8nInstallation[] = [];
	for (const wanted of chosenVersions) {
		await install(wanted).then(
			(n8n) => installed.push(n8n),
			(cause: unknown) => noteBroken(wanted.version, cause),
		);
	}
	const packed = await packPackage();
	const runVersion = async (n8n: N8nInstallation): Promise<void> => {
		const { version } = n8n;
		// Pictures are of the newest.
		const camera = new Screenshots(screenshots && version === n8nVersions.at(-1)?.version);
		const note: Note = (scenario, { result, durationMs, why }) => {
			results.note(scenario.name, version, result);
			if (why !== undefined) results.noteFailure(scenario.name, version, report(why));
			const seconds = (durationMs / 1000).toFixed(1).padStart(6);
			process.stdout.write(`${version.padEnd(8)}  ${result} ${seconds} s  ${scenario.name}\n`);
			if (why !== undefined) process.stdout.write(`${report(why)}\n`);
		};
		await testVersion(n8n, possible, packed, camera, full, note).catch((cause: unknown) =>
			noteBroken(version, cause),
		);
	};
	try {
		if (abreast) await Promise.all(installed.map(runVersion));
		else for (const n8n of installed) await runVersion(n8n);
	} finally {
		packed.remove();
	}
	process.stdout.write(`\n${results.toString()}`);
	if (file !== null) writeFileSync(file, `${JSON.stringify(results.toReport(), null, 2)}\n`);
	return results.success;
}

async function install(wanted: N8nVersion): Promise<N8nInstallation> {
	const node = await installNode24();
	return { ...wanted, program: await installN8n(wanted, node), node };
}

function report(cause: unknown): string {
	const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
	return text.replace(/^/gm, '      ');
}

// A signal ends through `exit`, and that leaves nothing behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

async function run(): Promise<void> {
	const passed = await main(readArguments(process.argv.slice(2)));
	// A scenario that failed may have left a server open, which nobody shall wait for.
	process.exit(passed ? 0 : 1);
}

run().catch((cause: unknown) => {
	process.stderr.write(`${report(cause)}\n\n${USAGE}`);
	process.exitCode = 2;
});
