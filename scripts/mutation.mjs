// npm run test:mutation [-- FOLDER...]: plants mistakes in the code, one at a time, and counts those that no test finds.
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './install.mjs';
import { root } from './root.mjs';
import targets from '../test/mutation/targets.js';

/** Per cent of the mutants of each folder that are to be found, those that change nothing apart. */
const WANTED = 90;

const tool = join(root, 'tools', 'mutation');
const equal = JSON.parse(readFileSync(join(root, 'test', 'mutation', 'equal.json'), 'utf8'));

function stryker(name) {
	const program = join(tool, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
	const { status } = spawnSync(
		process.execPath,
		[program, 'run', 'test/mutation/stryker.config.mjs'],
		{ cwd: root, env: { ...process.env, MUTATED: name }, stdio: ['ignore', 'inherit', 'inherit'] },
	);
	if (status !== 0) throw new Error(`Stryker ended with ${status} in ${name}`);
	return JSON.parse(readFileSync(join(tool, 'reports', `${name}.json`), 'utf8'));
}

/** Each mutant with what stood in its place. */
function mutantsOf(report) {
	return Object.entries(report.files).flatMap(([file, { source, mutants }]) => {
		const lines = source.split('\n');
		return mutants.map(({ location: { start, end }, replacement, status }) => {
			const inside = lines.slice(start.line - 1, end.line);
			inside[inside.length - 1] = inside.at(-1).slice(0, end.column - 1);
			inside[0] = inside[0].slice(start.column - 1);
			return { file, line: start.line, original: inside.join('\n'), replacement, status };
		});
	});
}

const isOne = (mutant) => (known) =>
	['file', 'original', 'replacement'].every((key) => known[key] === mutant[key]);

/** True where enough were found. */
function tell(name, report) {
	const mutants = mutantsOf(report).filter(({ status }) => status !== 'CompileError');
	// Where the tests could not even be run, they have found nothing.
	const left = mutants.filter(({ status }) =>
		['Survived', 'NoCoverage', 'RuntimeError'].includes(status),
	);
	const unexplained = left.filter((mutant) => !equal.some(isOne(mutant)));
	for (const { file, line, original, replacement } of unexplained) {
		console.log(`${file}:${line}\n\t- ${original}\n\t+ ${replacement}`);
	}
	const found = mutants.length - left.length;
	const explained = left.length - unexplained.length;
	const percent = (100 * found) / (mutants.length - explained);
	console.log(
		`${name}: ${mutants.length} mutants, ${found} found, ${explained} equal, ${unexplained.length} not found: ${percent.toFixed(1)} %`,
	);
	return percent >= WANTED;
}

install();
install(tool);
const wanted = process.argv.slice(2);
const names = wanted.length > 0 ? wanted : Object.keys(targets.targets);
names.forEach(targets.named);
const told = names.map((name) => tell(name, stryker(name)));
process.exitCode = told.every(Boolean) ? 0 : 1;
