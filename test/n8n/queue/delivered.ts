import assert from 'node:assert/strict';
import { plainPicture } from '../../../sandbox/pictures/plainPicture';
import { sha256Hex } from '../../../sandbox/requestLog';
import { outputOf } from '../rig/execution';
import { binaryOf } from '../rig/savedBinary';
import { SATS4AI } from '../workflows/sats4Ai';
import type { Cluster } from './cluster';

/** Those of some orders whose executions have succeeded. */
export async function succeeded(
	{ main, orders }: Cluster,
	of: readonly number[],
): Promise<number[]> {
	const good: number[] = [];
	for (const order of of) {
		if (!orders.executions.has(order)) continue;
		const { status } = await main.session.ended(orders.executionOf(order), 240_000);
		if (status === 'success') good.push(order);
	}
	return good;
}

/** Each order's execution holds the very pictures that it paid for. */
export async function expectPictures(
	{ main, orders }: Cluster,
	of: readonly number[],
): Promise<void> {
	for (const order of of) {
		const execution = await main.session.ended(orders.executionOf(order));
		const saved = await Promise.all(
			outputOf(execution, SATS4AI).map(async (item) =>
				sha256Hex(await main.session.download(binaryOf(item).id ?? '')),
			),
		);
		// What was paid for more than once has to be there once.
		const wanted = new Map(
			orders
				.paidFor([order])
				.map(({ serial, bodySha256 }) => [sha256Hex(plainPicture(serial).bytes), bodySha256]),
		);
		const held = saved.map((sha256) => wanted.get(sha256));
		assert.deepEqual(held.sort(), [...new Set(wanted.values())].sort());
	}
}
