import { plainPicture } from '../../../sandbox/pictures/plainPicture';
import { sha256Hex } from '../../../sandbox/requestLog';
import type { Row } from '../rig/dataTable';
import { isClosed, type Outbox } from './outbox';

/** What stands in the books at the end, the wallet's, the service's and the folder's. */
export interface Tally {
	/** Of the wallet; and invoices that the service counts as paid. */
	readonly payments: number;
	readonly paidInvoices: number;
	/** Pay calls beyond the first for an invoice. */
	readonly payCallsTooMany: number;
	/** Photographs that were paid for more than once. */
	readonly paidTwice: number;
	/** Different pictures in the folder, and how many files hold one that is there already. */
	readonly uploaded: number;
	readonly uploadedAgain: number;
	/** Paid for, and not in the folder. */
	readonly lost: number;
	/** Rows that a sweep had in hand; rows beside an earlier one; rows that are not done. */
	readonly swept: number;
	readonly double: number;
	readonly open: readonly Row[];
}

/** The books, once all is done that will be. */
export async function tallyOf(outbox: Outbox, sent: readonly number[]): Promise<Tally> {
	const { sandbox, drive } = outbox.orders;
	const paid = outbox.orders.paidFor(sent);
	const perPhotograph = new Map<string, number>();
	for (const { bodySha256 } of paid) {
		perPhotograph.set(bodySha256, (perPhotograph.get(bodySha256) ?? 0) + 1);
	}
	const files = drive.sha256In('IN_COLOR');
	const uploaded = new Set(files);
	const settled = sandbox.wallet.payments.filter(({ status }) => status !== 'failed');
	const rows = await outbox.table.rows();
	return {
		payments: settled.length,
		paidInvoices: sandbox.ledger.filter(({ paidAt }) => paidAt !== null).length,
		payCallsTooMany: sandbox.wallet.payments.reduce((sum, { payCalls }) => sum + payCalls - 1, 0),
		paidTwice: [...perPhotograph.values()].filter((payments) => payments > 1).length,
		uploaded: uploaded.size,
		uploadedAgain: files.length - uploaded.size,
		lost: paid.filter(({ serial }) => !uploaded.has(sha256Hex(plainPicture(serial).bytes))).length,
		swept: rows.filter(({ tries }) => Number(tries) > 0).length,
		double: rows.filter(({ status }) => status === 'double').length,
		open: rows.filter((row) => !isClosed(row)),
	};
}
