// npm run bench [-- --quick | --nostr | --books]
import { parseArgs } from 'node:util';
import { measureBooks } from './memory/measureBooks';
import { measureNostr } from './nostr/measureNostr';
import { runAll } from './runAll';
import { goalLines } from './report/goals';
import { cellRows, cpuRows, goalRows, memoryRows, microRows } from './report/rows';
import { textTable } from './report/table';
import { writeReport } from './report/writeReport';

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			books: { type: 'boolean', default: false },
			nostr: { type: 'boolean', default: false },
			quick: { type: 'boolean', default: false },
		},
	});
	if (values.nostr) {
		process.stdout.write(`${await measureNostr()}\n`);
		return;
	}
	if (values.books) {
		process.stdout.write(`${await measureBooks()}\n`);
		return;
	}
	const results = await runAll(values.quick);
	const lines = goalLines(results);
	const tables = [
		cellRows(results.cells),
		cpuRows(results.cells),
		memoryRows(results.memory),
		microRows(results),
		goalRows(lines),
	];
	for (const rows of tables) process.stdout.write(`\n${textTable(rows)}\n`);
	for (const note of results.notes) process.stdout.write(`\n${note}\n`);
	const met = lines.filter(({ isMet }) => isMet).length;
	const { loadBefore, cores } = results.machine;
	process.stdout.write(
		`\n${met} of ${lines.length} goals met, in ${Math.round(results.tookSeconds)} s` +
			`${loadBefore > cores / 2 ? `; the machine was busy with other work (load ${loadBefore.toFixed(1)})` : ''}\n`,
	);
	if (!values.quick) await writeReport(results);
}

main().catch((cause: unknown) => {
	process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`);
	process.exitCode = 1;
});
