import type { Outflow, Spending } from '../../nodes/Sats4Ai/wallets/spending';
import type { EmulatedWallet, StartEmulator } from './emulators/emulated';
import { Stage, stageFor } from './stage';

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;
const LIMITS = { maxFeeMsat: 10_000n, timeoutMs: 20_000 };

class SpendingStage extends Stage {
	constructor(emulated: EmulatedWallet) {
		super(emulated);
		emulated.node.balanceMsat = 1_000_000_000n;
	}

	/** Payments of somebody else's, made `agoMs` ago by the wallet's clock. */
	readonly sendEarlier = (count: number, agoMs: number): void => {
		const { node } = this.emulated;
		const { now } = node;
		node.now = () => now() - agoMs;
		for (let sent = 0; sent < count; sent += 1) {
			const hash = (node.payments.size + 1).toString(16).padStart(64, '0');
			node.send(hash, 5_000n);
		}
		node.now = now;
	};

	readonly ask = async (of = this.wallet, bookmark: string | null = null): Promise<Spending> =>
		await of.spentSince({ sinceAt: Date.now() - DAY_MS, timeoutMs: 60_000, bookmark });
}

/** What the cap per day may expect of every wallet's own records. */
export function describeSpending(title: string, start: StartEmulator): void {
	describe(`${title}: what it has spent`, () => {
		const held = stageFor(start, SpendingStage);
		const outflows = (spending: Spending): readonly Outflow[] =>
			spending.status === 'told' ? spending.outflows : [];

		test.concurrent(
			'nothing, where nothing was paid',
			held(async ({ emulated, ask }) => {
				expect(await ask()).toMatchObject({ status: 'told', outflows: [] });
				expect(emulated.payCalls()).toBe(0);
			}),
		);

		test.concurrent(
			'a payment, with its fee',
			held(async ({ emulated, wallet, minted, ask }) => {
				const invoice = minted();
				const before = Date.now();
				await wallet.payInvoice(invoice, LIMITS);
				const [paid, ...more] = outflows(await ask());
				expect(more).toEqual([]);
				const { feeMsat } = emulated.node;
				const id = invoice.paymentHash;
				expect(paid).toMatchObject({ id, amountMsat: 5_000n, feeMsat, isUnderWay: false });
				// Wallets that count in seconds cut them off.
				expect((paid?.at ?? 0) - before).toBeGreaterThan(-1_001);
			}),
		);

		test.concurrent(
			'what is under way, and nothing of what has failed',
			held(async ({ emulated, ask }) => {
				emulated.node.plan = 'hold';
				emulated.node.send('01'.repeat(32), 5_000n);
				emulated.node.plan = 'noRoute';
				emulated.node.send('02'.repeat(32), 5_000n);
				const under = outflows(await ask());
				expect(under).toHaveLength(1);
				expect(under[0]).toMatchObject({
					id: '01'.repeat(32),
					amountMsat: 5_000n,
					isUnderWay: true,
				});
			}),
		);

		test.concurrent(
			'what was begun before and settled since left when it was settled',
			held(async ({ emulated, ask }) => {
				emulated.node.plan = 'hold';
				emulated.node.begin('01'.repeat(32), 5_000n, Date.now() - 20 * HOUR_MS);
				emulated.node.settle('01'.repeat(32));
				const [paid] = outflows(await ask());
				expect(paid).toMatchObject({ amountMsat: 5_000n, isUnderWay: false });
				// LNbits shows the beginning alone.
				if (title !== 'lnbits') expect(paid?.at).toBeGreaterThan(Date.now() - HOUR_MS);
			}),
		);

		test.concurrent(
			'every page, each payment once, and not much beyond the window',
			held(async ({ emulated, wallet, sendEarlier, ask }) => {
				sendEarlier(700, 3 * DAY_MS);
				sendEarlier(230, HOUR_MS);
				const first = await ask();
				const calls = emulated.listCalls();
				const recent = outflows(first).filter(({ at }) => at >= Date.now() - DAY_MS);
				expect(new Set(recent.map(({ id }) => id)).size).toBe(230);
				expect(recent).toHaveLength(230);
				expect(calls).toBeLessThan(20);
				// What was found out the first time need not be found out again.
				sendEarlier(1, 0);
				const { bookmark = null } = first.status === 'told' ? first : {};
				const again = outflows(await ask(wallet, bookmark));
				expect(again.filter(({ at }) => at >= Date.now() - DAY_MS)).toHaveLength(231);
				expect(emulated.listCalls() - calls).toBeLessThanOrEqual(7);
			}),
		);

		test.concurrent(
			'a few payments cost few questions',
			held(async ({ emulated, sendEarlier, ask }) => {
				sendEarlier(3, HOUR_MS);
				expect(outflows(await ask())).toHaveLength(3);
				expect(emulated.listCalls()).toBeLessThanOrEqual(2);
			}),
		);

		test.concurrent(
			'without the right to list them it says what it takes',
			held(async ({ emulated, ask, openedWith }) => {
				const stranger = openedWith(emulated.listless ?? emulated.wrongSecret);
				const refused = await ask(stranger);
				expect(refused).toMatchObject({ status: 'unavailable', cause: 'unauthorized' });
				const { reason } = refused as Extract<Spending, { status: 'unavailable' }>;
				expect(reason).toMatch(/it takes .*(ListPayments|listpays|list_transactions|key|password)/);
				for (const secret of emulated.secrets) expect(reason).not.toContain(secret);
			}),
		);

		test.concurrent(
			'unreachable is no answer',
			held(async ({ emulated, ask }) => {
				await emulated.close();
				expect(await ask()).toMatchObject({ status: 'unavailable', cause: 'unreachable' });
			}),
		);

		test.concurrent(
			'no time left is no answer',
			held(async ({ wallet, sendEarlier }) => {
				sendEarlier(3, HOUR_MS);
				const question = { sinceAt: Date.now() - DAY_MS, timeoutMs: 1, bookmark: null };
				expect(await wallet.spentSince({ ...question, timeoutMs: 0 })).toMatchObject({
					status: 'unavailable',
				});
			}),
		);
	});
}
