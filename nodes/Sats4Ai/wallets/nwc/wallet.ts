import { exactSats } from '../../bolt11/amountText';
import type { PayableInvoice } from '../../l402/payer';
import { asArray, asInteger, asText, type JsonObject } from '../json';
import { readNetwork } from '../network';
import { readConnectionString } from './connectionString';
import { ask, type NwcReply, type NwcRequest } from './exchange';
import { readNwcLookup, readNwcPayment, saidWhat, settleNwcRefusal } from './answer';
import { giveBack, takeLine } from './lines';
import { saysNodeAway } from '../lostLine';
import { nwcReceiver } from './receiver';
import { nwcSpender } from './spending';
import { RECORD_TIMEOUT_MS } from '../refusal';
import type { Wallet, WalletBackend, WalletPorts, WalletUnavailable } from '../wallet';
import { nodeWebSocket } from './webSocket';

type Ask = (request: NwcRequest) => Promise<NwcReply>;

const PAY = 'pay_invoice';
const LOOK_UP = 'lookup_invoice';
const GET_INFO = 'get_info';
/** Relays may hold a request for a while, and not every wallet keeps a record of what it tried. */
const REQUEST_LINGERS_MS = 24 * 60 * 60 * 1_000;

/** Nostr Wallet Connect (NIP-47): Alby Hub, Coinos, Primal, Zeus and others. */
export const nwc: WalletBackend = {
	name: 'nwc',
	connect(settings, ports) {
		const connection = readConnectionString(settings.connectionString);
		const webSocket = ports.webSocket ?? nodeWebSocket();
		if (webSocket === undefined) return nwcWallet(withoutWebSocket, ports);
		const line = takeLine(connection, webSocket, ports);
		const wallet = nwcWallet(async (request) => await ask(line, request, ports), ports);
		return { ...wallet, close: once(async () => await giveBack(line, ports.sleep)) };
	},
};

function once(work: () => Promise<void>): () => void {
	let done: Promise<void> | null = null;
	return () => {
		done ??= work();
	};
}

async function withoutWebSocket(): Promise<NwcReply> {
	const reason =
		'Nostr Wallet Connect needs WebSocket, which Node.js has since version 22; run n8n on it or choose another wallet';
	return { kind: 'notSent', cause: 'unreachable', reason };
}

/** What Alby Hub sets aside for routing: 1 %, and at least 10 sat. The protocol has no limit. */
function nwcFeeReserveMsat(amountMsat: bigint): bigint {
	const percentMsat = (amountMsat + 99n) / 100n;
	return percentMsat > 10_000n ? percentMsat : 10_000n;
}

function nwcWallet(askWallet: Ask, ports: Pick<WalletPorts, 'now' | 'elapsedMs'>): Wallet {
	const lookup = async ({ paymentHash }: PayableInvoice, timeoutMs: number) => {
		const params = { payment_hash: paymentHash };
		const request = { method: LOOK_UP, params, needs: [LOOK_UP], once: false, timeoutMs };
		return readNwcLookup(await askWallet(request), paymentHash);
	};
	return {
		name: 'nwc',
		notFoundFinalAfterMs: REQUEST_LINGERS_MS,
		async payInvoice(invoice, { maxFeeMsat, timeoutMs }) {
			const reserveMsat = nwcFeeReserveMsat(invoice.amountMsat);
			if (reserveMsat > maxFeeMsat) {
				const reason = `a wallet behind Nostr Wallet Connect may take ${exactSats(reserveMsat)} for routing, and the limit is ${exactSats(maxFeeMsat)}`;
				return { status: 'notSent', cause: 'feeLimit', reason };
			}
			const params = { invoice: invoice.text };
			// What could not be looked up afterward is not paid.
			const request = { method: PAY, params, needs: [PAY, LOOK_UP], once: true, timeoutMs };
			const outcome = readNwcPayment(await askWallet(request), invoice.paymentHash);
			return outcome.status === 'refused'
				? settleNwcRefusal(outcome, await lookup(invoice, RECORD_TIMEOUT_MS))
				: outcome;
		},
		lookupPayment: lookup,
		...nwcReceiver(askWallet),
		...nwcSpender(askWallet, ports),
		async describe(timeoutMs) {
			const request = { params: {}, needs: [PAY, LOOK_UP], once: false, timeoutMs };
			const reply = await askWallet({ ...request, method: GET_INFO });
			const unavailable = readUnavailable(reply);
			if (unavailable !== null) return unavailable;
			const info: JsonObject = reply.kind === 'result' ? reply.result : {};
			const balance = await askWallet({ ...request, method: 'get_balance' });
			// Some answer for themselves while their node is locked or gone, and only then say so.
			if (balance.kind === 'error' && saysNodeAway(balance.message)) {
				return { status: 'unavailable', cause: 'other', reason: saidWhat(balance) };
			}
			const spendableMsat = balance.kind === 'result' ? asInteger(balance.result.balance) : null;
			return {
				status: 'ok',
				network: readNetwork(info.network),
				alias: asText(info.alias),
				spendableMsat,
			};
		},
	};
}

function readUnavailable(reply: NwcReply): WalletUnavailable | null {
	if (reply.kind === 'notSent') {
		return { status: 'unavailable', cause: reply.cause, reason: reply.reason };
	}
	if (reply.kind === 'lost') {
		return { status: 'unavailable', cause: 'unreachable', reason: reply.reason };
	}
	if (reply.kind === 'error') {
		// Without the permission for `get_info` the wallet's announcement has told what it may do.
		if (reply.code === 'RESTRICTED' || reply.code === 'NOT_IMPLEMENTED') return null;
		const cause = reply.code === 'UNAUTHORIZED' ? 'unauthorized' : 'other';
		return { status: 'unavailable', cause, reason: saidWhat(reply) };
	}
	const methods = asArray(reply.result.methods).map(asText);
	const missing = [PAY, LOOK_UP].find((method) => !methods.includes(method));
	if (methods.length === 0 || missing === undefined) return null;
	const reason = `the connection is not allowed to use ${missing}; allow it in the wallet`;
	return { status: 'unavailable', cause: 'unauthorized', reason };
}
