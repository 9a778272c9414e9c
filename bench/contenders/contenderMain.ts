// One contender in a process of its own, as it would run elsewhere: none pays for the garbage or
// the heap of another. It buys when it is told to.
import { removeUserFolder, setBinaryMode } from '../engine/binaryData';
import { pictureOf } from '../picture';
import { bareExchange } from './bareExchange';
import type { Contender, ContenderName } from './contender';
import type { Begin, Bought, Order } from './contenderProcess';
import { emptyNode } from './emptyNode';
import { fileToFile } from './fileToFile';
import { httpRequestSteps } from './httpRequestSteps';
import { lightningTools } from './lightningTools';
import { ownHook } from './ownHook';
import { sats4aiNode } from './sats4aiNode';

const WITHOUT_N8N: readonly ContenderName[] = ['bare', 'fileToFile', 'lightningTools'];

function contenderFor({ name, peersFolder }: Begin): Contender {
	switch (name) {
		case 'sats4ai':
			return sats4aiNode();
		case 'bare':
			return bareExchange;
		case 'fileToFile':
			return fileToFile();
		case 'lightningTools':
			return lightningTools;
		case 'ownHook':
			return ownHook;
		case 'emptyNode':
			return emptyNode;
		case 'httpRequestSteps':
			return httpRequestSteps(peersFolder);
	}
}

async function buy(contender: Contender, { pictureBytes, ...order }: Order): Promise<Bought> {
	const work = await contender.prepare({ ...order, picture: pictureOf(pictureBytes) });
	const cpuAtStart = process.cpuUsage();
	const startedAt = performance.now();
	await work();
	const ms = performance.now() - startedAt;
	const { user, system } = process.cpuUsage(cpuAtStart);
	await contender.cleanUp?.();
	return { ms, cpuMs: (user + system) / 1_000 };
}

async function begin(task: Begin): Promise<void> {
	if (!WITHOUT_N8N.includes(task.name)) await setBinaryMode(task.binary);
	const contender = contenderFor(task);
	process.on('message', (order) => {
		buy(contender, order as Order)
			.then((bought) => process.send?.(bought))
			.catch(fail);
	});
}

function fail(cause: unknown): void {
	process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`);
	process.exit(1);
}

process.once('message', (task) => {
	begin(task as Begin)
		.then(() => process.send?.('ready'))
		.catch(fail);
});
process.once('disconnect', () => {
	removeUserFolder();
	process.exit();
});
