import type { IExecuteSingleFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Clock } from '../l402/clock';
import { processMemory } from '../purchase/books/purchaseMemory';
import type { NodeRun } from '../purchase/nodeRun';
import { readPaidElsewhere } from '../purchase/redeem';
import { PurchaseFailure } from '../purchase/report/failure';
import { connectCredentialWallet } from './credentialWallet';
import type { RequestHelper } from './n8nHttp';
import type { Settings } from './parameters';

/** What the way of paying needs. It is read and checked before the picture is read. */
export async function prepare(
	ctx: IExecuteSingleFunctions,
	settings: Settings,
	request: RequestHelper,
	clock: Clock,
	{ met, ledger }: NodeRun<INodeExecutionData>,
) {
	switch (settings.payment) {
		case 'invoiceOnly':
			return { by: 'quote' as const };
		case 'redeem': {
			const token: unknown = ctx.getNodeParameter('token', '');
			const preimage: unknown = ctx.getNodeParameter('preimage', '');
			return { by: 'redeem' as const, paid: readPaidElsewhere(token, preimage) };
		}
		case 'payQuote':
		case 'wallet':
			return await connectCredentialWallet(ctx, request, clock, settings, met).then(
				(connected) => ({ by: 'wallet' as const, ...connected }),
				(cause: unknown) => {
					// What is paid is redeemed all the same, and what may be paid is told.
					const mayBeOpen = ledger.family.committedMsat > 0n || processMemory.isAnythingOpen;
					if (!(cause instanceof PurchaseFailure) || !mayBeOpen) throw cause;
					return { by: 'nobody' as const, trouble: cause };
				},
			);
	}
}
