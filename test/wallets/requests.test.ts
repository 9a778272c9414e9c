import type { Http, HttpRequest } from '../../nodes/Sats4Ai/l402/http';
import { connectWallet } from '../../nodes/Sats4Ai/wallets/backends';
import { readWalletSettings } from '../../nodes/Sats4Ai/wallets/settings';
import { selfSignedCertificate } from './emulators/certificate';

const invoice = {
	text: 'lnbc50n1example',
	// Its base64 has both characters that a path cannot hold, and the padding.
	paymentHash: 'fbff'.repeat(16),
	amountMsat: 5_000n,
};
const LIMITS = { maxFeeMsat: 10_000n, timeoutMs: 45_000 };
const { cert } = selfSignedCertificate();

/** What shows each wallet that it has been found. */
const FOUND: ReadonlyArray<readonly [path: string, answer: string]> = [
	['/fee-reserve', '{"fee_reserve":2000}'],
	['/api/v1/wallet', '{"id":"a1","name":"w","balance":1}'],
	['/v1/getinfo', '{"id":"02aa","identity_pubkey":"02aa"}'],
	['/getinfo', '{"nodeId":"02aa","version":"0.8.0"}'],
];

/** Everything a wallet sends once it is found, answered with nothing anybody could use. */
async function sentBy(credential: Record<string, unknown>): Promise<readonly HttpRequest[]> {
	const sent: HttpRequest[] = [];
	const http: Http = async (request) => {
		sent.push(request);
		const [, body = ''] = FOUND.find(([path]) => request.url.includes(path)) ?? [];
		return { kind: 'answer', status: 200, headers: {}, body: Buffer.from(body) };
	};
	const ports = { http, now: () => 0, elapsedMs: () => 0, sleep: async () => undefined };
	const wallet = connectWallet(readWalletSettings(credential), ports);
	await wallet.payInvoice(invoice, LIMITS);
	await wallet.lookupPayment(invoice, 5_000);
	return sent;
}

test('LND is sent four fields and a hash in base64url with its padding', async () => {
	const url = 'https://node:8080';
	const macaroon = '0201036c6e64';
	const [probe, pay, lookup] = await sentBy({ wallet: 'lnd', url, macaroon, caCertificate: cert });
	expect(probe).toMatchObject({ method: 'GET', url: 'https://node:8080/v1/getinfo' });
	expect(pay).toEqual({
		method: 'POST',
		url: 'https://node:8080/v2/router/send',
		headers: {
			accept: 'application/json',
			'content-type': 'application/json',
			'grpc-metadata-macaroon': macaroon,
		},
		body: '{"payment_request":"lnbc50n1example","fee_limit_msat":"10000","timeout_seconds":45,"no_inflight_updates":true}',
		timeoutMs: 60_000,
		maxBytes: 1_048_576,
		isLastLine: expect.any(Function),
		caCertificate: cert,
		followRedirects: false,
	});
	expect(lookup).toEqual({
		method: 'GET',
		url: 'https://node:8080/v2/router/track/-__7__v_-__7__v_-__7__v_-__7__v_-__7__v_-_8=?no_inflight_updates=false',
		headers: { accept: 'application/json', 'grpc-metadata-macaroon': macaroon },
		timeoutMs: 5_000,
		maxBytes: 1_048_576,
		caCertificate: cert,
		isLastLine: expect.any(Function),
		followRedirects: false,
	});
});

test('LNbits is asked for its reserve, then sent the invoice', async () => {
	const url = 'https://ln.example/sub';
	const sent = await sentBy({ wallet: 'lnbits', url, adminKey: 'k1', caCertificate: 'left over' });
	expect(sent.map(({ method, url: to, body }) => [method, to, body])).toEqual([
		['GET', `${url}/api/v1/payments/fee-reserve?invoice=lnbc50n1example`, undefined],
		['POST', `${url}/api/v1/payments`, '{"out":true,"bolt11":"lnbc50n1example"}'],
		['GET', `${url}/api/v1/payments/${invoice.paymentHash}`, undefined],
	]);
	for (const request of sent) {
		expect(request.headers['x-api-key']).toBe('k1');
		expect(request).not.toHaveProperty('caCertificate');
		expect(request.followRedirects).toBe(false);
	}
});

test('phoenixd is sent a form, and nothing but the invoice in it', async () => {
	const [, pay, lookup] = await sentBy({
		wallet: 'phoenixd',
		url: 'http://p:9740',
		password: 'pä',
	});
	expect(pay).toMatchObject({
		method: 'POST',
		url: 'http://p:9740/payinvoice',
		headers: {
			authorization: `Basic ${Buffer.from('phoenix:pä').toString('base64')}`,
			'content-type': 'application/x-www-form-urlencoded',
		},
		body: 'invoice=lnbc50n1example',
	});
	expect(lookup?.url).toBe(`http://p:9740/payments/outgoingbyhash/${invoice.paymentHash}`);
});

test('Core Lightning is sent named parameters in msat', async () => {
	const settings = { wallet: 'cln', url: 'https://c:3010', rune: 'r=', ignoreSslIssues: true };
	const [, pay, lookup] = await sentBy(settings);
	expect(pay).toMatchObject({
		method: 'POST',
		url: 'https://c:3010/v1/xpay',
		headers: { rune: 'r=' },
		body: '{"invstring":"lnbc50n1example","maxfee":10000,"retry_for":45}',
		timeoutMs: 60_000,
		maxBytes: 1_048_576,
		ignoreSslIssues: true,
	});
	expect(lookup).toMatchObject({
		url: 'https://c:3010/v1/listpays',
		body: `{"payment_hash":"${invoice.paymentHash}"}`,
	});
});

describe('an invoice to be paid by somebody else', () => {
	const wanted = {
		amountMsat: 5_000n,
		network: 'mainnet',
		memo: 'Refund of a picture',
		expirySeconds: 600,
		timeoutMs: 9_000,
		maxBytes: 1_048_576,
	} as const;

	/** What is sent for it and for its look-up. */
	async function askedBy(credential: Record<string, unknown>): Promise<readonly HttpRequest[]> {
		const sent: HttpRequest[] = [];
		const http: Http = async (request) => {
			sent.push(request);
			return { kind: 'answer', status: 200, headers: {}, body: Buffer.from('') };
		};
		const ports = { http, now: () => 0, elapsedMs: () => 0, sleep: async () => undefined };
		const wallet = connectWallet(readWalletSettings(credential), ports);
		await wallet.makeInvoice(wanted);
		await wallet.lookupReceived(invoice.paymentHash, 5_000);
		return sent;
	}

	const hash = invoice.paymentHash;
	test.each([
		[
			'LND, in msat as text',
			{ wallet: 'lnd', url: 'https://n:8080', macaroon: '0201036c6e64', caCertificate: cert },
			'https://n:8080/v1/invoices',
			/^\{"memo":"Refund of a picture","value_msat":"5000","expiry":"600","private":true\}$/,
			`https://n:8080/v1/invoice/${hash}`,
		],
		[
			'LNbits, in sats',
			{ wallet: 'lnbits', url: 'https://l', adminKey: 'k1' },
			'https://l/api/v1/payments',
			/^\{"out":false,"amount":5,"unit":"sat","memo":"Refund of a picture","expiry":600\}$/,
			`https://l/api/v1/payments/${hash}`,
		],
		[
			'Core Lightning, in msat, with a label of its own',
			{ wallet: 'cln', url: 'https://c:3010', rune: 'r=', ignoreSslIssues: true },
			'https://c:3010/v1/invoice',
			/^\{"amount_msat":5000,"label":"n8n-refund-[0-9a-f]{32}","description":"Refund of a picture","expiry":600\}$/,
			'https://c:3010/v1/listinvoices',
		],
		[
			'phoenixd, in sats',
			{ wallet: 'phoenixd', url: 'http://p:9740', password: 'pä' },
			'http://p:9740/createinvoice',
			/^amountSat=5&description=Refund\+of\+a\+picture&expirySeconds=600$/,
			`http://p:9740/payments/incoming/${hash}`,
		],
	])('%s', async (_name, credential, url, body, lookupUrl) => {
		const [make, lookup, ...more] = await askedBy(credential);
		expect(more).toEqual([]);
		expect(make).toMatchObject({ method: 'POST', url, followRedirects: false, timeoutMs: 9_000 });
		expect(String(make?.body)).toMatch(body);
		expect(lookup).toMatchObject({ url: lookupUrl, followRedirects: false, timeoutMs: 5_000 });
	});
});
