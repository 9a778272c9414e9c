import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { goalLines } from './goals';
import { plots } from './plots';
import type { Machine, Results } from './results';
import {
	cellRows,
	cpuRows,
	elsewhereRows,
	goalRows,
	memoryRows,
	microRows,
	stepRows,
	walletRows,
} from './rows';
import { markdownTable } from './table';

const FOLDER = join(__dirname, '..');
const BEGIN = '<!-- figures: written by npm run bench -->';
const END = '<!-- end of figures -->';

/** Writes results, plots and the part of the README between its two marks. */
export async function writeReport(results: Results): Promise<void> {
	await write('results.json', JSON.stringify(results, shortened));
	mkdirSync(join(FOLDER, 'plots'), { recursive: true });
	for (const [name, svg] of plots(results)) writeFileSync(join(FOLDER, 'plots', name), svg);
	const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');
	const [before, rest = ''] = readme.split(BEGIN);
	const after = rest.split(END)[1] ?? '';
	await write('README.md', `${before}${BEGIN}\n\n${figures(results)}\n\n${END}${after}`);
}

/** Hundredths of a millisecond are below what the clock can tell apart here. */
function shortened(_key: string, value: unknown): unknown {
	return typeof value === 'number' ? Math.round(value * 100) / 100 : value;
}

async function write(name: string, text: string): Promise<void> {
	const path = join(FOLDER, name);
	const config = await resolveConfig(path);
	writeFileSync(path, await format(text, { ...config, filepath: path }));
}

function figures(results: Results): string {
	const disk = results.cells.filter(({ binary }) => binary === 'disk');
	const memory = results.cells.filter(({ binary }) => binary === 'memory');
	return [
		machineText(results.machine, results),
		'### Goals',
		markdownTable(goalRows(goalLines(results))),
		...[...plots(results).keys()].map((name) => `![](plots/${name})`),
		'### Time',
		'Binary data on disk, as n8n 2 keeps it:',
		markdownTable(cellRows(disk)),
		markdownTable(cpuRows(disk)),
		'Binary data inside the items, as n8n 1 keeps it unless told otherwise:',
		markdownTable(cellRows(memory)),
		'### What one picture costs',
		'Medians over purchases one by one, server 0 ms, binary data on disk. What is held is the most that JavaScript had in its heap and buffers above rest, garbage not yet collected included:',
		markdownTable(stepRows(results.steps)),
		'### Memory',
		markdownTable(memoryRows(results.memory)),
		'### Wallets',
		'A hundred purchases of 100 kB, ten at once; service, wallets and relay in a process of their own:',
		markdownTable(walletRows(results.wallets)),
		'### Over real Lightning, and in queue mode',
		markdownTable(elsewhereRows(results)),
		'### Small parts',
		markdownTable(microRows(results)),
		...results.notes.map((note) => `- ${note}`),
	].join('\n\n');
}

function machineText(machine: Machine, { tookSeconds }: Results): string {
	const { date, cpu, cores, memoryBytes, node, n8nCore, system, commit } = machine;
	const gib = (memoryBytes / 2 ** 30).toFixed(0);
	return [
		`Taken on ${date} at ${commit}, in ${Math.round(tookSeconds / 60)} minutes, on ${cores} × ${cpu},`,
		`${gib} GiB, ${system}, Node ${node}, n8n-core ${n8nCore}.`,
		`Load of the machine before the run ${machine.loadBefore.toFixed(1)}, at its end ${machine.loadAfter.toFixed(1)}.`,
	].join('\n');
}
