import type { Http } from '../../nodes/Sats4Ai/l402/http';
import { connectWallet } from '../../nodes/Sats4Ai/wallets/backends';
import { readNetwork } from '../../nodes/Sats4Ai/wallets/network';
import type { WalletName } from '../../nodes/Sats4Ai/wallets/wallet';
import { NO_SETTINGS } from './emulators/emulated';

const settings = {
	...NO_SETTINGS,
	url: 'https://wallet.example',
	macaroon: '0201036c6e64',
	adminKey: 'key',
	password: 'word',
	rune: 'rune',
};

/** A wallet whose server gives these answers, by the end of the path; anything else is forbidden. */
async function describeWith(
	wallet: WalletName,
	answers: Readonly<Record<string, [number, string]>>,
) {
	const http: Http = async ({ url }) => {
		const found = Object.entries(answers).find(([path]) => url.endsWith(path));
		const [status, body] = found?.[1] ?? [403, '{}'];
		return { kind: 'answer', status, headers: {}, body: Buffer.from(body) };
	};
	const ports = { http, now: () => 0, elapsedMs: () => 0, sleep: async () => undefined };
	return await connectWallet({ ...settings, wallet }, ports).describe(1_000);
}

const PAGE: [number, string] = [200, '<html>Welcome</html>'];

test.each<[WalletName, string]>([
	['cln', '/v1/getinfo'],
	['lnbits', '/api/v1/wallet'],
	['lnd', '/v1/getinfo'],
	['phoenixd', '/getinfo'],
])('%s: another server at the URL is not the wallet', async (wallet, path) => {
	const unavailable = { status: 'unavailable', cause: 'unreachable' };
	expect(await describeWith(wallet, { [path]: PAGE })).toMatchObject(unavailable);
	expect(await describeWith(wallet, { [path]: [404, ''] })).toMatchObject({
		...unavailable,
		reason: expect.stringContaining('HTTP 404'),
	});
});

test.each<[WalletName, string, string, object]>([
	[
		'cln',
		'/v1/getinfo',
		'{"id":"02aa","alias":"a","network":"regtest"}',
		{ network: 'regtest', alias: 'a' },
	],
	[
		'lnd',
		'/v1/getinfo',
		'{"identity_pubkey":"02aa","alias":"b","chains":[{"network":"signet"}]}',
		{ network: 'signet', alias: 'b' },
	],
	[
		'phoenixd',
		'/getinfo',
		'{"nodeId":"02aa","chain":"testnet","version":"0.5.0"}',
		{ network: 'testnet', alias: 'phoenixd 0.5.0' },
	],
])('%s: a balance it may not read is no reason to refuse it', async (wallet, path, body, info) => {
	expect(await describeWith(wallet, { [path]: [200, body] })).toEqual({
		status: 'ok',
		spendableMsat: null,
		...info,
	});
});

test('phoenixd before 0.5.0 cannot look payments up', async () => {
	const body = '{"nodeId":"02aa","chain":"mainnet","version":"0.4.2-abc"}';
	expect(await describeWith('phoenixd', { '/getinfo': [200, body] })).toMatchObject({
		status: 'unavailable',
		cause: 'rejected',
		reason: expect.stringContaining('0.5.0'),
	});
});

test('LND that is locked says so', async () => {
	const body = '{"code":2,"message":"wallet locked, unlock it to enable full RPC access"}';
	expect(await describeWith('lnd', { '/v1/getinfo': [500, body] })).toMatchObject({
		cause: 'unreachable',
		reason: expect.stringContaining('unlock it'),
	});
});

test('words of the node are passed on', async () => {
	const lnd = '{"code":14,"message":"out of ink"}';
	expect(await describeWith('lnd', { '/v1/getinfo': [503, lnd] })).toMatchObject({
		reason: 'LND answered HTTP 503: out of ink',
	});
	const cln = '{"code":-1,"message":"out of ink"}';
	expect(await describeWith('cln', { '/v1/getinfo': [500, cln] })).toMatchObject({
		reason: 'Core Lightning said: out of ink',
	});
});

test.each([
	['bitcoin', 'mainnet'],
	['mainnet', 'mainnet'],
	['testnet4', 'testnet'],
	['Signet', 'signet'],
	['simnet', null],
	['toString', null],
	['constructor', null],
	['__proto__', null],
	[undefined, null],
])('the network %p is %p', (name, network) => {
	expect(readNetwork(name)).toBe(network);
});
