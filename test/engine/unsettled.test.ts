import { setClockOn } from './nodesDate';
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

// One after the other: they share this machine's clock.
describe('a payment that stays unknown', () => {
	afterEach(() => {
		jest.restoreAllMocks();
	});

	it('keeps nobody from buying other bytes', async () => {
		await inScene({}, async (scene) => {
			await neverSettle(scene);
			const { items, error } = await scene.run({ items: [photo('another')] });
			expect(error).toBeUndefined();
			expect(items[0]?.json).toMatchObject({ payment: { status: 'paid' } });
		});
	});

	it.each([
		[27, 1],
		[29, 2],
	])(
		'keeps new runs from paying for the same bytes for four weeks: %d days after its invoice expired',
		async (days, invoices) => {
			await inScene({}, async (scene) => {
				const { contextData } = await neverSettle(scene);
				setClockOn(days * DAY_MS);
				scene.restart();
				// A Retry of its own execution never pays anew.
				const retry = await scene.run({ ...BRIEFLY, contextData });
				expect(retry.error).toBeDefined();
				expect(scene.sandbox.ledger).toHaveLength(1);
				await scene.run(BRIEFLY);
				// By that clock the service's new invoice is long over, and not paid.
				expect(scene.sandbox.ledger).toHaveLength(invoices);
				expect(scene.payCalls).toHaveLength(1);
			});
		},
	);
});
