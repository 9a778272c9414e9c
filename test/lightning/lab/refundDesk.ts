import { randomUUID } from 'node:crypto';
import { readArrival } from '../../../sandbox/arrival';
import { openPort } from '../../../sandbox/openPort';
import { sendJson } from '../../../sandbox/send';
import type { Refund } from '../../../sandbox/service/errorEnvelope';
import { toLnurl } from '../../../sandbox/service/lnurl';
import { cut } from '../../../sandbox/transportFault';

/** Pays an invoice; false where that was paid already. */
export type PayOut = (invoice: string) => Promise<boolean>;

/** How an invoice that was handed in goes wrong: the line is cut before or after it is paid. */
export type DeskFault = 'cut' | 'cutAfter';

/** A service that gives money back by LNURL-withdraw (LUD-03), once for each refund. */
export interface RefundDesk {
	/** A new refund, as a paid call that failed names it. */
	offer(amountSat: number): Refund;
	/** What happens to the next invoices, one after the other. */
	readonly faults: DeskFault[];
	/** Every invoice that was handed in, however often. */
	readonly handedIn: readonly string[];
	stop(): Promise<void>;
}

export async function startRefundDesk(payOut: PayOut): Promise<RefundDesk> {
	const offered = new Map<string, { readonly maxMsat: number; isPaid: boolean }>();
	const handedIn: string[] = [];
	const faults: DeskFault[] = [];
	const port = await openPort('127.0.0.1', 0, async (request, response) => {
		const { path, origin, query } = readArrival(request);
		const [, id = '', step] = path.split('/');
		const refund = offered.get(id);
		const refuse = (reason: string) => sendJson(response, 200, { status: 'ERROR', reason });
		if (refund === undefined) return refuse('No such refund.');
		if (step === undefined) {
			sendJson(response, 200, {
				tag: 'withdrawRequest',
				callback: `${origin}/${id}/pay`,
				k1: id,
				defaultDescription: 'Refund',
				minWithdrawable: 1_000,
				maxWithdrawable: refund.maxMsat,
			});
			return;
		}
		const invoice = query.get('pr') ?? '';
		handedIn.push(invoice);
		const fault = faults.shift();
		if (fault === 'cut') return cut(response);
		if (refund.isPaid || query.get('k1') !== id) return refuse('Already claimed.');
		refund.isPaid = await payOut(invoice);
		if (fault === 'cutAfter') cut(response);
		else if (refund.isPaid) sendJson(response, 200, { status: 'OK' });
		else refuse('The invoice was paid already.');
	});
	return {
		faults,
		handedIn,
		offer(amountSat) {
			const id = randomUUID();
			offered.set(id, { maxMsat: amountSat * 1_000, isPaid: false });
			return {
				charge_id: id,
				refund_amount: amountSat,
				lnurl_withdraw: toLnurl(`${port.url}/${id}`),
				status: 'pending',
			};
		},
		stop: async () => await port.close(),
	};
}
