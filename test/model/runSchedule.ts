import { buy } from '../../nodes/Sats4Ai/purchase/buy';
import { PurchaseFailure, type FailureReport } from '../../nodes/Sats4Ai/purchase/report/failure';
import { Ledger } from '../../nodes/Sats4Ai/purchase/books/ledger';
import type { LedgerState } from '../../nodes/Sats4Ai/purchase/books/ledgerState';
import { ExecutionBooks } from '../../nodes/Sats4Ai/purchase/books/executionBooks';
import { readState } from '../../nodes/Sats4Ai/purchase/books/readState';
import { NodeRun } from '../../nodes/Sats4Ai/purchase/nodeRun';
import { PurchaseMemory } from '../../nodes/Sats4Ai/purchase/books/purchaseMemory';
import { encodeBody, orderDigest } from '../../nodes/Sats4Ai/purchase/service/order';
import { serviceOver } from '../../nodes/Sats4Ai/purchase/service/service';
import { SavedShelf } from '../../nodes/Sats4Ai/purchase/books/shelf';
import { handedOver } from './forge';
import { START_AT, type InvoicePool } from './invoicePool';
import type { Round, Schedule } from './schedule';
import { SERVICE_URL, SimulatedService } from './simulatedService';
import { SimulatedWallet } from './simulatedWallet';
import { strangeWallet } from './strangeWallet';
import { VirtualTime } from './virtualTime';

interface Delivered {
	readonly itemIndex: number;
	readonly paymentHash: string | null;
	readonly execution: number;
}

/** A pay call, with what the process that made it remembers. */
export interface SentPayment {
	readonly itemIndex: number;
	readonly paymentHash: string;
	readonly execution: number;
	readonly memory: PurchaseMemory;
	/** Whether the books that the process had begun with hold it. */
	readonly isInBooks: boolean;
}

/** All that happened, for the invariants to judge. */
export interface History {
	readonly schedule: Schedule;
	readonly wallet: SimulatedWallet;
	readonly service: SimulatedService;
	readonly delivered: Delivered[];
	readonly failures: Array<{ readonly report: FailureReport; readonly at: number }>;
	/** The ledgers as they stand at the end of each execution. */
	readonly ledgers: LedgerState[];
	readonly runs: Run[];
	/** Every pay call. */
	readonly sent: SentPayment[];
	/**
	 * Executions of which a process could not know all: one had begun with older books than another,
	 * and what was remembered beside them was lost.
	 */
	readonly blind: Set<number>;
	/** What the runs themselves did wrong. */
	readonly complaints: string[];
}

/** One run of the node, from its start to its end. */
interface Run {
	readonly execution: number;
	readonly begunWith: LedgerState | null;
	/** Payment hashes newly paid for each item. */
	readonly paidFor: Map<number, Set<string>>;
	/** Those that had been paid, or were going to be, when it ended. */
	paidAtEnd: ReadonlySet<string>;
}

const PAYMENT_TIMEOUT_MS = 60_000;
const REQUEST_TIMEOUT_MS = 120_000;
/** Enough calm retries for everything that is still open. */
const CALM_ROUNDS = 3;
const STOP_GRACE_MS = 2_000;

/** Plays a schedule on a simulated clock, then lets things calm down and retries. */
export async function runSchedule(schedule: Schedule, mint: InvoicePool): Promise<History> {
	const time = new VirtualTime(START_AT);
	const pool = mint.fresh();
	let calmed = false;
	let calls = 0;
	const latency = () =>
		calmed ? 10 : (schedule.latencyMs[calls++ % schedule.latencyMs.length] ?? 0);
	const wallet = new SimulatedWallet(time, schedule, pool.byPaymentHash, latency, () => calmed);
	const service = new SimulatedService(time, schedule, pool, latency, () => calmed);
	const history: History = {
		schedule,
		wallet,
		service,
		delivered: [],
		failures: [],
		ledgers: [],
		runs: [],
		sent: [],
		blind: new Set(),
		complaints: [],
	};
	const newMemory = () => new PurchaseMemory(() => time.clock.now());
	let memory = newMemory();
	/** The books as the rounds of this execution have left them. */
	let copies: LedgerState[] = [];
	let isForked = false;
	let isFirstProcess = true;
	const suspicions: Array<{ readonly execution: number; readonly complaint: string }> = [];
	const ofStrangeWallet = new Set<string>();
	let stores = 0;
	let endedWell = false;
	const { sent } = history;

	const calm: Round = {
		kind: 'retry',
		memoryLost: false,
		stopAfterMs: null,
		copies: 1,
		stale: false,
		forgery: 'none',
		wallet: 'same',
		clockMs: 0,
	};
	const stopAfterMs = schedule.rounds[0]?.stopAfterMs ?? null;
	const first: Round = { ...calm, kind: 'again', stopAfterMs };
	const rounds = [first, ...schedule.rounds, ...Array<Round>(CALM_ROUNDS).fill(calm)];
	for (const [index, round] of rounds.entries()) {
		calmed = index >= rounds.length - CALM_ROUNDS;
		// A payment in flight may take its time; nobody is made to wait for it in the calm.
		if (calmed) await time.runUntil(time.pass(300_000, false));
		// n8n offers Retry for executions that failed or were stopped.
		if (round.kind === 'retry' && endedWell) continue;
		if (round.memoryLost) memory = newMemory();
		isFirstProcess &&= !round.memoryLost;
		if (round.kind === 'again') {
			wallet.execution += 1;
			copies = [];
			isForked = false;
		}
		isForked ||= copies.length > 0 && (round.stale || round.copies > 1);
		if (isForked && !isFirstProcess) history.blind.add(wallet.execution);
		// Who begins anew knows the time of day alone.
		time.setClock(isFirstProcess ? round.clockMs : 0);
		time.restart();
		const begunWith = (round.stale ? copies[0] : copies.at(-1)) ?? null;
		const times = begunWith === null ? 1 : round.copies;
		const ended = await time.runUntil(
			Promise.all(Array.from({ length: times }, async () => await execute(begunWith, round))),
		);
		endedWell = ended.every(({ isWell }) => isWell);
		// The one that failed is what n8n offers to retry.
		const last = ended.find(({ isWell }) => !isWell) ?? ended[0];
		if (last?.saved !== undefined) copies.push(last.saved);
	}
	const isSeen = ({ execution }: { execution: number }) => !history.blind.has(execution);
	history.complaints.push(...suspicions.filter(isSeen).map(({ complaint }) => complaint));
	return history;

	/** One execution of the node with *Retry On Fail*; true where n8n counts it as a success. */
	async function execute(
		begunWith: LedgerState | null,
		round: Round,
	): Promise<{ readonly isWell: boolean; readonly saved: LedgerState | undefined }> {
		const read = readState(handedOver(begunWith, round.forgery, pool));
		if (round.forgery !== 'junk' && (read?.dropped ?? []).length > 0)
			history.complaints.push('books were not readable');
		const slot = history.ledgers.length;
		const books = new ExecutionBooks(read?.state ?? null, memory, (state) => {
			history.ledgers[slot] = state;
		});
		const isWell = await tryUntilWell(books, round, begunWith);
		return { isWell, saved: history.ledgers[slot] };
	}

	async function tryUntilWell(
		books: ExecutionBooks,
		round: Round,
		begunWith: LedgerState | null,
	): Promise<boolean> {
		const run = new NodeRun(
			(comesBack) => new Ledger(books, time.clock, 0, comesBack),
			new SavedShelf<Delivered>(books, () => true),
			time.clock,
		);
		const noted: Run = {
			execution: wallet.execution,
			begunWith,
			paidFor: new Map(),
			paidAtEnd: new Set(),
		};
		history.runs.push(noted);
		const stopped = { at: Infinity };
		if (round.stopAfterMs !== null) {
			void time.pass(round.stopAfterMs, false).then(() => {
				stopped.at = time.now;
				time.stop();
			});
		}
		const end = (isWell: boolean): boolean => {
			const hashes = [...noted.paidFor.values()].flatMap((its) => [...its]);
			noted.paidAtEnd = new Set(hashes.filter((hash) => wallet.timesPaid(hash) > 0));
			return isWell;
		};
		for (let tries = calmed ? 1 : schedule.maxTries; tries > 0; tries -= 1) {
			const results = await Promise.allSettled(
				schedule.prompts.map(async (_, index) => await item(run, index, round, noted, stopped)),
			);
			if (time.now > stopped.at + STOP_GRACE_MS)
				history.complaints.push('it went on after the stop');
			if (results.every(({ status }) => status === 'fulfilled')) return end(true);
			if (time.clock.cancelled()) return end(false);
			// With Continue On Fail n8n tries again only where the first item failed.
			if (schedule.continueOnFail && results[0]?.status === 'fulfilled') return end(true);
			await time.pass(1_000, false);
		}
		return end(schedule.continueOnFail);
	}

	async function item(
		run: NodeRun<Delivered>,
		itemIndex: number,
		round: Round,
		noted: Run,
		stopped: { readonly at: number },
	): Promise<Delivered> {
		run.start(itemIndex, () => ({
			concurrency: schedule.concurrency,
			stopsOnFailure: !schedule.continueOnFail,
			items: schedule.prompts.length,
			tries: { most: calmed ? 1 : schedule.maxTries, pauseMs: 1_000 },
			cancelled: () => stopped.at < Infinity,
		}));
		await Promise.resolve();
		return await run
			.takeTurn(itemIndex, async () => await buyItem(run, itemIndex, round, noted))
			.catch((cause: unknown) => {
				if (!(cause instanceof PurchaseFailure))
					history.complaints.push(`not foreseen: ${String(cause)}`);
				else history.failures.push({ report: cause.report, at: time.now });
				throw cause;
			});
	}

	async function buyItem(
		run: NodeRun<Delivered>,
		itemIndex: number,
		round: Round,
		noted: Run,
	): Promise<Delivered> {
		const isKnownPaid = (hash: string) =>
			sent.some((one) => one.paymentHash === hash && one.memory === memory) &&
			wallet.timesPaid(hash) > 0;
		const other = () => strangeWallet(wallet, ofStrangeWallet, isKnownPaid);
		const payer = round.wallet === 'other' ? other() : wallet;
		const json = JSON.stringify({ prompt: schedule.prompts[itemIndex] });
		const url = `${SERVICE_URL}/api`;
		const body = encodeBody(json, undefined);
		const digest = orderDigest(url, json, undefined);
		const order = { operation: 'test', url, json, body, digest, itemIndex, skipDedup: false };
		const { clock } = time;
		return await buy<Delivered>(
			order,
			{
				network: 'regtest',
				maxPriceMsat: 50_000n,
				maxPaymentMsat: 1_000_000n,
				maxFeeMsat: BigInt(schedule.maxFeeSat) * 1000n,
				maxTotalMsat: schedule.maxTotalSat === null ? null : BigInt(schedule.maxTotalSat) * 1000n,
				paymentTimeoutMs: PAYMENT_TIMEOUT_MS,
				requestTimeoutMs: REQUEST_TIMEOUT_MS,
			},
			{
				clock,
				ledger: run.ledger,
				shelf: run.shelf,
				service: serviceOver(service.http, clock, REQUEST_TIMEOUT_MS),
				serviceUrl: SERVICE_URL,
				wallet: 'lnd',
				walletKey: { same: 'feed', moved: 'fade', other: 'beef' }[round.wallet],
				buyer: 'b0b0',
				day: null,
				refunds: null,
				payer: {
					notFoundFinalAfterMs: wallet.notFoundFinalAfterMs,
					lookupPayment: async (...call) => await payer.lookupPayment(...call),
					payInvoice: async (...call) => {
						const paying = payer.payInvoice(...call);
						notePayment(itemIndex, call[0].paymentHash, noted);
						return await paying;
					},
				},
				store: async (picture, { paymentHash }) => {
					const fails = !calmed && schedule.fates.store[stores++] === 'fails';
					if (fails) throw new Error('disk full');
					if (picture.mimeType !== 'image/png')
						history.complaints.push('what was stored is no picture');
					const delivered = { itemIndex, paymentHash, execution: wallet.execution };
					history.delivered.push(delivered);
					return delivered;
				},
			},
		);
	}

	function isStrangersToo(other: SentPayment, own: SentPayment): boolean {
		const isSame = other.paymentHash === own.paymentHash;
		return isSame && other.execution !== own.execution && other.memory !== own.memory;
	}

	/** Called before each pay call: nothing of the same item may be open elsewhere. */
	function notePayment(itemIndex: number, paymentHash: string, { paidFor, begunWith }: Run): void {
		if (paymentHash === pool.expensive.paymentHash)
			history.complaints.push('an invoice above the limit was paid');
		const { execution } = wallet;
		const suspect = (complaint: string) => suspicions.push({ execution, complaint });
		const before = [...sent];
		const isInBooks = begunWith?.open[paymentHash] !== undefined;
		sent.push({ itemIndex, paymentHash, execution, memory, isInBooks });
		paidFor.set(itemIndex, (paidFor.get(itemIndex) ?? new Set()).add(paymentHash));
		const delivered = new Set(history.delivered.map((item) => item.paymentHash));
		// Equal prompts may finish each other's purchases.
		const twins = schedule.prompts.filter((prompt) => prompt === schedule.prompts[itemIndex]);
		if (twins.length > 1) return;
		// A run that fails throws its items away; n8n's Retry of it must find them again.
		const had = history.delivered.some(
			(item) =>
				item.itemIndex === itemIndex &&
				item.execution === wallet.execution &&
				item.paymentHash !== null,
		);
		if (had && !schedule.continueOnFail) {
			suspect('an item was bought again that the failed execution had delivered');
		}
		for (const earlier of before) {
			const reachable = earlier.execution === wallet.execution || earlier.memory === memory;
			if (!reachable || earlier.itemIndex !== itemIndex) continue;
			if (earlier.paymentHash === paymentHash || delivered.has(earlier.paymentHash)) continue;
			if (wallet.timesPaid(earlier.paymentHash) === 0) continue;
			// The service had sold it before, to a process of which this one knows nothing.
			if (before.some((other) => isStrangersToo(other, earlier))) continue;
			suspect('an item was bought again while its first purchase was open');
		}
	}
}
