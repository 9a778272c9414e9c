import { PRICE_MSAT } from './invoicePool';
import type { History, SentPayment } from './runSchedule';
import { MINUTE_MS } from './schedule';

/** What must hold after every schedule, whatever went wrong in it. Returns what does not. */
export function violations(history: History): string[] {
	const { wallet, service, schedule } = history;
	const found = [...history.complaints, ...wallet.complaints, ...service.complaints];
	const delivered = new Set(history.delivered.map(({ paymentHash }) => paymentHash));
	for (const paymentHash of wallet.attempts.keys()) {
		const times = wallet.timesPaid(paymentHash);
		if (times > 1) found.push(`one invoice was paid ${times} times`);
		if (times > 0 && !delivered.has(paymentHash) && !canBeFinished(history, paymentHash)) {
			found.push('a paid picture is neither delivered nor can it be finished');
		}
	}
	const shared = sharedInvoices(history);
	for (const { execution, paidFor, paidAtEnd } of history.runs) {
		// What the same execution has sent after this run, with older books, is not this run's doing.
		const isBlind = history.blind.has(execution);
		for (const hashes of paidFor.values()) {
			const paid = [...hashes].filter(
				(hash) => !shared.has(hash) && (isBlind ? paidAtEnd.has(hash) : wallet.timesPaid(hash) > 0),
			);
			if (paid.length > 1) found.push(`one item was paid ${paid.length} times in one run`);
		}
	}
	const { maxTotalSat } = schedule;
	for (let execution = 0; execution <= wallet.execution; execution += 1) {
		const spentMsat = wallet.spentMsat(execution, PRICE_MSAT);
		if (history.blind.has(execution)) continue;
		if (maxTotalSat !== null && spentMsat > maxTotalSat * 1000) {
			found.push(`${spentMsat} msat were spent, ${maxTotalSat} sat were allowed`);
		}
	}
	for (const { report, at } of history.failures) {
		const { code, payment, spent } = report;
		const paymentHash = payment?.paymentHash ?? '';
		const isItsOwn = !shared.has(paymentHash);
		if (spent === 'no' && isItsOwn && wallet.wasSentBy(paymentHash, at)) {
			found.push(`${code} said that nothing was spent`);
		}
		if (spent !== 'no' && (payment === undefined || payment.token === '')) {
			found.push(`${code} does not say how to finish`);
		}
	}
	// Without a final *not found* a payment that got lost on its way stays unknown for a day.
	const isSoonFinal = schedule.notFoundFinalAfterMs === MINUTE_MS;
	// What a forger or another wallet has left behind stands in the way for longer than that, and a
	// Retry with older books is refused what another has delivered.
	const isClear = schedule.rounds.every(
		({ forgery, wallet: chosen, stale, copies }) =>
			forgery !== 'dear' && chosen === 'same' && !stale && copies === 1,
	);
	// After a lost line nothing but the proof ends a purchase for a day.
	const isEndedBySight = schedule.fates.pay.every(({ fate }) => fate.says !== 'lostLine');
	const isAllKnown = isSoonFinal && isClear && isEndedBySight;
	if (maxTotalSat === null && isAllKnown && !schedule.continueOnFail) {
		const missing = schedule.prompts.findIndex(
			(_, index) => !history.delivered.some(({ itemIndex }) => itemIndex === index),
		);
		if (missing >= 0)
			found.push(`item ${missing} never got a picture although all was well at last`);
	}
	return found;
}

/**
 * Invoices that the service offered twice, and both times rightly taken: to another item after one
 * had failed to pay it, or to a process that knows nothing of the first: of another execution, or of one
 * that went on with older books. What the one paid says nothing of the other.
 */
function sharedInvoices({ sent, blind }: History): Set<string> {
	const isForgotten = ({ execution, isInBooks }: SentPayment) => blind.has(execution) && !isInBooks;
	const shared = sent.filter((one, at) =>
		sent.some((other, otherAt) => {
			if (other.paymentHash !== one.paymentHash) return false;
			if (other.itemIndex !== one.itemIndex) return true;
			if (other.memory === one.memory) return false;
			return other.execution !== one.execution || (otherAt < at && isForgotten(one));
		}),
	);
	return new Set(shared.map(({ paymentHash }) => paymentHash));
}

/** Whether token, invoice and hash of a paid purchase are in an error or in a saved ledger. */
function canBeFinished({ failures, ledgers }: History, paymentHash: string): boolean {
	const inError = failures.some(
		({ report: { payment } }) =>
			payment?.paymentHash === paymentHash && payment.token !== '' && payment.invoice !== null,
	);
	return inError || ledgers.some((ledger) => ledger?.open[paymentHash]?.invoice !== undefined);
}
