// npm run bench [-- --quick | --wallets | --lnget | --queue | --books]
import { parseArgs } from 'node:util';
import { measureBooks } from './memory/measureBooks';
import { measureLnget } from './lightning/measureLnget';
import { measureQueue } from './queue/measureQueue';
import { runAll } from './runAll';
import { goalLines } from './report/goals';
import {
	cellRows,
	cpuRows,
	elsewhereRows,
	goalRows,
	memoryRows,
	microRows,
	stepRows,
	walletRows,
} from './report/rows';
import { textTable } from './report/table';
import { writeReport } from './report/writeReport';
import { measureWallets } from './wallets/measureWallets';

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			books: { type: 'boolean', default: false },
			lnget: { type: 'boolean', default: false },
			queue: { type: 'boolean', default: false },
			quick: { type: 'boolean', default: false },
			wallets: { type: 'boolean', default: false },
		},
	});
	const say = (line: string) => process.stdout.write(`${line}\n`);
	if (values.wallets || values.lnget || values.queue) {
		const lnget = values.lnget ? await measureLnget(say) : null;
		const queue = values.queue ? await measureQueue() : null;
		if (values.wallets) say(textTable(walletRows(await measureWallets(values.quick))));
		if (values.lnget || values.queue) say(textTable(elsewhereRows({ lnget, queue })));
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
		stepRows(results.steps),
		walletRows(results.wallets),
		elsewhereRows(results),
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
