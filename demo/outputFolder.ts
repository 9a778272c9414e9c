import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Audit } from './audit';
import { OUTPUT_FOLDER } from './commandLine';
import { contactSheet } from './contactSheet';
import { page } from './page';
import type { Photograph } from './photographs';
import type { Purchase } from './purchases';

const SHEET = 'contact-sheet.jpg';

/** A picture in the folder, bought or brought along. */
interface Shown {
	readonly fileName: string;
	readonly title: string;
	readonly detail: string;
	readonly bytes: Buffer;
}

/** Writes pictures, receipts and overviews. The demo's own folder is emptied first, another is not. */
export async function writeOutput(
	folder: string,
	photographs: readonly Photograph[],
	purchases: readonly Purchase[],
	audit: Audit,
): Promise<void> {
	if (folder === OUTPUT_FOLDER) await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	const rows = (photographs.length === 0 ? [null] : photographs).map((photograph, index) => [
		...(photograph === null ? [] : [original(photograph, index)]),
		...purchases.filter((purchase) => purchase.photograph === photograph).map(bought),
	]);
	for (const { fileName, bytes } of rows.flat()) await writeFile(join(folder, fileName), bytes);
	await writeFile(join(folder, 'receipts.json'), receipts(purchases, audit));
	if (purchases.length === 0) return;
	const tiles = rows.map((row) => row.map(({ bytes, title }) => ({ bytes, caption: title })));
	await writeFile(join(folder, SHEET), await contactSheet(tiles));
	await writeFile(join(folder, 'index.html'), page('Sats4AI demo', rows));
}

function original({ fileName, stem, extension, bytes }: Photograph, index: number): Shown {
	const name = `${index + 1}-${stem}-0-original.${extension}`;
	return { fileName: name, title: 'Original', detail: fileName, bytes };
}

function bought(purchase: Purchase): Shown {
	const { fileName, step, bytes, width, height, priceSat, paymentHash } = purchase;
	const detail = `${width} × ${height}, payment ${paymentHash}`;
	return { fileName, title: `${step.title}, ${priceSat} sats`, detail, bytes };
}

/** What was paid for what, for a bookkeeper or a script. */
function receipts(purchases: readonly Purchase[], audit: Audit): string {
	const content = {
		network: 'regtest',
		payments: purchases.map((purchase) => ({
			file: purchase.fileName,
			operation: purchase.step.operation,
			madeFrom: purchase.photograph?.fileName ?? null,
			priceSat: purchase.priceSat,
			feeMsat: purchase.feeMsat,
			paymentHash: purchase.paymentHash,
			preimage: purchase.preimage,
			wallet: purchase.wallet,
			paidAt: purchase.paidAt,
			mimeType: purchase.mimeType,
			width: purchase.width,
			height: purchase.height,
			sha256: createHash('sha256').update(purchase.bytes).digest('hex'),
		})),
		total: { priceSat: audit.priceSat, feeMsat: audit.feeMsat },
		wallet: {
			balanceBeforeMsat: audit.balanceBeforeMsat,
			balanceAfterMsat: audit.balanceAfterMsat,
		},
		problems: audit.problems,
	};
	return `${JSON.stringify(content, null, '\t')}\n`;
}
