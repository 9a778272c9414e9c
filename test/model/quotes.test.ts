import * as fc from 'fast-check';
import { ExecutionBooks } from '../../nodes/Sats4Ai/purchase/books/executionBooks';
import { Ledger } from '../../nodes/Sats4Ai/purchase/books/ledger';
import { PurchaseMemory } from '../../nodes/Sats4Ai/purchase/books/purchaseMemory';
import { SavedShelf } from '../../nodes/Sats4Ai/purchase/books/shelf';
import { payQuote } from '../../nodes/Sats4Ai/purchase/payQuote';
import { readQuote } from '../../nodes/Sats4Ai/purchase/quote';
import { PurchaseFailure } from '../../nodes/Sats4Ai/purchase/report/failure';
import { encodeBody, orderDigest } from '../../nodes/Sats4Ai/purchase/service/order';
import { serviceOver } from '../../nodes/Sats4Ai/purchase/service/service';
import { InvoicePool, START_AT } from './invoicePool';
import { KilledProcess } from './killedProcess';
import { times } from '../depth';
import { schedules, type Schedule } from './schedule';
import { modelSeed } from './seed';
import { SERVICE_URL, SimulatedService } from './simulatedService';
import { SimulatedWallet } from './simulatedWallet';
import { VirtualTime } from './virtualTime';

const RUNS = times(3_000, 100);
const REQUEST_TIMEOUT_MS = 120_000;
const MOST_STEPS = 16;
/** Enough processes that nobody kills, over services and wallets that are well. */
const CALM = 3;

/** What becomes of one quote, in processes that are killed after so many steps. */
async function play(schedule: Schedule, kills: readonly number[], mint: InvoicePool) {
	const time = new VirtualTime(START_AT);
	const pool = mint.fresh();
	let calmed = true;
	const latency = () => (calmed ? 10 : (schedule.latencyMs[0] ?? 0));
	const isCalm = () => calmed;
	const wallet = new SimulatedWallet(time, schedule, pool.byPaymentHash, latency, isCalm);
	const service = new SimulatedService(time, schedule, pool, latency, isCalm);
	const json = JSON.stringify({ prompt: 'a lighthouse' });
	const url = `${SERVICE_URL}/api`;
	const body = encodeBody(json, undefined);
	const digest = orderDigest(url, json, undefined);
	const order = { operation: 'test', url, json, body, digest, itemIndex: 0, skipDedup: false };
	// All that is kept: the quote, in a table outside.
	const asked = {
		method: 'POST' as const,
		url,
		headers: {},
		body,
		timeoutMs: 60_000,
		maxBytes: 9e6,
	};
	await time.runUntil(service.http({ ...asked, followRedirects: false }));
	const [[token, { text }] = ['', { text: '' }]] = [...service.invoices];
	const quote = JSON.stringify({ token, invoice: text, order: digest });
	const { paymentHash } = readQuote(quote, digest).invoice;
	let stored = 0;
	const unforeseen: unknown[] = [];
	const processes = [...kills, ...Array<number>(CALM).fill(Infinity)];
	for (const [index, afterSteps] of processes.entries()) {
		calmed = index >= kills.length;
		if (calmed) await time.runUntil(time.pass(300_000, false));
		const victim = new KilledProcess(afterSteps);
		const clock = victim.clock(time.clock);
		const memory = new PurchaseMemory(() => clock.now());
		const books = new ExecutionBooks(null, memory, () => undefined);
		const work = payQuote<{ stored: number }>(
			order,
			readQuote(quote, digest),
			{
				network: 'regtest',
				maxPriceMsat: 50_000n,
				maxPaymentMsat: 1_000_000n,
				maxFeeMsat: 10_000n,
				maxTotalMsat: null,
				paymentTimeoutMs: 60_000,
				requestTimeoutMs: REQUEST_TIMEOUT_MS,
			},
			{
				clock,
				ledger: new Ledger(books, clock, 0),
				shelf: new SavedShelf<{ stored: number }>(books, () => true),
				service: serviceOver(
					async (request) => await victim.outside(async () => await service.http(request)),
					clock,
					REQUEST_TIMEOUT_MS,
				),
				serviceUrl: SERVICE_URL,
				wallet: 'lnd',
				walletKey: 'feed',
				buyer: 'b0b0',
				day: null,
				refunds: null,
				payer: {
					notFoundFinalAfterMs: wallet.notFoundFinalAfterMs,
					lookupPayment: async (...call) =>
						await victim.outside(async () => await wallet.lookupPayment(...call)),
					payInvoice: async (...call) =>
						await victim.outside(async () => await wallet.payInvoice(...call)),
				},
				store: async () =>
					await victim.outside(async () => await Promise.resolve({ stored: (stored += 1) })),
			},
		).catch((cause: unknown) => {
			if (!(cause instanceof PurchaseFailure)) unforeseen.push(cause);
			return 'failed' as const;
		});
		await time.runUntil(Promise.race([work, victim.killed]));
	}
	return { timesPaid: wallet.timesPaid(paymentHash), stored, unforeseen, wallet, service };
}

describe('A quote, in processes that are killed between any two steps', () => {
	it(`is paid once and never lost, in ${RUNS} schedules`, async () => {
		const mint = InvoicePool.mint();
		const kills = fc.array(fc.integer({ min: 0, max: MOST_STEPS }), { maxLength: 6 });
		await fc.assert(
			fc.asyncProperty(schedules, kills, async (schedule, afterSteps) => {
				const end = await play(schedule, afterSteps, mint);
				expect(end.unforeseen).toEqual([]);
				expect(end.timesPaid).toBe(1);
				expect(end.stored).toBeGreaterThan(0);
				expect([...end.service.complaints, ...end.wallet.complaints]).toEqual([]);
			}),
			{ numRuns: RUNS, seed: modelSeed() },
		);
	}, 7_200_000);

	it('is paid once after a kill at each single step', async () => {
		const mint = InvoicePool.mint();
		const [schedule] = fc.sample(schedules, { numRuns: 1, seed: modelSeed() });
		if (schedule === undefined) throw new Error('No schedule');
		const well = {
			...schedule,
			fates: { ask: [], pay: [], lookup: [], redeem: [], link: [], store: [] },
		};
		for (let step = 0; step <= MOST_STEPS; step += 1) {
			const end = await play(well, [step], mint);
			expect({ step, paid: end.timesPaid, isStored: end.stored > 0 }).toEqual({
				step,
				paid: 1,
				isStored: true,
			});
		}
	});
});
