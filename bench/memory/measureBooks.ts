import { createHash, randomBytes } from 'node:crypto';
import { ExecutionBooks } from '../../nodes/Sats4Ai/purchase/books/executionBooks';
import { unserved } from '../../nodes/Sats4Ai/purchase/books/lapse';
import { Ledger } from '../../nodes/Sats4Ai/purchase/books/ledger';
import type { OpenPurchase } from '../../nodes/Sats4Ai/purchase/books/openPurchase';
import { PurchaseMemory } from '../../nodes/Sats4Ai/purchase/books/purchaseMemory';
import { DAY_MS, HOUR_MS, openPurchase } from '../../test/purchase/openPurchases';
import { idleMemory } from './peakSampler';

const PURCHASES = 100_000;

/** Every way in which a purchase can end, as the memory of the process sees it. */
const ENDINGS: ReadonlyArray<(purchase: OpenPurchase, ledger: Ledger, now: number) => void> = [
	(purchase, ledger) => ledger.close(purchase, 'delivered'),
	(purchase, ledger) => ledger.close(purchase, 'unpaid'),
	(purchase, ledger) => {
		const invoiceHash = randomBytes(32).toString('hex');
		const link = `https://refund.example/${purchase.paymentHash}`;
		ledger.refundBook.enter(purchase.paymentHash, link, invoiceHash);
		ledger.close(purchase, 'refunded');
	},
	// Refused for good: gone in an hour.
	({ paymentHash }, ledger, now) => ledger.update(paymentHash, { ...PAID, refusedAt: now }),
	// Not served, and let go when that has gone on for a day.
	(purchase, ledger, now) => {
		const first = { ...PAID, ...unserved(purchase, now) };
		ledger.update(purchase.paymentHash, first);
		ledger.update(purchase.paymentHash, unserved({ ...purchase, ...first }, now + 2 * DAY_MS));
	},
	// Nobody knows: gone in four weeks.
	({ paymentHash }, ledger) => ledger.update(paymentHash, { imageUrl: null }),
];
const PAID = { status: 'paid', preimage: '00'.repeat(32) } as const;

/**
 * What the process still holds after so many purchases that ended in every way, in executions of
 * `each` items: in bytes, when all have ended.
 */
async function heldAfter(each: number, purchases = PURCHASES): Promise<number> {
	const idle = await idleMemory();
	let now = Date.UTC(2026, 0, 1);
	const memory = new PurchaseMemory(() => now);
	const clock = { elapsedMs: () => now };
	for (let made = 0; made < purchases; made += each) {
		const ledger = new Ledger(new ExecutionBooks(null, memory, () => undefined), clock, 0);
		for (let item = 0; item < each; item += 1) {
			const purchase = purchaseOf(ledger, item, now);
			ledger.begin(purchase, { url: 'https://service.example/api', json: '{}' }, null);
			ledger.arrivals.leave(purchase.paymentHash, HOUR_MS);
			ENDINGS[(made + item) % ENDINGS.length]?.(purchase, ledger, now);
			ledger.release(purchase.paymentHash);
			now += (50 * DAY_MS) / purchases;
		}
	}
	// A month later all are over; the next purchase finds that.
	now += 30 * DAY_MS;
	const last = new Ledger(new ExecutionBooks(null, memory, () => undefined), clock, 0);
	last.begin(purchaseOf(last, 0, now), { url: '', json: '{}' }, null);
	const rest = await idleMemory();
	// Held until here.
	memory.knows('');
	return rest.held - idle.held;
}

function purchaseOf(ledger: Ledger, itemIndex: number, now: number): OpenPurchase {
	const paymentHash = randomBytes(32).toString('hex');
	return openPurchase({
		digest: createHash('sha256').update(paymentHash).digest('hex'),
		itemIndex,
		buyer: 'b0b0'.repeat(8),
		family: ledger.family.id,
		// As long as they come from the service.
		token: randomBytes(150).toString('base64'),
		invoice: `lnbc50n1${randomBytes(150).toString('hex')}`,
		paymentHash,
		expiresAt: now + HOUR_MS,
		walletKey: 'feedfeedfeedfeed',
	});
}

/** Measures what 100,000 ended purchases leave behind, in executions of several sizes. */
export async function measureBooks(): Promise<string> {
	await heldAfter(100, 3_000);
	const lines: string[] = [];
	for (const each of [1, 100, 10_000]) {
		const heldMb = (await heldAfter(each)) / 1e6;
		const goal = heldMb < 20 ? 'met' : 'missed';
		lines.push(
			`${PURCHASES} ended purchases, ${each} an execution: ${heldMb.toFixed(1)} MB held; below 20: ${goal}`,
		);
	}
	return lines.join('\n');
}
