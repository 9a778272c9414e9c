import type { IDataObject, INodeType } from 'n8n-workflow';
import { execute } from '../../sandbox/engine/engine';
import { startSandbox, type Sandbox } from '../../sandbox/startSandbox';
import type { FailureReport } from '../../nodes/Sats4Ai/purchase/report/failure';
import type { LedgerState } from '../../nodes/Sats4Ai/purchase/books/ledgerState';
import { isFullDepth } from '../depth';
import { startedNode } from '../engine/startedNode';
import type { EngineSchedule } from './engineSchedule';

const NODE = 'Generate';
const CONTEXT = `node:${NODE}`;
/** Enough for the slowest payment and for every link and credential to be tried again. */
const CALM_ROUNDS = 3;

/** Plays a schedule with the built node on n8n's engine, over HTTP. Resolves to what went wrong. */
export async function violationsOnEngine(schedule: EngineSchedule): Promise<string[]> {
	const sandbox = await startSandbox({
		pictures: 'plain',
		prices: { generateStandard: 100 },
		allowReplay: schedule.allowReplay,
		balanceSat: 1_000_000,
	});
	try {
		return await play(schedule, sandbox);
	} finally {
		await sandbox.close();
	}
}

const EMPTY: LedgerState = { family: '', spentMsat: '0', spent: {}, open: {}, delivered: {} };

interface Books {
	readonly ledgers: LedgerState[];
	readonly failures: FailureReport[];
}

async function play(schedule: EngineSchedule, sandbox: Sandbox): Promise<string[]> {
	const { ask, redeem, link, pay, lookup } = schedule.faults;
	ask.forEach((fault) => sandbox.faults.push({ at: 'ask', fault }));
	redeem.forEach((fault) => sandbox.faults.push({ at: 'redeem', fault }));
	link.forEach((fault) => sandbox.faults.push({ at: 'link', fault }));
	pay.forEach((fault) => sandbox.faults.push({ at: 'pay', fault }));
	lookup.forEach((fault) => sandbox.faults.push({ at: 'lookup', fault }));
	const books: Books = { ledgers: [], failures: [] };
	const found: string[] = [];
	let node = startedNode();
	let context: Record<string, IDataObject> = {};
	const first = { kind: 'again', memoryLost: false, stopAfterMs: null } as const;
	const calm = { kind: 'retry', memoryLost: false, stopAfterMs: null } as const;
	const rounds = [first, ...schedule.rounds, ...Array<typeof calm>(CALM_ROUNDS).fill(calm)];
	for (const [index, round] of rounds.entries()) {
		if (index === rounds.length - CALM_ROUNDS) sandbox.faults.clear();
		if (round.memoryLost) node = startedNode();
		if (round.kind === 'again') books.ledgers.push(EMPTY);
		const saved = round.kind === 'again' ? {} : clone(context);
		const run = await runOnce(schedule, sandbox, node, saved, round.stopAfterMs);
		context = run.context;
		const ledger = (context[CONTEXT]?.sats4Ai ?? books.ledgers.at(-1)) as LedgerState;
		books.ledgers[books.ledgers.length - 1] = clone(ledger);
		books.failures.push(...run.failures);
		// n8n offers a Retry of what has failed alone.
		if (round === calm && run.hasEndedWell && !isFullDepth()) break;
	}
	return [...found, ...judge(schedule, sandbox, books)];
}

async function runOnce(
	schedule: EngineSchedule,
	sandbox: Sandbox,
	node: INodeType,
	contextData: Record<string, IDataObject>,
	stopAfterMs: number | null,
) {
	const execution = execute({
		node,
		contextData,
		// Any other is reckoned with anew for each expression.
		workflowSettings: { timezone: 'UTC' },
		credential: {
			wallet: 'lnbits',
			url: sandbox.walletUrl,
			adminKey: sandbox.adminKey,
			network: 'regtest',
			maxPaymentSat: 500,
		},
		items: schedule.prompts.map((prompt) => ({ json: { prompt: `scene ${prompt}` } })),
		steps: [
			{
				name: NODE,
				parameters: {
					operation: 'generateImage',
					prompt: '={{ $json.prompt }}',
					model: 'Standard',
					maxPriceSat: 300,
					options: {
						baseUrl: sandbox.serviceUrl,
						concurrency: schedule.concurrency,
						maxTotalSat: schedule.maxTotalSat,
						paymentTimeout: 1,
						requestTimeout: 2,
					},
				},
				settings: {
					retryOnFail: schedule.maxTries > 1,
					maxTries: schedule.maxTries,
					waitBetweenTries: 1,
					onError: schedule.continueOnFail ? 'continueRegularOutput' : 'stopWorkflow',
				},
			},
		],
	});
	const timer = stopAfterMs === null ? undefined : setTimeout(() => execution.stop(), stopAfterMs);
	const run = await execution.run;
	clearTimeout(timer);
	const { error, runData } = run.data.resultData;
	const thrown = error !== undefined && 'context' in error ? error.context?.data : undefined;
	const items = runData[NODE]?.at(-1)?.data?.main?.[0] ?? [];
	const failures = [thrown, ...items.map(({ json }) => json.error)].filter(
		(report) => report !== undefined,
	) as unknown as FailureReport[];
	const hasEndedWell = error === undefined && failures.length === 0;
	return { context: clone(run.data.executionData?.contextData ?? {}), failures, hasEndedWell };
}

/** The wallet's books, the service's and the node's must agree. */
function judge(schedule: EngineSchedule, sandbox: Sandbox, { ledgers, failures }: Books): string[] {
	const found = sandbox.leaks.map(
		(leak) => `a secret got where it must not: ${JSON.stringify(leak)}`,
	);
	const paid = new Map<string, number>();
	for (const { paymentHash, status, amountMsat } of sandbox.wallet.payments) {
		if (status !== 'success') continue;
		if (paid.has(paymentHash)) found.push('one invoice was paid twice');
		paid.set(paymentHash, amountMsat);
	}
	let bookedMsat = 0n;
	const booked = new Set<string>();
	for (const ledger of ledgers) {
		bookedMsat += BigInt(ledger.spentMsat);
		for (const { paymentHash, amountMsat, family } of Object.values(ledger.open)) {
			if (booked.has(paymentHash) || family !== ledger.family) continue;
			booked.add(paymentHash);
			if (paid.has(paymentHash)) bookedMsat += BigInt(amountMsat);
		}
		const limitMsat = BigInt(schedule.maxTotalSat) * 1000n;
		if (limitMsat > 0n && BigInt(ledger.spentMsat) > limitMsat)
			found.push('the budget was exceeded');
	}
	const paidMsat = [...paid.values()].reduce((sum, msat) => sum + BigInt(msat), 0n);
	// What a later execution finishes, it books too; the earlier one's saved copy is then stale.
	const exact = ledgers.length === 1;
	if (exact ? paidMsat !== bookedMsat : paidMsat > bookedMsat) {
		found.push(`${paidMsat} msat left, ${bookedMsat} msat are booked`);
	}
	for (const { code, spent, payment } of failures) {
		if (spent !== 'no' && payment?.token === undefined)
			found.push(`${code} does not say how to finish`);
	}
	return found;
}

function clone<Value>(value: Value): Value {
	return JSON.parse(JSON.stringify(value)) as Value;
}
