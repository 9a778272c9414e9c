/** A mistake somebody could make, as a change of the source. The model test must notice it. */
export interface Mutant {
	readonly mistake: string;
	/** Under nodes/Sats4Ai. */
	readonly file: string;
	/** Must stand in the file exactly once. */
	readonly find: string;
	readonly replace: string;
	/** Where it takes more than a few: the number of the schedule that does, with the seed of `mutants.test.ts`. */
	readonly foundBy?: number;
	/** Of the schedules, where those of the usual seed do not notice it. */
	readonly seed?: number;
}

export const mutants: readonly Mutant[] = [
	{
		mistake: 'skip the record before the wallet is called',
		file: 'purchase/books/ledger.ts',
		find: "this.put(purchase);\n\t\tthis.noteForItem(purchase, purchase);\n\t\tthis.books.noteSpent();\n\t\treturn 'begun';",
		replace: "return 'begun';",
	},
	{
		mistake: 'keep the record in process memory alone',
		file: 'purchase/books/executionBooks.ts',
		find: 'open[paymentHash] = kept;',
		replace: '',
		foundBy: 38,
	},
	{
		mistake: 'ask for a new invoice while the old payment is unknown',
		file: 'purchase/settle.ts',
		find: "if (settlement.status !== 'failed') return recordSettlement",
		replace: "if (settlement.status === 'paid') return recordSettlement",
		foundBy: 13,
	},
	{
		mistake: 'treat unknown as failed',
		file: 'l402/follow.ts',
		find: ": { status: 'unknown', reason: together(words, outcome), ...lost };",
		replace: ": { status: 'failed', cause: 'other', reason: together(words, outcome) };",
	},
	{
		mistake: 'believe the first failure after a call without an answer',
		file: 'l402/follow.ts',
		find: 'let mayBeStale = unanswered !== null;',
		replace: 'let mayBeStale = false;',
		foundBy: 71,
	},
	{
		mistake: 'treat a payment without preimage as failed',
		file: 'l402/follow.ts',
		find: "? { status: 'unproven', reason:",
		replace: "? { status: 'failed', cause: 'other', reason:",
		foundBy: 35,
	},
	{
		mistake: 'believe *not found* at once',
		file: 'l402/payment.ts',
		find: 'if (overdueMs(earlier, clock) > Math.max(payer.notFoundFinalAfterMs, doubtMs)) {',
		replace: 'if (overdueMs(earlier, clock) > -Infinity) {',
		foundBy: 13,
	},
	{
		mistake: 'believe a wallet that lost its node and calls the payment failed',
		file: 'l402/follow.ts',
		find: 'const isBelieved = saidPaid === 0 && !isLineLost;',
		replace: 'const isBelieved = saidPaid === 0;',
		foundBy: 13,
	},
	{
		mistake: 'forget that the wallet lost its node',
		file: 'purchase/settle.ts',
		find: 'isLineLost: purchase.isLineLost === true,',
		replace: 'isLineLost: false,',
		foundBy: 84,
	},
	{
		mistake: 'believe *not found* of a wallet that lost its node soon after the expiry',
		file: 'l402/payment.ts',
		find: 'earlier.isLineLost ? LINE_LOST_COUNTS_FOR_MS : 0',
		replace: '0',
		foundBy: 231,
	},
	{
		mistake: 'take the refusal of a second pay call for the end of the first',
		file: 'l402/payment.ts',
		find: 'refused ? unsure : again, isLineLost);',
		replace: 'again ?? unsure, isLineLost);',
		foundBy: 460,
	},
	{
		mistake: 'send a preimage without checking it',
		file: 'l402/follow.ts',
		find: 'preimage !== null && preimageProves(preimage, invoice.paymentHash)',
		replace: 'preimage !== null',
	},
	{
		mistake: 'check the budget too late',
		file: 'purchase/books/ledger.ts',
		find: 'return maxTotalMsat === null ||',
		replace: 'return true ||',
	},
	{
		mistake: 'leave what is reserved out of the budget',
		file: 'purchase/books/executionBooks.ts',
		find: 'if (purchase.family !== this.family.id) return;',
		replace: "if (purchase.family !== this.family.id || purchase.status === 'paying') return;",
		foundBy: 16,
	},
	{
		mistake: 'leave the fees out of the budget',
		file: 'purchase/books/openPurchase.ts',
		find: 'return BigInt(purchase.amountMsat) + BigInt(feeMsat ?? purchase.maxFeeMsat);',
		replace: 'return BigInt(purchase.amountMsat) + 0n * BigInt(feeMsat ?? 0);',
	},
	{
		mistake: 'forget what was spent once it is delivered',
		file: 'purchase/books/family.ts',
		find: 'this.learn(attempt, this.spentBy(attempt) + msat);',
		replace: 'this.learn(attempt, this.spentBy(attempt) + 0n * msat);',
		foundBy: 22,
	},
	{
		mistake: 'pay an adopted invoice outside the budget',
		file: 'purchase/books/ledger.ts',
		find: 'if (!this.fits(committedMsat(purchase), maxTotalMsat)) return false;',
		replace: '',
		foundBy: 4_480,
		seed: 6,
	},
	{
		mistake: 'drop the results that a try has delivered',
		file: 'purchase/nodeRun.ts',
		find: 'this.kept.set(itemIndex, item);',
		replace: '',
		foundBy: 26,
	},
	{
		mistake: 'buy again what a failed execution had delivered',
		file: 'purchase/buy.ts',
		find: 'if (kept !== undefined) return kept;',
		replace: '',
		foundBy: 13,
	},
	{
		mistake: 'close a purchase before its picture is stored',
		file: 'purchase/deliver.ts',
		find: 'const payment = paymentRecord(purchase);',
		replace:
			"const payment = paymentRecord(purchase);\n\tports.ledger.close(purchase, 'delivered');",
		foundBy: 13,
	},
	{
		mistake: 'give a purchase up when the service refuses it',
		file: 'purchase/deliver.ts',
		find: 'ledger.update(paymentHash, { refusedAt: clock.now() })',
		replace: "ledger.close(purchase, 'delivered')",
	},
	{
		mistake: 'never give a claim back',
		file: 'purchase/books/ledger.ts',
		find: 'this.holds.release(paymentHash);',
		replace: '',
		foundBy: 13,
	},
	{
		mistake: 'say that nothing was spent while nobody knows',
		file: 'purchase/report/failure.ts',
		find: "PAYMENT_UNKNOWN: 'unknown',",
		replace: "PAYMENT_UNKNOWN: 'no',",
	},
	{
		mistake: 'leave the way to finish out of the error',
		file: 'purchase/failures.ts',
		find: "return new PurchaseFailure('REDEEM_FAILED', message, RUN_AGAIN, { payment, service });",
		replace: "return new PurchaseFailure('REDEEM_FAILED', message, RUN_AGAIN, { service });",
		foundBy: 29,
	},
	{
		mistake: 'resend what saved books name above the limits of now',
		file: 'purchase/settle.ts',
		find: 'if (!isWithinLimits(decoded, terms)) return false;',
		replace: '',
		foundBy: 109,
	},
	{
		mistake: 'believe saved books about when an invoice expires',
		file: 'purchase/books/readPurchase.ts',
		find: '\t\texpiresAt,\n',
		replace: '\t\texpiresAt: Number(entry.expiresAt),\n',
		foundBy: 2_511,
	},
	{
		mistake: 'believe saved books that something is paid',
		file: 'purchase/books/readPurchase.ts',
		find: "status: preimage === null ? 'paying' : 'paid',",
		replace: "status: entry.status === 'paid' ? 'paid' : 'paying',",
		foundBy: 1_316,
	},
	{
		mistake: 'leave out what saved books say was spent',
		file: 'purchase/books/readState.ts',
		find: 'const spentMsat = String(sumOf(spent));',
		replace:
			"const spentMsat = String(sumOf(spent));\n\tfor (const key of Object.keys(spent)) spent[key] = '0';",
		foundBy: 56,
	},
	{
		mistake: 'take the word of another wallet for a proof',
		file: 'purchase/settle.ts',
		find: 'if (purchase.walletKey !== ports.walletKey) {',
		replace: "if (purchase.walletKey === '') {",
		foundBy: 95,
	},
	{
		mistake: 'find a purchase by its wallet, and lose it when that moves',
		file: 'purchase/books/purchaseMemory.ts',
		find: 'return `${buyer} ${digest}`;',
		replace: 'return `${buyer} ${digest} ${Math.random()}`;',
		foundBy: 26,
	},
	{
		mistake: 'let a wall clock end what may be on its way',
		file: 'l402/payment.ts',
		find: 'arrivesBy === null ? clock.now() - expiresAt : clock.elapsedMs() - arrivesBy;',
		replace: 'clock.now() - expiresAt + 0 * (arrivesBy ?? 0);',
		foundBy: 1_797,
	},
	{
		mistake: 'take what another Retry works on for none',
		file: 'purchase/books/earlier.ts',
		find: 'return elsewhere === undefined',
		replace: "return elsewhere === undefined || elsewhere.status === 'paid'",
		foundBy: 76,
	},
	{
		mistake: 'buy again what another Retry has delivered',
		file: 'purchase/books/earlier.ts',
		find: "if (delivered !== undefined) return { status: 'delivered', purchase: delivered };",
		replace: '',
		foundBy: 37,
	},
	{
		mistake: 'buy what another Retry has begun to buy meanwhile',
		file: 'purchase/books/ledger.ts',
		find: "if (isBegunMeanwhile(purchase, this.books, this.holds)) return 'elsewhere';",
		replace: '',
		foundBy: 107,
	},
	{
		mistake: 'give each Retry a budget of its own',
		file: 'purchase/books/executionBooks.ts',
		find: 'this.family = memory.familyOf(id);',
		replace: 'this.family = memory.familyOf(id.slice(0, 8) + this.attempt.slice(8));',
		foundBy: 24,
	},
];
