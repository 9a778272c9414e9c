import { inspect } from 'node:util';
import type { LookupOutcome, PayOutcome } from '../../nodes/Sats4Ai/l402/payer';
import { ESTIMATES_FEES, type StartEmulator } from './emulators/emulated';
import type { Minted } from './emulators/mint';
import { WalletServer } from './emulators/server';
import { Stage, stageFor } from './stage';

const LIMITS = { maxFeeMsat: 10_000n, timeoutMs: 20_000 };
/** For answers that never come: long enough for one that does. */
const HURRIED_MS = 1_000;

class ContractStage extends Stage {
	readonly pay = async (invoice: Minted, payer = this.wallet): Promise<PayOutcome> =>
		await payer.payInvoice(invoice, LIMITS);

	/** Once more with more time where that ran out before the wallet was told: a machine may be busy. */
	readonly payHurriedly = async (invoice: Minted, timeoutMs = HURRIED_MS): Promise<PayOutcome> => {
		const startedAt = performance.now();
		const before = this.emulated.payCalls();
		const payer = this.openedWith(this.emulated.settings, timeoutMs);
		const outcome = await payer.payInvoice(invoice, { ...LIMITS, timeoutMs });
		const isOutOfTime = performance.now() - startedAt > timeoutMs / 2;
		const isTold = this.emulated.payCalls() > before;
		if (outcome.status !== 'notSent' || isTold || !isOutOfTime) return outcome;
		return await this.payHurriedly(invoice, 2 * timeoutMs);
	};

	/** What it comes to in the end, as the state machine would find out. */
	readonly settle = async (invoice: Minted): Promise<PayOutcome | LookupOutcome> => {
		const outcome = await this.pay(invoice);
		const isOpen = outcome.status === 'pending' || outcome.status === 'unknown';
		return isOpen ? await this.lookup(invoice) : outcome;
	};
}

/** What a payer may expect of every wallet, whatever its API looks like. */
export function describeWallet(title: string, start: StartEmulator): void {
	describe(title, () => {
		const held = stageFor(start, ContractStage);

		test.concurrent(
			'pays, with preimage and fee, and finds the payment again',
			held(async ({ emulated, minted, pay, lookup }) => {
				const invoice = minted();
				const paid = { status: 'paid', preimage: invoice.preimage };
				const outcome = await pay(invoice);
				expect(outcome).toMatchObject(paid);
				const record = await lookup(invoice);
				expect(record).toMatchObject({ ...paid, feeMsat: emulated.node.feeMsat });
				expect(emulated.node.sent).toEqual([invoice.paymentHash]);
			}),
		);

		test.concurrent(
			'knows nothing of a payment that was never tried',
			held(async ({ emulated, minted, lookup }) => {
				expect(await lookup(minted())).toEqual({ status: 'notFound' });
				expect(emulated.payCalls()).toBe(0);
			}),
		);

		test.concurrent(
			'never sends the same payment twice',
			held(async ({ emulated, minted, pay, lookup }) => {
				const invoice = minted();
				await pay(invoice);
				const again = await pay(invoice);
				expect(['paid', 'pending', 'unknown']).toContain(again.status);
				expect(await lookup(invoice)).toMatchObject({ status: 'paid', preimage: invoice.preimage });
				expect(emulated.node.sent).toHaveLength(1);
			}),
		);

		test.concurrent(
			'is not told "failed" by an invoice that was paid and has expired since',
			held(async ({ emulated, minted, pay }) => {
				const invoice = minted(5_000n, 4_000);
				emulated.node.send(invoice.paymentHash, invoice.amountMsat);
				const outcome = await pay(invoice);
				expect(['paid', 'pending', 'unknown']).toContain(outcome.status);
			}),
		);

		test.concurrent(
			'in flight, then paid',
			held(async ({ emulated, minted, payHurriedly, lookup }) => {
				emulated.node.plan = 'hold';
				const invoice = minted();
				const outcome = await payHurriedly(invoice);
				expect(['pending', 'unknown']).toContain(outcome.status);
				expect(await lookup(invoice)).toMatchObject({ status: 'pending' });
				const again = await payHurriedly(invoice);
				expect(['pending', 'unknown']).toContain(again.status);
				emulated.node.settle(invoice.paymentHash);
				expect(await lookup(invoice)).toMatchObject({ status: 'paid', preimage: invoice.preimage });
				expect(emulated.node.sent).toHaveLength(1);
			}),
		);

		test.concurrent(
			'in flight, then failed',
			held(async ({ emulated, minted, payHurriedly, lookup }) => {
				emulated.node.plan = 'hold';
				const invoice = minted();
				await payHurriedly(invoice);
				emulated.node.fail(invoice.paymentHash);
				expect(await lookup(invoice)).toMatchObject({ status: 'failed' });
			}),
		);

		test.concurrent(
			'no route',
			held(async ({ emulated, minted, settle }) => {
				emulated.node.plan = 'noRoute';
				const outcome = await settle(minted());
				expect(outcome).toMatchObject({ status: 'failed', reason: expect.stringMatching(/\w+/) });
			}),
		);

		test.concurrent(
			'no balance',
			held(async ({ emulated, minted, pay }) => {
				emulated.node.balanceMsat = 1_000n;
				const outcome = await pay(minted());
				expect(['failed', 'notSent']).toContain(outcome.status);
				expect(outcome).toMatchObject({ cause: expect.stringMatching(/^(balance|noRoute)$/) });
				expect(emulated.node.balanceMsat).toBe(1_000n);
			}),
		);

		test.concurrent(
			'an expired invoice is never paid by surprise',
			held(async ({ emulated, minted, pay }) => {
				emulated.node.plan = 'noRoute';
				const outcome = await pay(minted(5_000n, 4_000));
				expect(outcome.status).not.toBe('paid');
				expect(emulated.node.balanceMsat).toBe(1_000_000n);
			}),
		);

		test.concurrent(
			'wrong secret: nothing sent, and said so',
			held(async ({ emulated, minted, pay, openedWith }) => {
				const stranger = openedWith(emulated.wrongSecret);
				const invoice = minted();
				const refused = { cause: 'unauthorized', reason: expect.stringMatching(/\w+/) };
				expect(await pay(invoice, stranger)).toMatchObject({ status: 'notSent', ...refused });
				expect(await stranger.describe(5_000)).toMatchObject({ status: 'unavailable', ...refused });
				expect(emulated.node.sent).toHaveLength(0);
			}),
		);

		test.concurrent(
			'unreachable: nothing sent, and said so',
			held(async ({ emulated, wallet, minted, pay, lookup }) => {
				await emulated.close();
				const invoice = minted();
				const refused = { cause: 'unreachable', reason: expect.stringMatching(/\w+/) };
				expect(await pay(invoice)).toMatchObject({ status: 'notSent', ...refused });
				expect(await wallet.describe(5_000)).toMatchObject({ status: 'unavailable', ...refused });
				expect(await lookup(invoice)).toMatchObject({ status: 'unknown' });
			}),
		);

		test.concurrent.each(['cut', 'oddBody', 'badGateway'] as const)(
			'%s after sending is unknown, and the look-up finds the payment',
			held(async ({ emulated, minted, payHurriedly, lookup }, fault) => {
				const invoice = minted();
				emulated.breakWith(fault);
				expect(await payHurriedly(invoice)).toMatchObject({ status: 'unknown' });
				emulated.breakWith('none');
				expect(await lookup(invoice)).toMatchObject({ status: 'paid', preimage: invoice.preimage });
				expect(emulated.node.sent).toHaveLength(1);
			}),
		);

		test.concurrent(
			'a slow wallet is waited for',
			held(async ({ emulated, minted, pay }) => {
				emulated.breakWith('slow');
				expect(await pay(minted())).toMatchObject({ status: 'paid' });
			}),
		);

		test.concurrent(
			'a redirect is not followed, and the secret stays at home',
			held(async ({ emulated, wallet, minted, payHurriedly }) => {
				const elsewhere = await WalletServer.start(
					() => ({ status: 200, body: '{}' }),
					() => false,
				);
				emulated.breakWith('redirect', elsewhere.url);
				const outcome = await payHurriedly(minted());
				const description = await wallet.describe(HURRIED_MS);
				await elsewhere.close();
				expect(['notSent', 'unknown']).toContain(outcome.status);
				expect(description).toMatchObject({ status: 'unavailable', cause: 'unreachable' });
				expect(elsewhere.received).toEqual([]);
				expect(emulated.node.sent).toHaveLength(0);
			}),
		);

		test.concurrent(
			'a payment without its preimage is never taken for a failure',
			held(async ({ emulated, minted, pay }) => {
				const invoice = minted();
				emulated.node.preimages.set(invoice.paymentHash, '');
				const outcome = await pay(invoice);
				expect(['paid', 'unknown', 'pending']).toContain(outcome.status);
				expect(outcome).not.toMatchObject({ preimage: expect.stringMatching(/[1-9a-f]/) });
			}),
		);

		test.concurrent(
			'a fee above the limit is not paid',
			held(async ({ emulated, wallet, minted }) => {
				emulated.node.feeMsat = 50_000n;
				// 1 % and more of this is above every limit below, also for wallets that estimate.
				const invoice = minted(900_000n);
				const outcome = await wallet.payInvoice(invoice, { maxFeeMsat: 1_000n, timeoutMs: 20_000 });
				expect(['failed', 'notSent']).toContain(outcome.status);
				expect(emulated.node.balanceMsat).toBe(1_000_000n);
				if (ESTIMATES_FEES.has(wallet.name)) {
					expect(outcome).toMatchObject({ status: 'notSent', cause: 'feeLimit' });
					expect(emulated.payCalls()).toBe(0);
				}
			}),
		);

		test.concurrent(
			'describes itself without paying',
			held(async ({ emulated, wallet }) => {
				const description = await wallet.describe(5_000);
				expect(description).toMatchObject({
					status: 'ok',
					alias: expect.stringMatching(/\w+/),
					spendableMsat: emulated.node.balanceMsat,
				});
				expect(emulated.payCalls()).toBe(0);
			}),
		);

		test.concurrent.each(['none', 'cut', 'oddBody', 'badGateway', 'redirect'] as const)(
			'no text carries a secret: %s',
			held(async ({ emulated, wallet, minted, payHurriedly }, fault) => {
				emulated.breakWith(fault, 'https://elsewhere.example');
				const said = await Promise.all([
					payHurriedly(minted()),
					wallet.lookupPayment(minted(), HURRIED_MS),
					wallet.describe(HURRIED_MS),
				]);
				for (const secret of emulated.secrets) expect(inspect(said)).not.toContain(secret);
			}),
		);

		test.concurrent(
			'no text carries a secret: one that is wrong',
			held(async ({ emulated, minted, pay, openedWith }) => {
				const stranger = openedWith(emulated.wrongSecret);
				const said = [await pay(minted(), stranger), await stranger.describe(5_000)];
				for (const secret of emulated.secrets) expect(inspect(said)).not.toContain(secret);
			}),
		);
	});
}
