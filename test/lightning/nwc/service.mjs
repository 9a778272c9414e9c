// Alby's wallet service, paying from an LND node.
// Settings come in the environment; see `lab/nwc.ts`. Prints "ready" and serves until it is ended.
import { request } from 'node:https';
import { NWCWalletService, NWCWalletServiceKeyPair } from '@getalby/sdk/nwc';

const {
	RELAY_URLS,
	METHODS,
	WALLET_SECRET,
	CLIENT_PUBKEY,
	LND_URL,
	LND_MACAROON,
	LND_CERTIFICATE,
} = process.env;

/** The first line of LND's answer: all of a plain one, and of a stream the state as it is now. */
async function lnd(path, body) {
	return await new Promise((resolve, reject) => {
		const sent = request(`${LND_URL}${path}`, {
			method: body === undefined ? 'GET' : 'POST',
			headers: { 'grpc-metadata-macaroon': LND_MACAROON },
			ca: LND_CERTIFICATE,
			agent: false,
		});
		sent.on('error', reject);
		sent.on('response', (response) => {
			let text = '';
			const finish = () => {
				sent.destroy();
				resolve({ status: response.statusCode, json: JSON.parse(text.split('\n')[0]) });
			};
			response.on('data', (chunk) => {
				text += chunk.toString('utf8');
				if (text.includes('\n')) finish();
			});
			response.on('end', finish);
		});
		sent.end(body === undefined ? undefined : JSON.stringify(body));
	});
}

const failure = (code, message) => ({ result: undefined, error: { code, message } });
const success = (result) => ({ result, error: undefined });

const FEE_RESERVE_MSAT = 10_000;

async function payInvoice({ invoice }) {
	const { json } = await lnd('/v2/router/send', {
		payment_request: invoice,
		fee_limit_msat: FEE_RESERVE_MSAT,
		timeout_seconds: 60,
		no_inflight_updates: true,
	});
	const { result } = json;
	// LND wraps the errors of a stream, and not those that come before it.
	const words = json.error?.message ?? json.message;
	if (words !== undefined) return failure('OTHER', words);
	if (result.status === 'SUCCEEDED') {
		return success({ preimage: result.payment_preimage, fees_paid: Number(result.fee_msat) });
	}
	return result.failure_reason === 'FAILURE_REASON_INSUFFICIENT_BALANCE'
		? failure('INSUFFICIENT_BALANCE', result.failure_reason)
		: failure('PAYMENT_FAILED', result.failure_reason);
}

const STATES = { SUCCEEDED: 'settled', FAILED: 'failed', IN_FLIGHT: 'pending' };

const INVOICE_STATES = { SETTLED: 'settled', CANCELED: 'expired' };

async function makeInvoice({ amount, description, expiry }) {
	const wish = { value_msat: String(amount), memo: description, expiry: String(expiry) };
	const { json } = await lnd('/v1/invoices', wish);
	const hash = Buffer.from(json.r_hash, 'base64').toString('hex');
	return await lookupIncoming(hash);
}

async function lookupIncoming(hash) {
	const { status, json } = await lnd(`/v1/invoice/${hash}`);
	if (status !== 200) return failure('NOT_FOUND', 'No such payment');
	const isSettled = json.state === 'SETTLED';
	return success({
		type: 'incoming',
		state: INVOICE_STATES[json.state] ?? 'pending',
		invoice: json.payment_request,
		payment_hash: hash,
		...(isSettled ? { settled_at: Number(json.settle_date) } : {}),
		amount: Number(json.value_msat),
		created_at: Number(json.creation_date),
		expires_at: Number(json.creation_date) + Number(json.expiry),
	});
}

async function lookupInvoice({ payment_hash: hash }) {
	const inPath = Buffer.from(hash, 'hex')
		.toString('base64')
		.replace(/\+/g, '-')
		.replace(/\//g, '_');
	const { status, json } = await lnd(`/v2/router/track/${inPath}`);
	if (status === 404) return await lookupIncoming(hash);
	if (json.result === undefined) return failure('INTERNAL', json.error?.message ?? json.message);
	return success(describePayment(json.result));
}

function describePayment(payment) {
	const isSettled = payment.status === 'SUCCEEDED';
	return {
		type: 'outgoing',
		state: STATES[payment.status],
		invoice: payment.payment_request,
		payment_hash: payment.payment_hash,
		...(isSettled ? { preimage: payment.payment_preimage, settled_at: settledAt(payment) } : {}),
		amount: Number(payment.value_msat),
		fees_paid: Number(payment.fee_msat),
		created_at: Math.floor(Number(payment.creation_time_ns) / 1e9),
	};
}

function settledAt({ htlcs }) {
	return Math.floor(Math.max(...htlcs.map((htlc) => Number(htlc.resolve_time_ns))) / 1e9);
}

async function listTransactions({ from = 0, offset = 0, limit = 1_000_000, unpaid = false }) {
	const { json } = await lnd('/v1/payments?include_incomplete=true&max_payments=100000');
	if (json.message !== undefined) return failure('INTERNAL', json.message);
	const wanted = json.payments
		.map(describePayment)
		.filter(({ created_at: at, state }) => at >= from && (unpaid || state === 'settled'))
		.reverse();
	return success({ transactions: wanted.slice(offset, offset + limit) });
}

const methods = METHODS.split(' ');

async function getInfo() {
	const { json: info } = await lnd('/v1/getinfo');
	return success({
		alias: info.alias,
		pubkey: info.identity_pubkey,
		network: info.chains[0].network,
		block_height: info.block_height,
		methods,
	});
}

async function getBalance() {
	const { json: balance } = await lnd('/v1/balance/channels');
	return success({ balance: Number(balance.local_balance.msat) });
}

const service = new NWCWalletService({ relayUrls: RELAY_URLS.split(' ') });
await service.publishWalletServiceInfoEvent(WALLET_SECRET, methods, []);
await service.subscribe(new NWCWalletServiceKeyPair(WALLET_SECRET, CLIENT_PUBKEY), {
	getBalance,
	getInfo,
	listTransactions,
	lookupInvoice,
	makeInvoice,
	payInvoice,
});
console.log('ready');
