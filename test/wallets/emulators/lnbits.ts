import { NO_SETTINGS, type EmulatedWallet } from './emulated';
import { lnbitsList } from './lists';
import { readInvoice } from './mint';
import { PlayNode, type PlayInvoice, type PlayPayment } from './playNode';
import { json, WalletServer, type Received, type Reply } from './server';

const ADMIN_KEY = '9c5e1f0b7a2d4386b1e0c9d8f7a65432';
const INVOICE_KEY = '11112222333344445555666677778888';

/** LNbits 1.5: `payment_api.py`, `services/payments.py`, with its five-second wait made instant. */
export async function startLnbits(): Promise<EmulatedWallet> {
	const node = new PlayNode();
	const server = await WalletServer.start((request) => answer(node, request), isPay);
	const settings = { ...NO_SETTINGS, wallet: 'lnbits' as const, url: server.url };
	return {
		node,
		settings: { ...settings, adminKey: ADMIN_KEY },
		wrongSecret: { ...settings, adminKey: 'ffff1f0b7a2d4386b1e0c9d8f7a6ffff' },
		secrets: [ADMIN_KEY],
		breakWith: (fault, elsewhere = '') => Object.assign(server, { fault, elsewhere }),
		replaceBy: (reply) => {
			server.instead = reply;
		},
		asked: () => server.received.map(({ method, path }) => `${method} ${path}`),
		payCalls: () =>
			server.received.filter((request) => isPay(request) && request.body.includes('bolt11')).length,
		listCalls: () => server.received.filter(isList).length,
		close: async () => await server.close(),
	};
}

function isPay({ method, path }: Received): boolean {
	return method === 'POST' && path === '/api/v1/payments';
}

function isList({ method, path }: Received): boolean {
	return method === 'GET' && /^\/api\/v1\/payments(\?|$)/.test(path);
}

function answer(node: PlayNode, request: Received): Reply {
	const key = request.headers['x-api-key'];
	const url = new URL(request.path, 'http://lnbits');
	if (url.pathname === '/api/v1/payments/fee-reserve') {
		const { amountMsat } = readInvoice(url.searchParams.get('invoice') ?? '');
		return json(200, { fee_reserve: Number(feeReserve(amountMsat)) });
	}
	if (url.pathname.startsWith('/api/v1/payments/')) {
		const hash = url.pathname.slice('/api/v1/payments/'.length);
		if (node.isBlind && key === ADMIN_KEY) return lookup(node, undefined, true);
		const invoice = node.invoices.get(hash);
		if (invoice !== undefined) return lookupInvoice(invoice);
		const payment = node.shown(hash);
		return lookup(node, payment, key === ADMIN_KEY || key === INVOICE_KEY);
	}
	if (key !== ADMIN_KEY && key !== INVOICE_KEY) return json(404, { detail: 'Wallet not found.' });
	if (url.pathname === '/api/v1/wallet') {
		const shown = { name: 'pictures', balance: Number(node.balanceMsat) };
		return json(200, key === ADMIN_KEY ? { id: 'a1b2c3', ...shown } : shown);
	}
	if (isList(request)) return node.isBlind ? json(200, []) : lnbitsList(node, url.searchParams);
	if (!isPay(request)) return json(404, { detail: 'Not Found' });
	const body: Record<string, unknown> = JSON.parse(request.body);
	if (body.out === false) return makeInvoice(node, body);
	if (key !== ADMIN_KEY) return json(403, { detail: 'Invoice (or Admin) key required.' });
	return pay(node, String(body.bolt11));
}

/** The amount is in sats, whatever a payment's is in. */
function makeInvoice(node: PlayNode, body: Record<string, unknown>): Reply {
	const { amount, unit, memo, expiry } = body;
	if (typeof amount !== 'number' || unit !== 'sat') return json(400, { detail: 'No such unit.' });
	const made = node.makeInvoice(BigInt(amount) * 1000n, String(memo), Number(expiry));
	return json(201, toInvoice(made));
}

function toInvoice(invoice: PlayInvoice) {
	const statuses = { open: 'pending', paid: 'success', expired: 'failed' };
	return {
		checking_id: invoice.paymentHash,
		payment_hash: invoice.paymentHash,
		wallet_id: 'a1b2c3',
		amount: Number(invoice.amountMsat),
		fee: 0,
		bolt11: invoice.text,
		status: statuses[invoice.state],
		preimage: invoice.preimage,
		extra: {},
	};
}

function lookupInvoice(invoice: PlayInvoice): Reply {
	const details = toInvoice(invoice);
	if (invoice.state === 'paid')
		return json(200, { paid: true, preimage: details.preimage, details });
	return json(200, { paid: false, status: details.status, preimage: details.preimage, details });
}

function pay(node: PlayNode, bolt11: string): Reply {
	const { paymentHash, amountMsat, isExpired } = readInvoice(bolt11);
	if (node.refusal !== null) return paymentError(`Payment failed: ${node.refusal}`);
	if (node.isOffline) return paymentError('Payment failed: the peer of the channel is offline');
	if (amountMsat === 0n) return paymentError('Amountless invoices not supported.');
	if (node.balanceMsat < amountMsat) return paymentError('Insufficient balance.');
	if (node.balanceMsat < amountMsat + feeReserve(amountMsat)) {
		const reserveSat = feeReserve(amountMsat) / 1000n;
		return paymentError(
			`You must reserve at least (${reserveSat}  sat) to cover potential routing fees.`,
		);
	}
	const earlier = node.payments.get(paymentHash);
	if (earlier?.state === 'pending') {
		return paymentError('Payment is still pending.', 'pending');
	}
	if (earlier?.state === 'complete') return paymentError('Payment already paid.', 'success');
	if (earlier?.state === 'failed') {
		return paymentError('Payment is failed node, retrying is not possible.');
	}
	if (isExpired) {
		node.giveUp(paymentHash, amountMsat);
		return paymentError('Payment failed: invoice expired. Valid until a while ago');
	}
	const payment = node.send(paymentHash, amountMsat);
	if (node.lostLine !== null) return paymentError(`Payment failed: ${node.lostLine}`);
	if (payment.state === 'failed') return paymentError('Payment failed: no_route');
	return json(201, toPayment(payment, bolt11));
}

function paymentError(detail: string, status = 'failed'): Reply {
	return json(520, { detail, status });
}

function feeReserve(amountMsat: bigint): bigint {
	const percent = amountMsat / 100n;
	return percent > 2_000n ? percent : 2_000n;
}

function toPayment(payment: PlayPayment, bolt11 = '') {
	const statuses = { complete: 'success', failed: 'failed', pending: 'pending' };
	return {
		checking_id: payment.paymentHash,
		payment_hash: payment.paymentHash,
		wallet_id: 'a1b2c3',
		amount: -Number(payment.amountMsat),
		fee: -Number(payment.feeMsat),
		bolt11,
		status: statuses[payment.state],
		memo: 'a picture',
		preimage: payment.preimage === '' ? null : payment.preimage,
		extra: {},
		pending: payment.state === 'pending',
	};
}

/** Without a key of the wallet LNbits answers too, and leaves the details out. */
function lookup(node: PlayNode, payment: PlayPayment | undefined, hasKey: boolean): Reply {
	if (payment === undefined) return json(404, { detail: 'Payment does not exist.' });
	const shown = toPayment(payment);
	const bent = {
		...shown,
		...(node.label === 'incoming' ? { amount: -shown.amount } : {}),
		...(node.contradicts ? { status: 'pending', pending: true } : {}),
	};
	const details = hasKey ? { details: bent } : {};
	if (payment.state === 'complete') {
		return json(200, { paid: true, preimage: toPayment(payment).preimage, ...details });
	}
	const status = payment.state;
	return json(200, { paid: false, status, preimage: shown.preimage, ...details });
}
