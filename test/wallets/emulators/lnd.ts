import { selfSignedCertificate } from './certificate';
import { NO_SETTINGS, type EmulatedWallet } from './emulated';
import { lndList } from './lists';
import { readInvoice } from './mint';
import { PlayNode, type PlayPayment } from './playNode';
import { json, WalletServer, type Received, type Reply } from './server';

const MACAROON = `0201036c6e64${'5a'.repeat(60)}`;
const WRONG_MACAROON = `0201036c6e64${'5b'.repeat(60)}`;
const PAY_ONLY_MACAROON = `0201036c6e64${'5c'.repeat(60)}`;
const LISTLESS_MACAROON = `0201036c6e64${'5f'.repeat(60)}`;
/** `readonly.macaroon`, and one that may pay and not look up. */
const READ_ONLY_MACAROON = `0201036c6e64${'5d'.repeat(60)}`;
const BLIND_MACAROON = `0201036c6e64${'5e'.repeat(60)}`;
const KNOWN_MACAROONS = [
	MACAROON,
	PAY_ONLY_MACAROON,
	LISTLESS_MACAROON,
	READ_ONLY_MACAROON,
	BLIND_MACAROON,
];
const INVOICE_FIELDS = ['expiry', 'memo', 'private', 'value_msat'];
const PAY_FIELDS = ['fee_limit_msat', 'no_inflight_updates', 'payment_request', 'timeout_seconds'];

/** LND 0.21 behind TLS: NDJSON streams, gRPC codes as HTTP statuses (grpc-gateway 2.16). */
export async function startLnd(): Promise<EmulatedWallet> {
	const node = new PlayNode();
	const tls = selfSignedCertificate();
	const server = await WalletServer.start(
		async (request) => await answer(node, request),
		(request) => isPay(request) || isMake(request),
		tls,
	);
	const settings = {
		...NO_SETTINGS,
		wallet: 'lnd' as const,
		url: server.url,
		caCertificate: tls.cert,
	};
	return {
		node,
		settings: { ...settings, macaroon: Buffer.from(MACAROON, 'hex').toString('base64') },
		wrongSecret: { ...settings, macaroon: WRONG_MACAROON },
		payOnly: { ...settings, macaroon: PAY_ONLY_MACAROON },
		listless: { ...settings, macaroon: LISTLESS_MACAROON },
		lacking: [
			[{ ...settings, macaroon: READ_ONLY_MACAROON }, /SendPaymentV2/],
			[{ ...settings, macaroon: BLIND_MACAROON }, /TrackPaymentV2/],
		],
		secrets: [MACAROON, Buffer.from(MACAROON, 'hex').toString('base64')],
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

function isPay({ method, path }: Received): boolean {
	return method === 'POST' && path === '/v2/router/send';
}

function isMake({ method, path }: Received): boolean {
	return method === 'POST' && path === '/v1/invoices';
}

function isList({ path }: Received): boolean {
	return path.startsWith('/v1/payments?');
}

async function answer(node: PlayNode, request: Received): Promise<Reply> {
	const isStream = request.path.startsWith('/v2/router/');
	const macaroon = request.headers['grpc-metadata-macaroon'];
	if (macaroon === PAY_ONLY_MACAROON && request.path.startsWith('/v1/invoice')) {
		return error(500, 2, 'permission denied', false);
	}
	const isForbidden =
		(macaroon === LISTLESS_MACAROON && isList(request)) ||
		(macaroon === READ_ONLY_MACAROON && request.method === 'POST') ||
		(macaroon === BLIND_MACAROON && request.path.startsWith('/v2/router/track'));
	if (isForbidden) return error(500, 2, 'permission denied', isStream);
	if (!KNOWN_MACAROONS.includes(String(macaroon))) {
		const message = 'verification failed: signature mismatch after caveat verification';
		return error(500, 2, message, isStream);
	}
	if (isList(request)) return lndList(node, new URL(request.path, 'http://lnd').searchParams);
	if (isMake(request)) return makeInvoice(node, JSON.parse(request.body));
	const received = /^\/v1\/invoice\/([0-9a-f]{64})$/.exec(request.path)?.[1];
	if (received !== undefined) return lookupInvoice(node, received);
	if (isPay(request)) return await pay(node, JSON.parse(request.body));
	const tracked = /^\/v2\/router\/track\/([^?]+)\?no_inflight_updates=false$/.exec(request.path);
	if (tracked?.[1] !== undefined) return track(node, decodeURIComponent(tracked[1]));
	if (request.path === '/v1/getinfo') {
		return json(200, {
			version: '0.21.2-beta commit=v0.21.2-beta',
			identity_pubkey: `02${'ab'.repeat(32)}`,
			alias: 'gallery',
			synced_to_chain: true,
			num_active_channels: node.isOffline ? 0 : 1,
			num_inactive_channels: node.isOffline ? 1 : 0,
			chains: [{ chain: 'bitcoin', network: 'mainnet' }],
		});
	}
	if (request.path === '/v1/balance/channels') {
		const balance = { sat: `${node.balanceMsat / 1000n}`, msat: `${node.balanceMsat}` };
		return json(200, { balance: balance.sat, local_balance: balance });
	}
	return error(404, 5, 'Not Found', false);
}

async function pay(node: PlayNode, body: Record<string, unknown>): Promise<Reply> {
	// Without invoice and recipient there is nothing to pay.
	if (body.payment_request === '') {
		return error(500, 2, 'invalid vertex length of 0, want 33', true);
	}
	if (node.refusal !== null) return error(500, 2, node.refusal, true);
	const strange = Object.keys(body).find((field) => !PAY_FIELDS.includes(field));
	if (strange !== undefined) {
		return error(400, 3, `proto: (line 1:2): unknown field "${strange}"`, true);
	}
	const { paymentHash, amountMsat, isExpired } = readInvoice(String(body.payment_request));
	if (isExpired) {
		return error(500, 2, 'invoice expired. Valid until 2026-11-20 01:00:00 +0000 UTC', true);
	}
	const earlier = node.payments.get(paymentHash);
	if (earlier?.state === 'complete') return error(409, 6, 'invoice is already paid', true);
	if (earlier?.state === 'pending') return error(409, 6, 'payment is in transition', true);
	const isPoor = node.isOffline || node.balanceMsat < amountMsat;
	const isTooDear = node.feeMsat > BigInt(String(body.fee_limit_msat));
	const payment =
		isPoor || isTooDear ? node.giveUp(paymentHash, amountMsat) : node.send(paymentHash, amountMsat);
	const reason = isPoor ? 'FAILURE_REASON_INSUFFICIENT_BALANCE' : 'FAILURE_REASON_NO_ROUTE';
	await payment.done;
	return {
		...line(payment, reason),
		...(node.staysOpen === null ? {} : { openUntil: node.staysOpen }),
	};
}

function makeInvoice(node: PlayNode, body: Record<string, unknown>): Reply {
	const strange = Object.keys(body).find((field) => !INVOICE_FIELDS.includes(field));
	if (strange !== undefined) {
		return error(400, 3, `proto: (line 1:2): unknown field "${strange}"`, false);
	}
	const amountMsat = BigInt(String(body.value_msat));
	const made = node.makeInvoice(amountMsat, String(body.memo), Number(body.expiry));
	return json(200, {
		r_hash: Buffer.from(made.paymentHash, 'hex').toString('base64'),
		payment_request: made.text,
		add_index: '12',
		payment_addr: Buffer.alloc(32, 1).toString('base64'),
	});
}

function lookupInvoice(node: PlayNode, paymentHash: string): Reply {
	const invoice = node.invoices.get(paymentHash);
	if (invoice === undefined) return error(404, 5, 'unable to locate invoice', false);
	const states = { open: 'OPEN', paid: 'SETTLED', expired: 'CANCELED' };
	const isPaid = invoice.state === 'paid';
	return json(200, {
		memo: 'Refund of a picture',
		r_hash: Buffer.from(paymentHash, 'hex').toString('base64'),
		value_msat: `${invoice.amountMsat}`,
		settled: isPaid,
		payment_request: invoice.text,
		amt_paid_msat: isPaid ? `${invoice.amountMsat}` : '0',
		state: states[invoice.state],
	});
}

function track(node: PlayNode, hash: string): Reply {
	// What Go's base64.URLEncoding takes: 32 bytes with the padding, in the URL alphabet.
	if (!/^[A-Za-z0-9_-]{43}=$/.test(hash)) {
		return error(400, 3, 'type mismatch, parameter: payment_hash', true);
	}
	const payment = node.shown(Buffer.from(hash, 'base64url').toString('hex'));
	if (payment === undefined) return error(404, 5, "payment isn't initiated", true);
	const reply = line(payment, 'FAILURE_REASON_NO_ROUTE', node.contradicts);
	return payment.state === 'pending' ? { ...reply, openUntil: payment.done } : reply;
}

function line(payment: PlayPayment, failureReason: string, hasOpenPart = false): Reply {
	const statuses = { complete: 'SUCCEEDED', failed: 'FAILED', pending: 'IN_FLIGHT' };
	const result = {
		payment_hash: payment.paymentHash,
		value: `${payment.amountMsat / 1000n}`,
		creation_date: '1795000000',
		fee: `${payment.feeMsat / 1000n}`,
		payment_preimage: payment.preimage === '' ? '0'.repeat(64) : payment.preimage,
		value_sat: `${payment.amountMsat / 1000n}`,
		value_msat: `${payment.amountMsat}`,
		payment_request: '',
		status: statuses[payment.state],
		fee_sat: `${payment.feeMsat / 1000n}`,
		fee_msat: `${payment.feeMsat}`,
		creation_time_ns: '1795000000000000000',
		htlcs: hasOpenPart ? [{ attempt_id: '1', status: 'IN_FLIGHT', preimage: '' }] : [],
		payment_index: '7',
		failure_reason: payment.state === 'failed' ? failureReason : 'FAILURE_REASON_NONE',
	};
	return { status: 200, body: `${JSON.stringify({ result })}\n` };
}

/** A stream wraps its error, a plain call does not. */
function error(status: number, code: number, message: string, isStream: boolean): Reply {
	const body = { code, message, details: [] };
	return { ...json(status, isStream ? { error: body } : body) };
}
