import { preimageProves } from '../../l402/preimage';
import type { MakeOutcome, Receiver, WantedInvoice } from '../../l402/receiver';
import { asText } from '../json';
import { failed, notMade, notTold, readMade } from '../madeInvoice';
import type { NwcReply, NwcRequest } from './exchange';
import { saidWhat } from './answer';

const MAKE = 'make_invoice';
const LOOK_UP = 'lookup_invoice';
/** A connection that will never be allowed to, unless its owner changes it. */
const NOT_ALLOWED = ['RESTRICTED', 'NOT_IMPLEMENTED', 'UNAUTHORIZED'];

/** Receiving over Nostr Wallet Connect (NIP-47): `make_invoice`, in msat. */
export function nwcReceiver(ask: (request: NwcRequest) => Promise<NwcReply>): Receiver {
	return {
		async makeInvoice(wanted) {
			const params = {
				amount: Number(wanted.amountMsat),
				description: wanted.memo,
				expiry: wanted.expirySeconds,
			};
			const { timeoutMs } = wanted;
			// What could not be looked up afterward is not asked for.
			const request = { method: MAKE, params, needs: [MAKE, LOOK_UP], once: true, timeoutMs };
			return made(await ask(request), wanted);
		},
		async lookupReceived(paymentHash, timeoutMs) {
			const params = { payment_hash: paymentHash };
			const request = { method: LOOK_UP, params, needs: [LOOK_UP], once: false, timeoutMs };
			const reply = await ask(request);
			if (reply.kind === 'error') return notTold(saidWhat(reply));
			if (reply.kind !== 'result') return notTold(reply.reason);
			const { result } = reply;
			const isOurs = asText(result.payment_hash).toLowerCase() === paymentHash;
			if (!isOurs || result.type !== 'incoming') {
				return notTold('the wallet shows no incoming payment');
			}
			// `state` came to the protocol in 2025. Before, `settled_at` says it, which LNbits sets for
			// what failed too, then without the right preimage.
			const isProven = preimageProves(result.preimage, paymentHash) && isTime(result.settled_at);
			const state = asText(result.state) || (isProven ? 'settled' : 'pending');
			if (state === 'settled') return { status: 'received' };
			return { status: state === 'expired' || state === 'failed' ? 'expired' : 'waiting' };
		},
	};
}

function made(reply: NwcReply, wanted: WantedInvoice): MakeOutcome {
	if (reply.kind === 'notSent') return notMade(reply);
	if (reply.kind === 'lost') return failed(reply.reason);
	if (reply.kind === 'error') {
		const cause = NOT_ALLOWED.includes(reply.code) ? 'unauthorized' : 'other';
		return notMade({ cause, reason: saidWhat(reply) });
	}
	return readMade(asText(reply.result.invoice), wanted, 'the wallet');
}

function isTime(value: unknown): boolean {
	return typeof value === 'number' && value > 0;
}
