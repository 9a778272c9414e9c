import { join, relative } from 'node:path';
import type { IRun } from 'n8n-workflow';
import type { LedgerEntry } from '../sandbox/ledger';
import type { Sandbox } from '../sandbox/startSandbox';
import type { Audit } from './audit';
import { callersFolder } from './commandLine';
import { duration } from './progress';
import type { Purchase } from './purchases';
import { textTable } from './table';

const COLUMNS = [
	{ title: 'Operation', align: 'left' },
	{ title: 'Price', align: 'right' },
	{ title: 'Fee', align: 'right' },
	{ title: 'Payment hash', align: 'left' },
	{ title: 'Time', align: 'right' },
	{ title: 'Size', align: 'right' },
	{ title: 'File', align: 'left' },
] as const;

/** What is about to happen. */
export function welcome(
	{ serviceUrl, walletUrl }: Pick<Sandbox, 'serviceUrl' | 'walletUrl'>,
	trouble: readonly string[],
): string {
	const warning = trouble.length === 0 ? '' : `Trouble ahead:\n${bullets(trouble)}\n`;
	return `The built node buys pictures in n8n's own engine, from a stand-in for Sats4AI, with play money.

  Service  ${serviceUrl}
  Wallet   ${walletUrl} (LNbits, regtest)

${warning}`;
}

/** A line for each picture. Time: from the invoice to the finished picture, in the service's books. */
export function purchaseTable(
	purchases: readonly Purchase[],
	ledger: readonly LedgerEntry[],
): string {
	const rows = purchases.map(({ step, priceSat, feeMsat, paymentHash, ...picture }) => {
		const entry = ledger.find((candidate) => candidate.paymentHash === paymentHash);
		const endedAt = entry?.fetchedAt ?? entry?.deliveredAt ?? null;
		return [
			step.title,
			String(priceSat),
			sats(feeMsat),
			`${paymentHash.slice(0, 8)}…${paymentHash.slice(-4)}`,
			entry === undefined || endedAt === null ? '' : duration(endedAt - entry.createdAt),
			`${picture.width} × ${picture.height}`,
			picture.fileName,
		];
	});
	return rows.length === 0 ? '' : `${textTable(COLUMNS, rows)}\n`;
}

/** What was spent, and whether all books agree on it. */
export function summary(purchases: readonly Purchase[], audit: Audit): string {
	const { priceSat, feeMsat, balanceBeforeMsat, balanceAfterMsat, problems } = audit;
	const pictures = purchases.length === 1 ? '1 picture' : `${purchases.length} pictures`;
	const spent = `Spent ${sats(balanceBeforeMsat - balanceAfterMsat)} sats of play money: ${priceSat} for ${pictures}, ${sats(feeMsat)} in routing fees.
The wallet held ${sats(balanceBeforeMsat)} sats and holds ${sats(balanceAfterMsat)}.
`;
	return problems.length === 0
		? `${spent}Service, wallet and receipts name the same payments with the same amounts.\n`
		: `${spent}\nThis does not add up:\n${bullets(problems)}`;
}

/** Why the workflow stopped, in the words n8n would show. */
export function failureOf(run: IRun): string | null {
	const { error, lastNodeExecuted } = run.data.resultData;
	if (error === undefined)
		return run.status === 'success' ? null : `The run ended as ${run.status}`;
	const description = error.description ? `\n${error.description}` : '';
	return `${lastNodeExecuted ?? 'The workflow'}: ${error.message}${description}`;
}

export function whereToLook(folder: string): string {
	const shown = (file: string) => relative(callersFolder(), join(folder, file));
	return `
  Look at    ${shown('index.html')}, or all on one sheet: ${shown('contact-sheet.jpg')}
  Receipts   ${shown('receipts.json')}
  In n8n     npm run sandbox: the same service and wallet for your own n8n, with what to fill in
`;
}

function bullets(lines: readonly string[]): string {
	return lines.map((line) => `  - ${line}\n`).join('');
}

function sats(msat: number): string {
	return (msat / 1000).toLocaleString('en', { maximumFractionDigits: 3 });
}
