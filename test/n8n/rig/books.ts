import assert from 'node:assert/strict';
import type { LedgerEntry } from '../../../sandbox/ledger';
import { plainPicture } from '../../../sandbox/pictures/plainPicture';
import { sha256Hex } from '../../../sandbox/requestLog';
import type { Sandbox } from '../../../sandbox/startSandbox';

/** What the sandbox's service and wallet have written down since a scenario began. */
export class Books {
	private readonly invoicesBefore: number;
	private readonly walletBefore: number;
	private readonly requestsBefore: number;
	private readonly balanceBeforeMsat: number;

	constructor(private readonly sandbox: Sandbox) {
		this.invoicesBefore = sandbox.ledger.length;
		this.walletBefore = sandbox.wallet.payments.length;
		this.requestsBefore = sandbox.requests.length;
		this.balanceBeforeMsat = sandbox.wallet.balanceMsat;
	}

	/** Invoices that were paid, in the order they were asked for. */
	get paid(): readonly LedgerEntry[] {
		return this.sandbox.ledger.slice(this.invoicesBefore).filter(({ paidAt }) => paidAt !== null);
	}

	get requests() {
		return this.sandbox.requests.slice(this.requestsBefore);
	}

	/** Requests with a proof of payment. */
	get paidRequests() {
		return this.requests.filter(({ authorizationPresent }) => authorizationPresent);
	}

	/** sha256 of the pictures that the paid invoices are for, sorted. The service drew plain ones. */
	get soldPictures(): string[] {
		return this.paid.map(({ serial }) => sha256Hex(plainPicture(serial).bytes)).sort();
	}

	/**
	 * Exactly so many payments, in the service's book and in the wallet's, none tried twice, none
	 * missing from the balance; and no secret anywhere it does not belong.
	 */
	expectPayments(count: number): void {
		assert.equal(this.paid.length, count, `${count} paid invoices expected`);
		const payments = this.sandbox.wallet.payments.slice(this.walletBefore);
		const settled = payments.filter(({ status }) => status !== 'failed');
		assert.equal(settled.length, count, `${count} payments of the wallet expected`);
		for (const { payCalls } of payments) assert.equal(payCalls, 1, 'an invoice was sent twice');
		const spentMsat = settled.reduce((sum, each) => sum + each.amountMsat + each.feeMsat, 0);
		assert.equal(this.balanceBeforeMsat - this.sandbox.wallet.balanceMsat, spentMsat);
		assert.deepEqual(this.sandbox.leaks, []);
		assert.deepEqual(this.sandbox.stranger.requests, []);
	}
}
