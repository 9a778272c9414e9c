// A Nostr relay, and Alby's wallet service on it, paying from an LND node.
// Settings come in the environment; see `lab/nwc.ts`. Prints "ready" and serves until it is ended.
import { request } from 'node:https';
import { NWCWalletService, NWCWalletServiceKeyPair } from '@getalby/sdk/nwc';
import { EventRepository } from '@nostr-relay/common';
import { NostrRelay } from '@nostr-relay/core';
import { Validator } from '@nostr-relay/validator';
import { WebSocketServer } from 'ws';

const { RELAY_PORT, WALLET_SECRET, CLIENT_PUBKEY, LND_URL, LND_MACAROON, LND_CERTIFICATE } =
	process.env;

/** Keeps what a relay must keep here: the wallet's announcement, the newest one. */
class Announcements extends EventRepository {
	events = [];

	isSearchSupported() {
		return false;
	}

	upsert(event) {
		this.events = [...this.events.filter(({ pubkey }) => pubkey !== event.pubkey), event];
		return { isDuplicate: false };
	}

	find({ ids, kinds, authors }) {
		return this.events.filter(
			({ id, kind, pubkey }) =>
				(ids?.includes(id) ?? true) &&
				(kinds?.includes(kind) ?? true) &&
				(authors?.includes(pubkey) ?? true),
		);
	}

	async destroy() {
		this.events = [];
	}
}

function startRelay(port) {
	const relay = new NostrRelay(new Announcements());
	const validator = new Validator();
	const server = new WebSocketServer({ host: '127.0.0.1', port });
	server.on('connection', (client) => {
		relay.handleConnection(client);
		client.on('message', async (data) => {
			try {
				await relay.handleMessage(client, await validator.validateIncomingMessage(data));
			} catch (error) {
				console.log(`relay: ${error.message}`);
			}
		});
		client.on('close', () => relay.handleDisconnect(client));
		client.on('error', (error) => console.log(`relay: ${error.message}`));
	});
	return new Promise((resolve) => server.once('listening', resolve));
}

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
	const { result, error } = json;
	if (error !== undefined) return failure('OTHER', error.message);
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
	const { result } = json;
	const isSettled = result.status === 'SUCCEEDED';
	return success({
		type: 'outgoing',
		state: STATES[result.status],
		invoice: result.payment_request,
		payment_hash: hash,
		...(isSettled ? { preimage: result.payment_preimage, settled_at: Date.now() / 1000 } : {}),
		amount: Number(result.value_msat),
		fees_paid: Number(result.fee_msat),
		created_at: Math.floor(Number(result.creation_time_ns) / 1e9),
	});
}

const METHODS = ['get_balance', 'get_info', 'lookup_invoice', 'make_invoice', 'pay_invoice'];

async function getInfo() {
	const { json: info } = await lnd('/v1/getinfo');
	return success({
		alias: info.alias,
		pubkey: info.identity_pubkey,
		network: info.chains[0].network,
		block_height: info.block_height,
		methods: METHODS,
	});
}

async function getBalance() {
	const { json: balance } = await lnd('/v1/balance/channels');
	return success({ balance: Number(balance.local_balance.msat) });
}

await startRelay(Number(RELAY_PORT));
const service = new NWCWalletService({ relayUrls: [`ws://127.0.0.1:${RELAY_PORT}`] });
await service.publishWalletServiceInfoEvent(WALLET_SECRET, METHODS, []);
await service.subscribe(new NWCWalletServiceKeyPair(WALLET_SECRET, CLIENT_PUBKEY), {
	getBalance,
	getInfo,
	lookupInvoice,
	makeInvoice,
	payInvoice,
});
console.log('ready');
