// The node in a process of its own, which buys one picture after the other and is watched meanwhile.
import { sats4aiNode } from '../contenders/sats4aiNode';
import { removeUserFolder, setBinaryMode } from '../engine/binaryData';
import { idleMemory } from '../memory/peakSampler';
import { pictureOf } from '../picture';
import { configureServers, serverReport } from '../servers/control';
import { nowMs } from '../servers/leanService';
import { median } from '../timing/statistics';
import { HeldTrail } from './heldTrail';
import { STEPS, type PurchaseSteps, type StepsTask } from './step';

const WARM_UP = 10;
const PURCHASES = 11;

async function measure({ pictureBytes, urls }: StepsTask): Promise<PurchaseSteps> {
	await setBinaryMode('disk');
	const contender = sats4aiNode();
	const ms = STEPS.map((): number[] => []);
	const peaks = STEPS.map((): number[] => []);
	for (let purchase = -WARM_UP; purchase < PURCHASES; purchase += 1) {
		const bytes = purchase < 0 ? 100_000 : pictureBytes;
		await configureServers(urls.control, {
			...{ pictureBytes: bytes, serverMs: 0, stock: 1, digests: false },
		});
		const picture = pictureOf(bytes);
		const buy = await contender.prepare({ picture, items: 1, concurrency: 1, urls });
		const { held } = await idleMemory();
		const trail = new HeldTrail();
		const begins = nowMs();
		await buy();
		trail.note();
		const ends = nowMs();
		trail.stop();
		const { marks } = await serverReport(urls.control);
		const { askBegins, askRead, redeemBegins, redeemRead, pictureSent } = marks;
		const moments = [begins, askBegins, askRead, redeemBegins, redeemRead, pictureSent, ends];
		await contender.cleanUp?.();
		if (purchase < 0) continue;
		for (const [index] of STEPS.entries()) {
			const [from = NaN, to = NaN] = moments.slice(index, index + 2);
			ms[index]?.push(to - from);
			peaks[index]?.push(trail.peakBytes(from, to) - held);
		}
	}
	const steps = STEPS.map((step, index) => ({
		step,
		ms: median(ms[index] ?? []),
		peakBytes: median((peaks[index] ?? []).filter((peak) => !Number.isNaN(peak))),
	}));
	return { pictureBytes, steps };
}

process.once('message', (task) => {
	measure(task as StepsTask)
		.then((steps) => process.send?.(steps))
		.catch((cause: unknown) => {
			process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`);
			process.exitCode = 1;
		})
		.finally(() => {
			removeUserFolder();
			process.disconnect();
		});
});
