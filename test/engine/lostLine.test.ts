import { setClockOn } from './nodesDate';
import { isPaid, NostrScene } from './nostr';
import { reportOf } from './outcome';
import { CONTINUE, type Call } from './scene';

const WORDS =
	'rpc error: code = Unavailable desc = error reading from server: read: connection reset by peer';
const HOUR_MS = 60 * 60 * 1_000;
const BRIEFLY: Call = { options: { paymentTimeout: 3 }, settings: { ...CONTINUE } };
const OPEN = { code: 'PAYMENT_UNKNOWN', spent: 'unknown' };

/** A purchase whose wallet lost its node after the payment had left, and calls it failed. */
async function loseLine(stage: NostrScene) {
	Object.assign(stage.emulator.node, { plan: 'hold', lostLine: WORDS, label: 'failed' });
	const outcome = await stage.run(BRIEFLY);
	const message = expect.stringContaining(WORDS);
	expect(reportOf(outcome.items[0])).toMatchObject({ ...OPEN, message });
	return outcome;
}

async function reportOfRun(stage: NostrScene, call: Call = {}) {
	return reportOf((await stage.run({ ...BRIEFLY, ...call })).items[0]);
}

// One after the other: they share this machine's clock.
describe('a wallet that lost its node in the middle of a payment, and calls it failed', () => {
	afterEach(() => {
		jest.restoreAllMocks();
	});

	it('is asked again by later runs of any process, and nothing is bought anew', async () => {
		await NostrScene.in({}, async (stage) => {
			const { contextData } = await loseLine(stage);
			expect(await reportOfRun(stage)).toMatchObject(OPEN);
			stage.scene.restart();
			expect(await reportOfRun(stage, { contextData })).toMatchObject(OPEN);
			const { node } = stage.emulator;
			node.label = null;
			node.settle(node.sent[0] ?? '');
			const { items } = await stage.run(BRIEFLY);
			expect(items.map(isPaid)).toEqual([true]);
			expect(stage.scene.sandbox.ledger).toHaveLength(1);
		});
	});

	it('is believed in the end: a day after the invoice has expired', async () => {
		await NostrScene.in({}, async (stage) => {
			const { contextData } = await loseLine(stage);
			const { expiresAt } = stage.scene.sandbox.ledger[0] ?? { expiresAt: 0 };
			const leftMs = expiresAt - Date.now();
			stage.scene.restart();
			setClockOn(leftMs + 23 * HOUR_MS);
			expect(await reportOfRun(stage, { contextData })).toMatchObject(OPEN);
			jest.restoreAllMocks();
			setClockOn(leftMs + 25 * HOUR_MS);
			await stage.run({ ...BRIEFLY, contextData });
			expect(stage.scene.sandbox.ledger).toHaveLength(2);
			expect(stage.sent).toBe(1);
		});
	});
});
