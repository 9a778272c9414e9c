// One process for each case: what one leaves behind must not count as another's.
import { bareExchange } from '../contenders/bareExchange';
import type { Contender, Job } from '../contenders/contender';
import { ownHook } from '../contenders/ownHook';
import { sats4aiNode } from '../contenders/sats4aiNode';
import { removeUserFolder, setBinaryMode } from '../engine/binaryData';
import { pictureOf } from '../picture';
import { configureServers } from '../servers/control';
import type { MemoryFigures, MemoryTask } from './memoryTask';
import { peakAboveIdle } from './peakSampler';

const WARM_UP = { bytes: 100_000, items: 30 } as const;

async function measure({ wanted, urls }: MemoryTask): Promise<MemoryFigures> {
	await setBinaryMode('disk');
	const contender = contenderFor(wanted.contender);
	const ready = async (bytes: number, items: number): Promise<() => Promise<void>> => {
		const settings = { pictureBytes: bytes, serverMs: 0, stock: items, digests: false };
		await configureServers(urls.control, settings);
		const { concurrency } = wanted;
		const job: Job = { picture: pictureOf(bytes), items, concurrency, urls };
		return await contender.prepare(job);
	};
	await (
		await ready(WARM_UP.bytes, WARM_UP.items)
	)();
	await contender.cleanUp?.();
	const figures = await peakAboveIdle(await ready(wanted.pictureBytes, wanted.items));
	await contender.cleanUp?.();
	return { ...wanted, ...figures };
}

function contenderFor(name: MemoryTask['wanted']['contender']): Contender {
	if (name === 'sats4ai') return sats4aiNode();
	return name === 'bare' ? bareExchange : ownHook;
}

process.once('message', (task) => {
	measure(task as MemoryTask)
		.then((figures) => process.send?.(figures))
		.catch((cause: unknown) => {
			process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`);
			process.exitCode = 1;
		})
		.finally(() => {
			removeUserFolder();
			process.disconnect();
		});
});
