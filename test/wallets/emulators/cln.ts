import { selfSignedCertificate } from './certificate';
import { NO_SETTINGS, type EmulatedWallet } from './emulated';
import { clnList } from './lists';
import { readInvoice } from './mint';
import { PlayNode, type PlayPayment } from './playNode';
import { json, WalletServer, type Received, type Reply } from './server';

const RUNE = 'cvYHSY6VTmWNcBUPv27jaBqvBGzjWH1M9z5Bq8zmYVY9MiZtZXRob2Q9eHBheQ==';

const PAY_ONLY_RUNE = 'VNJpYbBqvBGzjWH1M9z5Bq8zmYVY9MiZtZXRob2Q9eHBheXxtZXRob2Q9bGlzdHBheXM=';

const LOOK_ONLY_RUNE = 'bG9va29ubHlPLcm9PTAmbWV0aG9kPWxpc3RwYXlzfG1ldGhvZD1nZXRpbmZv';
const BLIND_RUNE = 'YmxpbmRydW5lPTAmbWV0aG9kPXhwYXl8bWV0aG9kPWdldGluZm8';

/**
 * Core Lightning 26.06 behind clnrest and TLS; `hasXpay: false` makes it 24.08, and `wraps` 23.08.1
 * (`plugins/clnrest/utilities/rpc_routes.py`), which puts errors into `error` and knows no 404. A
 * rune for `pay`, as older nodes need it, is refused for any other command, be it there or not.
 */
export async function startCln({
	hasXpay = true,
	wraps = false,
	runeIsForPay = false,
} = {}): Promise<EmulatedWallet> {
	const node = new PlayNode();
	/** The calls that reach a command of the node that pays. */
	const isPay = ({ path }: Received) => path === '/v1/pay' || (hasXpay && path === '/v1/xpay');
	const tls = selfSignedCertificate();
	const server = await WalletServer.start(
		async (request) => {
			const reply = await answer(node, request, hasXpay, runeIsForPay);
			return wraps ? wrapped(reply) : reply;
		},
		(request) => isPay(request) || request.path === '/v1/invoice',
		tls,
	);
	const settings = {
		...NO_SETTINGS,
		wallet: 'cln' as const,
		url: server.url,
		caCertificate: tls.cert,
	};
	return {
		node,
		settings: { ...settings, rune: RUNE },
		wrongSecret: { ...settings, rune: 'bm90IGEgcnVuZSBvZiB0aGlzIG5vZGU=' },
		payOnly: { ...settings, rune: PAY_ONLY_RUNE },
		lacking: [
			[{ ...settings, rune: LOOK_ONLY_RUNE }, hasXpay ? /method=xpay/ : /method=pay/],
			[{ ...settings, rune: BLIND_RUNE }, /method=listpays/],
		],
		secrets: [RUNE, PAY_ONLY_RUNE],
		breakWith: (fault, elsewhere = '') => Object.assign(server, { fault, elsewhere }),
		replaceBy: (reply) => {
			server.instead = reply;
		},
		asked: () => server.received.map(({ method, path }) => `${method} ${path}`),
		payCalls: () =>
			server.received.filter((request) => isPay(request) && request.body.includes('"lnbc')).length,
		listCalls: () => server.received.filter(isList).length,
		close: async () => await server.close(),
	};
}

function wrapped({ status, body }: Reply): Reply {
	if (status < 400) return { status, body };
	return json(status === 401 ? 403 : status === 404 ? 500 : status, { error: JSON.parse(body) });
}

function isList({ path, body }: Received): boolean {
	return path === '/v1/listpays' && !body.includes('payment_hash');
}

async function answer(
	node: PlayNode,
	request: Received,
	hasXpay: boolean,
	runeIsForPay: boolean,
): Promise<Reply> {
	if (request.method !== 'POST') return json(405, {});
	const rune = request.headers.rune;
	if (rune === undefined) return json(403, { code: 1501, message: 'Not authorized: Missing rune' });
	if (rune === PAY_ONLY_RUNE && /invoices?$/.test(request.path)) {
		const message = 'Not permitted: method is not equal to xpay and not equal to listpays';
		return json(401, { code: 1502, message });
	}
	// The rune is looked at before the command.
	if (rune === LOOK_ONLY_RUNE && /\/x?pay$/.test(request.path)) {
		const message =
			'Not permitted: method is not equal to listpays AND method is not equal to getinfo';
		return json(401, { code: 1502, message });
	}
	if (rune === RUNE && runeIsForPay && request.path === '/v1/xpay') {
		const message = 'Not permitted: method is not equal to pay AND method is not equal to listpays';
		return json(401, { code: 1502, message });
	}
	if (rune === BLIND_RUNE && request.path === '/v1/listpays') {
		const message = 'Not permitted: method is not equal to xpay AND method is not equal to getinfo';
		return json(401, { code: 1502, message });
	}
	if (![RUNE, PAY_ONLY_RUNE, LOOK_ONLY_RUNE, BLIND_RUNE].includes(String(rune)))
		return json(401, { code: 1501, message: 'Not authorized: Not derived from master' });
	const params: Record<string, unknown> = JSON.parse(request.body);
	if (request.path === '/v1/xpay' && hasXpay) return await xpay(node, params);
	if (request.path === '/v1/pay') return await pay(node, params);
	if (isList(request)) return clnList(node, params, hasXpay);
	if (request.path === '/v1/listpays') return listpays(node, String(params.payment_hash));
	if (request.path === '/v1/invoice') return makeInvoice(node, params);
	if (request.path === '/v1/listinvoices') {
		return listinvoices(node, String(params.payment_hash));
	}
	if (request.path === '/v1/getinfo') {
		const version = hasXpay ? 'v26.06.6' : 'v24.08.2';
		return json(201, { id: `02${'ef'.repeat(32)}`, alias: 'atelier', network: 'bitcoin', version });
	}
	if (request.path === '/v1/listpeerchannels') {
		const half = Number(node.balanceMsat / 2n);
		const peer_connected = !node.isOffline;
		const open = { state: 'CHANNELD_NORMAL', peer_connected, spendable_msat: half };
		const closing = { state: 'ONCHAIN', spendable_msat: 999 };
		return json(201, { channels: [open, open, closing] });
	}
	const method = request.path.slice('/v1/'.length);
	return json(404, { code: -32601, message: `Unknown command '${method}'` });
}

function makeInvoice(node: PlayNode, params: Record<string, unknown>): Reply {
	const { amount_msat: amountMsat, label, description, expiry } = params;
	if (typeof amountMsat !== 'number' || typeof label !== 'string') {
		return rpcError(-32602, 'missing required parameter: label');
	}
	const made = node.makeInvoice(BigInt(amountMsat), String(description), Number(expiry));
	return json(201, {
		payment_hash: made.paymentHash,
		expires_at: 1_795_003_600,
		bolt11: made.text,
		payment_secret: '01'.repeat(32),
		created_index: 3,
		warning_capacity: 'Insufficient incoming channel capacity to pay invoice',
	});
}

function listinvoices(node: PlayNode, paymentHash: string): Reply {
	const invoice = node.invoices.get(paymentHash);
	if (invoice === undefined) return json(201, { invoices: [] });
	const statuses = { open: 'unpaid', paid: 'paid', expired: 'expired' };
	const status = statuses[invoice.state];
	const amount_msat = Number(invoice.amountMsat);
	return json(201, { invoices: [{ label: 'x', payment_hash: paymentHash, status, amount_msat }] });
}

async function xpay(node: PlayNode, params: Record<string, unknown>): Promise<Reply> {
	if (params.invstring === undefined)
		return rpcError(-32602, 'missing required parameter: invstring');
	const { paymentHash, amountMsat, isExpired } = readInvoice(String(params.invstring));
	const earlier = node.payments.get(paymentHash)?.state;
	if (node.refusal !== null) return rpcError(0, node.refusal);
	if (isExpired) return rpcError(207, 'Invoice expired 3600 seconds ago');
	if (earlier === 'complete') return rpcError(219, 'Already paid this invoice successfully');
	if (earlier === 'pending') {
		return rpcError(-3, 'Unexpected injectpaymentonion error 200: Payment is still in progress');
	}
	if (node.isOffline || node.balanceMsat < amountMsat) {
		return rpcError(205, 'Failed: We could not find a usable set of paths.');
	}
	if (node.feeMsat > BigInt(String(params.maxfee))) {
		return rpcError(205, 'Failed: Could not find route without excessive cost');
	}
	const payment = node.send(paymentHash, amountMsat);
	await payment.done;
	if (payment.state === 'failed') {
		return rpcError(205, 'Failed after 1 attempts. We could not find a usable set of paths.');
	}
	return json(201, {
		payment_preimage: payment.preimage,
		failed_parts: 0,
		successful_parts: 1,
		amount_msat: Number(amountMsat),
		amount_sent_msat: Number(amountMsat + payment.feeMsat),
	});
}

/** The older command: a repeated call gives the preimage again. */
async function pay(node: PlayNode, params: Record<string, unknown>): Promise<Reply> {
	if (params.bolt11 === undefined) return rpcError(-32602, 'missing required parameter: bolt11');
	const { paymentHash, amountMsat, isExpired } = readInvoice(String(params.bolt11));
	const earlier = node.payments.get(paymentHash);
	if (node.refusal !== null) return rpcError(0, node.refusal);
	if (earlier?.state === 'complete') return json(201, payResult(earlier));
	if (earlier?.state === 'pending') return rpcError(200, 'Payment is pending');
	if (isExpired) return rpcError(207, 'Invoice expired');
	if (node.feeMsat > BigInt(String(params.maxfee))) return rpcError(206, 'Route too expensive');
	if (node.isOffline || node.balanceMsat < amountMsat)
		return rpcError(210, 'Ran out of routes to try');
	const payment = node.send(paymentHash, amountMsat);
	await payment.done;
	return payment.state === 'failed'
		? rpcError(210, 'Ran out of routes to try after 1 attempt')
		: json(201, payResult(payment));
}

function payResult(payment: PlayPayment) {
	return {
		destination: `02${'aa'.repeat(32)}`,
		payment_hash: payment.paymentHash,
		created_at: 1_795_000_000.5,
		parts: 1,
		amount_msat: Number(payment.amountMsat),
		amount_sent_msat: Number(payment.amountMsat + payment.feeMsat),
		payment_preimage: payment.preimage,
		status: 'complete',
	};
}

function listpays(node: PlayNode, paymentHash: string): Reply {
	const payment = node.shown(paymentHash);
	if (payment === undefined) return json(201, { pays: [] });
	const group = {
		payment_hash: paymentHash,
		status: payment.state,
		created_at: 1_795_000_000,
		amount_msat: Number(payment.amountMsat),
		amount_sent_msat: Number(payment.amountMsat + payment.feeMsat),
		...(payment.preimage === '' ? {} : { preimage: payment.preimage }),
	};
	const second = node.contradicts ? [{ ...group, status: 'pending' }] : [];
	return json(201, { pays: [group, ...second] });
}

function rpcError(code: number, message: string): Reply {
	return json(500, { code, message, data: {} });
}
