import { inspect } from 'node:util';
import type { LookupOutcome, PayOutcome } from '../../nodes/Sats4Ai/l402/payer';
import type { Wallet } from '../../nodes/Sats4Ai/wallets/wallet';
import { ESTIMATES_FEES, type EmulatedWallet, type StartEmulator } from './emulators/emulated';
import { mint, type Minted } from './emulators/mint';
import { WalletServer } from './emulators/server';
import { open } from './open';

const LIMITS = { maxFeeMsat: 10_000n, timeoutMs: 20_000 };
/** For answers that never come: long enough for one that does. */
const HURRIED_MS = 1_000;

/** What a payer may expect of every wallet, whatever its API looks like. */
export function describeWallet(title: string, start: StartEmulator): void {
	describe(title, () => {
		let emulated: EmulatedWallet;
		let wallet: Wallet;

		beforeEach(async () => {
			emulated = await start();
			wallet = open(emulated, emulated.settings);
		});

		afterEach(async () => {
			await emulated.close();
		});

		const minted = (amountMsat?: bigint, ageS?: number): Minted => {
			const invoice = mint(amountMsat, ageS);
			emulated.node.preimages.set(invoice.paymentHash, invoice.preimage);
			return invoice;
		};
		const pay = async (invoice: Minted, payer = wallet) => await payer.payInvoice(invoice, LIMITS);
		/** Once more with more time where that ran out before the wallet was told: a machine may be busy. */
		const payHurriedly = async (invoice: Minted, timeoutMs = HURRIED_MS): Promise<PayOutcome> => {
			const startedAt = performance.now();
			const before = emulated.payCalls();
			const payer = open(emulated, emulated.settings, timeoutMs);
			const outcome = await payer.payInvoice(invoice, { ...LIMITS, timeoutMs });
			const isOutOfTime = performance.now() - startedAt > timeoutMs / 2;
			const isTold = emulated.payCalls() > before;
			if (outcome.status !== 'notSent' || isTold || !isOutOfTime) return outcome;
			return await payHurriedly(invoice, 2 * timeoutMs);
		};
		const lookup = async (invoice: Minted) => await wallet.lookupPayment(invoice, 5_000);
		/** What it comes to in the end, as the state machine would find out. */
		const settle = async (invoice: Minted): Promise<PayOutcome | LookupOutcome> => {
			const outcome = await pay(invoice);
			const isOpen = outcome.status === 'pending' || outcome.status === 'unknown';
			return isOpen ? await lookup(invoice) : outcome;
		};

		test('pays, with preimage and fee, and finds the payment again', async () => {
			const invoice = minted();
			const paid = { status: 'paid', preimage: invoice.preimage };
			const outcome = await pay(invoice);
			expect(outcome).toMatchObject(paid);
			const record = await lookup(invoice);
			expect(record).toMatchObject({ ...paid, feeMsat: emulated.node.feeMsat });
			expect(emulated.node.sent).toEqual([invoice.paymentHash]);
		});

		test('knows nothing of a payment that was never tried', async () => {
			expect(await lookup(minted())).toEqual({ status: 'notFound' });
			expect(emulated.payCalls()).toBe(0);
		});

		test('never sends the same payment twice', async () => {
			const invoice = minted();
			await pay(invoice);
			const again = await pay(invoice);
			expect(['paid', 'pending', 'unknown']).toContain(again.status);
			expect(await lookup(invoice)).toMatchObject({ status: 'paid', preimage: invoice.preimage });
			expect(emulated.node.sent).toHaveLength(1);
		});

		test('is not told "failed" by an invoice that was paid and has expired since', async () => {
			const invoice = minted(5_000n, 4_000);
			emulated.node.send(invoice.paymentHash, invoice.amountMsat);
			const outcome = await pay(invoice);
			expect(['paid', 'pending', 'unknown']).toContain(outcome.status);
		});

		test('in flight, then paid', async () => {
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
		});

		test('in flight, then failed', async () => {
			emulated.node.plan = 'hold';
			const invoice = minted();
			await payHurriedly(invoice);
			emulated.node.fail(invoice.paymentHash);
			expect(await lookup(invoice)).toMatchObject({ status: 'failed' });
		});

		test('no route', async () => {
			emulated.node.plan = 'noRoute';
			const outcome = await settle(minted());
			expect(outcome).toMatchObject({ status: 'failed', reason: expect.stringMatching(/\w+/) });
		});

		test('no balance', async () => {
			emulated.node.balanceMsat = 1_000n;
			const outcome = await pay(minted());
			expect(['failed', 'notSent']).toContain(outcome.status);
			expect(outcome).toMatchObject({ cause: expect.stringMatching(/^(balance|noRoute)$/) });
			expect(emulated.node.balanceMsat).toBe(1_000n);
		});

		test('an expired invoice is never paid by surprise', async () => {
			emulated.node.plan = 'noRoute';
			const outcome = await pay(minted(5_000n, 4_000));
			expect(outcome.status).not.toBe('paid');
			expect(emulated.node.balanceMsat).toBe(1_000_000n);
		});

		test('wrong secret: nothing sent, and said so', async () => {
			const stranger = open(emulated, emulated.wrongSecret);
			const invoice = minted();
			const refused = { cause: 'unauthorized', reason: expect.stringMatching(/\w+/) };
			expect(await pay(invoice, stranger)).toMatchObject({ status: 'notSent', ...refused });
			expect(await stranger.describe(5_000)).toMatchObject({ status: 'unavailable', ...refused });
			expect(emulated.node.sent).toHaveLength(0);
		});

		test('unreachable: nothing sent, and said so', async () => {
			await emulated.close();
			const invoice = minted();
			const refused = { cause: 'unreachable', reason: expect.stringMatching(/\w+/) };
			expect(await pay(invoice)).toMatchObject({ status: 'notSent', ...refused });
			expect(await wallet.describe(5_000)).toMatchObject({ status: 'unavailable', ...refused });
			expect(await lookup(invoice)).toMatchObject({ status: 'unknown' });
		});

		test.each(['cut', 'oddBody', 'badGateway'] as const)(
			'%s after sending is unknown, and the look-up finds the payment',
			async (fault) => {
				const invoice = minted();
				emulated.breakWith(fault);
				expect(await payHurriedly(invoice)).toMatchObject({ status: 'unknown' });
				emulated.breakWith('none');
				expect(await lookup(invoice)).toMatchObject({ status: 'paid', preimage: invoice.preimage });
				expect(emulated.node.sent).toHaveLength(1);
			},
		);

		test('a slow wallet is waited for', async () => {
			emulated.breakWith('slow');
			expect(await pay(minted())).toMatchObject({ status: 'paid' });
		});

		test('a redirect is not followed, and the secret stays at home', async () => {
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
		});

		test('a payment without its preimage is never taken for a failure', async () => {
			const invoice = minted();
			emulated.node.preimages.set(invoice.paymentHash, '');
			const outcome = await pay(invoice);
			expect(['paid', 'unknown', 'pending']).toContain(outcome.status);
			expect(outcome).not.toMatchObject({ preimage: expect.stringMatching(/[1-9a-f]/) });
		});

		test('a fee above the limit is not paid', async () => {
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
		});

		test('describes itself without paying', async () => {
			const description = await wallet.describe(5_000);
			expect(description).toMatchObject({
				status: 'ok',
				alias: expect.stringMatching(/\w+/),
				spendableMsat: emulated.node.balanceMsat,
			});
			expect(emulated.payCalls()).toBe(0);
		});

		test('no text ever carries a secret', async () => {
			const texts: string[] = [];
			for (const fault of ['none', 'cut', 'oddBody', 'badGateway', 'redirect'] as const) {
				emulated.breakWith(fault, 'https://elsewhere.example');
				texts.push(inspect(await payHurriedly(minted())));
				texts.push(inspect(await wallet.lookupPayment(minted(), HURRIED_MS)));
				texts.push(inspect(await wallet.describe(HURRIED_MS)));
			}
			emulated.breakWith('none');
			const stranger = open(emulated, emulated.wrongSecret);
			texts.push(inspect([await pay(minted(), stranger), await stranger.describe(5_000)]));
			for (const secret of emulated.secrets) expect(texts.join('\n')).not.toContain(secret);
		});
	});
}
