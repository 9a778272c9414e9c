import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { benchPlans } from './benches/benchPlans';
import { prepareAlbyHub } from './prepare/albyHub';
import { prepareGoPrograms } from './prepare/goPrograms';
import { spawnGuarded } from './prepare/guarded';
import { prepareLnbits } from './prepare/lnbitsProgram';
import { prepareNode } from './prepare/nodeProgram';
import { prepareNwc } from './prepare/nwcPackages';
import { preparedEnvironment, type Prepared } from './prepare/prepared';
import { notesEnvironment, readNotes } from './report/notes';
import { readResults, reasons, summary, table } from './report/table';

const ROOT = resolve(__dirname, '..', '..');

const REPORT_OPTION = '--outputFile=';

/**
 * `npm run test:lightning [-- jest options]`: builds or installs the servers where that has not been
 * done yet, runs the tests against them, and says of each wallet and case how it went. With
 * `--outputFile=FILE`, jest's own report stays there; there is none where nothing could be run.
 */
async function main(options: readonly string[]): Promise<number> {
	const report = options.find((option) => option.startsWith(REPORT_OPTION));
	const jestOptions = options.filter((option) => option !== report && option !== '--json');
	const log = (line: string) => console.log(line);
	const node = await prepareNode(log);
	const prepared: Prepared = {
		go: await prepareGoPrograms(log),
		lnbits: await prepareLnbits(log),
		nwc: await prepareNwc(node, log),
		hub: await prepareAlbyHub(log),
	};
	if (benchPlans.every((plan) => plan.missing(prepared) !== null)) {
		const end = summary([], benchPlans, prepared);
		console.log(end.text);
		return end.failed > 0 ? 1 : 0;
	}
	const folder = mkdtempSync(join(tmpdir(), 'sats4ai-lightning-'));
	try {
		const files = {
			prepared: join(folder, 'prepared.json'),
			results: resolve(report?.slice(REPORT_OPTION.length) ?? join(folder, 'results.json')),
			notes: join(folder, 'notes.txt'),
		};
		writeFileSync(files.prepared, JSON.stringify(prepared));
		writeFileSync(files.notes, '');
		rmSync(files.results, { force: true });
		const code = await runJest(
			typeof node === 'string' ? node : process.execPath,
			['--verbose', '--json', `--outputFile=${files.results}`, ...jestOptions],
			{ ...preparedEnvironment(files.prepared), ...notesEnvironment(files.notes) },
		);
		if (!existsSync(files.results)) {
			console.log('The tests did not come to an end.\n0 passed, 1 failed, 0 skipped');
			return 1;
		}
		const results = readResults(readFileSync(files.results, 'utf8'));
		console.log(readNotes(files.notes));
		console.log(`\n${table(results, benchPlans, prepared)}\n`);
		console.log(`${reasons(results, benchPlans)}\n`);
		const end = summary(results, benchPlans, prepared);
		console.log(end.text);
		return code !== 0 || end.failed > 0 ? 1 : 0;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function runJest(
	node: string,
	options: readonly string[],
	environment: Readonly<Record<string, string>>,
): Promise<number> {
	const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	const config = join(__dirname, 'jest.config.js');
	return await new Promise((done) => {
		const child = spawnGuarded({
			command: node,
			args: [jest, '--config', config, ...options],
			cwd: ROOT,
			env: environment,
			// The machine-readable results would come here too.
			output: ['ignore', 'inherit'],
		});
		for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.stdin?.end());
		child.on('exit', (code) => done(code ?? 1));
	});
}

void main(process.argv.slice(2)).then((code) => {
	process.exitCode = code;
});
