import { execute } from '../sandbox/engine/engine';
import { loadNode } from '../sandbox/engine/loadNode';
import { startSandbox, type Sandbox } from '../sandbox/startSandbox';
import { audit } from './audit';
import type { Wishes } from './commandLine';
import { writeOutput } from './outputFolder';
import type { Photograph } from './photographs';
import { planFor, workflowSteps } from './plan';
import { Progress, type Screen } from './progress';
import { purchasesOf, startItems } from './purchases';
import { failureOf, purchaseTable, summary, welcome, whereToLook } from './report';
import { planTrouble } from './trouble';

const ROUTING_FEE_MSAT = 1_000;

export type Buy = typeof demo;

/** Buys the pictures through n8n's own engine, with play money. Resolves to the exit code. */
export async function demo(
	photographs: readonly Photograph[],
	wishes: Wishes,
	out: Screen,
	problems: Screen,
): Promise<number> {
	const progress = new Progress(planFor(photographs, wishes.all), out);
	const sandbox = await startSandbox({
		routingFeeMsat: ROUTING_FEE_MSAT,
		log: () => progress.update(),
	});
	progress.follow(sandbox.ledger);
	const trouble = wishes.trouble ? planTrouble(sandbox.faults) : [];
	out.write(welcome(sandbox, trouble));
	return await buyPictures(
		sandbox,
		progress,
		photographs,
		wishes.outputFolder,
		out,
		problems,
	).finally(async () => await sandbox.close());
}

async function buyPictures(
	sandbox: Sandbox,
	progress: Progress,
	photographs: readonly Photograph[],
	outputFolder: string,
	out: Screen,
	problems: Screen,
): Promise<number> {
	const { plan } = progress;
	const balanceBeforeMsat = sandbox.wallet.balanceMsat;
	const run = await execute({
		node: loadNode(),
		steps: workflowSteps(plan, sandbox.serviceUrl),
		items: startItems(photographs),
		credential: {
			wallet: 'lnbits',
			url: sandbox.walletUrl,
			adminKey: sandbox.adminKey,
			network: 'regtest',
			maxPaymentSat: 1000,
		},
	}).run;
	progress.end();
	const failure = failureOf(run);
	const purchases = purchasesOf(run, plan, photographs);
	const expected = plan.length * Math.max(1, photographs.length);
	const books = await audit(sandbox, purchases, expected, balanceBeforeMsat);
	await writeOutput(outputFolder, photographs, purchases, books);
	out.write(`\n${purchaseTable(purchases, sandbox.ledger)}`);
	if (failure !== null) problems.write(`${failure}\n\n`);
	out.write(summary(purchases, books));
	if (purchases.length > 0) out.write(whereToLook(outputFolder));
	return failure === null && books.problems.length === 0 ? 0 : 1;
}
