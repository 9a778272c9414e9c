import type { IDataObject } from 'n8n-workflow';
import type { LedgerState } from '../../nodes/Sats4Ai/purchase/books/ledgerState';
import type { Outcome } from './outcome';
import { photo } from './photo';
import { inScene, type Scene } from './scene';

const DAY_MS = 24 * 60 * 60 * 1_000;
const BRIEFLY = { options: { paymentTimeout: 1 } };

/** An execution whose wallet took the payment and never tells what became of it. */
async function neverSettle(scene: Scene): Promise<Outcome> {
	scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'pending', lookups: Infinity } });
	const outcome = await scene.run(BRIEFLY);
	expect(outcome.error).toBeDefined();
	return outcome;
}

/** The saved execution, as if its invoice had expired so many days ago. */
function aged({ contextData }: Outcome, days: number): Record<string, IDataObject> {
	for (const { sats4Ai } of Object.values(contextData)) {
		const { open } = sats4Ai as unknown as LedgerState;
		for (const [hash, purchase] of Object.entries(open)) {
			open[hash] = { ...purchase, expiresAt: Date.now() - days * DAY_MS };
		}
	}
	return contextData;
}

describe('a payment that stays unknown', () => {
	it.concurrent('keeps nobody from buying other bytes', async () => {
		await inScene({}, async (scene) => {
			await neverSettle(scene);
			const { items, error } = await scene.run({ items: [photo('another')] });
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ payment: { status: 'paid' } });
		});
	});

	it.concurrent.each([
		[27, 1],
		[29, 2],
	])(
		'keeps new runs from paying for the same bytes for four weeks: %d days after its invoice expired',
		async (days, invoices) => {
			await inScene({}, async (scene) => {
				const contextData = aged(await neverSettle(scene), days);
				scene.restart();
				// A Retry of its own execution never pays anew.
				const retry = await scene.run({ ...BRIEFLY, contextData });
				expect(retry.error).toBeDefined();
				expect(scene.sandbox.ledger).toHaveLength(1);
				await scene.run(BRIEFLY);
				expect(scene.sandbox.ledger).toHaveLength(invoices);
				expect(scene.payCalls).toHaveLength(invoices);
			});
		},
	);
});
