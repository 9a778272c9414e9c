import { NO_SETTINGS, type EmulatedWallet } from './emulated';
import { phoenixdList } from './lists';
import { readInvoice } from './mint';
import { PlayNode, type PlayInvoice, type PlayPayment } from './playNode';
import { json, WalletServer, type Received, type Reply } from './server';

const LIMITED_PASSWORD = '9f8e7d6c5b4a39281706f5e4d3c2b1a0';
const PASSWORD = '3c1d5e7f9b2a4c6d8e0f1a3b5c7d9e0f';

/** phoenixd 0.8.0 (`Api.kt`): forms in, JSON out, HTTP 200 for a failed payment too. */
export async function startPhoenixd(): Promise<EmulatedWallet> {
	const node = new PlayNode();
	node.feeMsat = 4_020n;
	const server = await WalletServer.start(
		async (request) => await answer(node, request),
		(request) => isPay(request) || isMake(request),
	);
	const settings = { ...NO_SETTINGS, wallet: 'phoenixd' as const, url: server.url };
	return {
		node,
		settings: { ...settings, password: PASSWORD },
		wrongSecret: { ...settings, password: 'not the password' },
		lacking: [[{ ...settings, password: LIMITED_PASSWORD }, /http-password-limited-access/]],
		secrets: [PASSWORD, Buffer.from(`phoenix:${PASSWORD}`).toString('base64')],
		breakWith: (fault, elsewhere = '') => Object.assign(server, { fault, elsewhere }),
		replaceBy: (reply) => {
			server.instead = reply;
		},
		asked: () => server.received.map(({ method, path }) => `${method} ${path}`),
		payCalls: () =>
			server.received.filter((request) => isPay(request) && request.body.includes('invoice='))
				.length,
		listCalls: () => server.received.filter(isList).length,
		close: async () => await server.close(),
	};
}

function isPay({ method, path }: Received): boolean {
	return method === 'POST' && path === '/payinvoice';
}

function isMake({ method, path }: Received): boolean {
	return method === 'POST' && path === '/createinvoice';
}

function isList({ path }: Received): boolean {
	return /^\/payments\/outgoing(\?|$)/.test(path);
}

async function answer(node: PlayNode, request: Received): Promise<Reply> {
	const [scheme, encoded] = (request.headers.authorization ?? '').split(' ');
	const password = Buffer.from(encoded ?? '', 'base64')
		.toString('utf8')
		.split(':')[1];
	const isLimited = password === LIMITED_PASSWORD && !isPay(request);
	if (scheme !== 'Basic' || (password !== PASSWORD && !isLimited)) {
		return text(
			401,
			'Invalid authentication (use basic auth with the http password set in phoenix.conf)',
		);
	}
	if (isPay(request) || isMake(request)) {
		if (request.headers['content-type'] !== 'application/x-www-form-urlencoded') {
			return text(415, 'Unsupported Media Type');
		}
		if (isMake(request)) return makeInvoice(node, new URLSearchParams(request.body));
		return await pay(node, new URLSearchParams(request.body).get('invoice'));
	}
	if (isList(request)) {
		return phoenixdList(node, new URL(request.path, 'http://phoenixd').searchParams);
	}
	const looked = /^\/payments\/outgoingbyhash\/([0-9a-f]{64})$/.exec(request.path)?.[1];
	if (looked !== undefined) return lookup(node, node.shown(looked));
	const received = /^\/payments\/incoming\/([0-9a-f]{64})$/.exec(request.path)?.[1];
	if (received !== undefined) return lookupInvoice(node.invoices.get(received));
	if (request.path === '/getinfo') {
		return json(200, {
			nodeId: `03${'cd'.repeat(32)}`,
			channels: [{ state: 'Normal', balanceSat: 1000 }],
			chain: 'mainnet',
			blockHeight: 920_000,
			version: '0.8.0-1d3f6ee',
		});
	}
	if (request.path === '/getbalance') {
		return json(200, { balanceSat: Number(node.balanceMsat / 1000n), feeCreditSat: 0 });
	}
	return text(404, '');
}

function makeInvoice(node: PlayNode, form: URLSearchParams): Reply {
	const amountSat = form.get('amountSat');
	const description = form.get('description');
	if (description === null)
		return text(400, 'Must provide either a description or descriptionHash');
	const expirySeconds = Number(form.get('expirySeconds') ?? 3600);
	const made = node.makeInvoice(BigInt(amountSat ?? 0) * 1000n, description, expirySeconds);
	return json(200, {
		amountSat: Number(amountSat),
		paymentHash: made.paymentHash,
		serialized: made.text,
	});
}

function lookupInvoice(invoice: PlayInvoice | undefined): Reply {
	if (invoice === undefined) return text(404, 'Not found');
	const isPaid = invoice.state === 'paid';
	return json(200, {
		type: 'incoming_payment',
		subType: 'lightning',
		paymentHash: invoice.paymentHash,
		preimage: invoice.preimage,
		invoice: invoice.text,
		isPaid,
		isExpired: invoice.state === 'expired',
		requestedSat: Number(invoice.amountMsat / 1000n),
		receivedSat: isPaid ? Number(invoice.amountMsat / 1000n) : 0,
		fees: 0,
		createdAt: 1_795_000_000_000,
	});
}

async function pay(node: PlayNode, invoice: string | null): Promise<Reply> {
	if (invoice === null) return text(400, 'missing parameter: invoice');
	const { paymentHash, amountMsat } = readInvoice(invoice);
	const earlier = node.payments.get(paymentHash)?.state;
	const refuse = (reason: string) => json(200, { paymentHash, reason });
	if (node.refusal !== null) return refuse(node.refusal);
	if (node.isOffline) return refuse('channel is not connected yet, please retry when connected');
	if (earlier === 'complete') return refuse('this invoice has already been paid');
	if (earlier === 'pending') return refuse('another payment is in progress for that invoice');
	if (node.balanceMsat < amountMsat + node.feeMsat) {
		return refuse('not enough funds in wallet to afford payment');
	}
	const payment = node.send(paymentHash, amountMsat);
	await payment.done;
	if (payment.state === 'failed') {
		return refuse(
			'the recipient was offline or did not have enough liquidity to receive the payment',
		);
	}
	return json(200, {
		recipientAmountSat: Number(amountMsat / 1000n),
		routingFeeSat: Number(payment.feeMsat / 1000n),
		paymentId: '6fd5ae0d-3b3c-4f1d-9d2e-0a6b0a1f1c55',
		paymentHash,
		paymentPreimage: payment.preimage,
	});
}

function lookup(node: PlayNode, payment: PlayPayment | undefined): Reply {
	if (payment === undefined) return text(404, 'Not found');
	const isPaid = payment.state === 'complete';
	return json(200, {
		type: node.label === 'incoming' ? 'incoming_payment' : 'outgoing_payment',
		subType: 'lightning',
		paymentId: '6fd5ae0d-3b3c-4f1d-9d2e-0a6b0a1f1c55',
		paymentHash: payment.paymentHash,
		...(payment.preimage === '' ? {} : { preimage: payment.preimage }),
		isPaid,
		sent: Number((payment.amountMsat + payment.feeMsat) / 1000n),
		fees: Number(payment.feeMsat),
		invoice: '',
		...(payment.state === 'pending' ? {} : { completedAt: 1_795_000_001_000 }),
		createdAt: 1_795_000_000_000,
	});
}

function text(status: number, body: string): Reply {
	return { status, body, type: 'text/plain' };
}
