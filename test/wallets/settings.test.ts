import { connectWallet } from '../../nodes/Sats4Ai/wallets/backends';
import { readMacaroonHex } from '../../nodes/Sats4Ai/wallets/lnd/macaroonHex';
import { readCaCertificate, readWalletSettings } from '../../nodes/Sats4Ai/wallets/settings';
import { WalletSettingsInvalid, type WalletPorts } from '../../nodes/Sats4Ai/wallets/wallet';
import { selfSignedCertificate } from './emulators/certificate';

const ports: WalletPorts = {
	http: async () => ({ kind: 'notSent', reason: 'no request was expected' }),
	now: () => 0,
	elapsedMs: () => 0,
	sleep: async () => undefined,
};

test('trims, strips slashes, and fills in what was left out', () => {
	const settings = readWalletSettings({
		wallet: 'lnbits',
		url: ' https://ln.example// ',
		adminKey: ' k\n',
	});
	expect(settings).toEqual({
		wallet: 'lnbits',
		url: 'https://ln.example',
		adminKey: 'k',
		macaroon: '',
		password: '',
		rune: '',
		connectionString: '',
		caCertificate: '',
		ignoreSslIssues: false,
		network: 'mainnet',
		maxPaymentMsat: 1_000_000n,
		maxPerDayMsat: null,
	});
});

test.each([
	['lnbits', 'https://ln.example/wallet?usr=0123456789abcdef&wal=fedcba', 'https://ln.example'],
	['lnbits', 'https://ln.example/wallet/fedcba', 'https://ln.example'],
	['lnbits', 'http://127.0.0.1:5000/lnbits/api/v1/wallet', 'http://127.0.0.1:5000/lnbits'],
	['lnbits', 'https://ln.example/api/v1/', 'https://ln.example'],
	['lnbits', 'https://wallet.example/', 'https://wallet.example'],
	['lnd', 'https://127.0.0.1:8080/v1/getinfo', 'https://127.0.0.1:8080'],
	['cln', 'https://127.0.0.1:3010/v1', 'https://127.0.0.1:3010'],
	['phoenixd', 'http://127.0.0.1:9740/getinfo', 'http://127.0.0.1:9740'],
	['phoenixd', 'http://127.0.0.1/phoenixd', 'http://127.0.0.1/phoenixd'],
])('finds the base address of %s in %s', (wallet, url, base) => {
	expect(readWalletSettings({ wallet, url }).url).toBe(base);
});

test.each([
	[1, 1_000n],
	['250', 250_000n],
	[0.5, 500n],
	[undefined, 1_000_000n],
])('a limit of %p sat is %d msat', (maxPaymentSat, maxPaymentMsat) => {
	const settings = readWalletSettings({ wallet: 'lnd', maxPaymentSat });
	expect(settings.maxPaymentMsat).toBe(maxPaymentMsat);
});

test.each([
	[0, null],
	['0', null],
	[30, 30_000n],
	['250', 250_000n],
	[0.5, 500n],
])('a cap per day of %p sat is %p msat', (maxPerDaySat, maxPerDayMsat) => {
	const settings = readWalletSettings({ wallet: 'lnd', maxPerDaySat });
	expect(settings.maxPerDayMsat).toBe(maxPerDayMsat);
});

test.each([
	{ wallet: 'bank' },
	{},
	{ wallet: 'lnd', network: 'moon' },
	{ wallet: 'lnd', maxPaymentSat: 0 },
	{ wallet: 'lnd', maxPaymentSat: -5 },
	{ wallet: 'lnd', maxPaymentSat: Number.NaN },
	{ wallet: 'lnd', maxPaymentSat: Number.POSITIVE_INFINITY },
	{ wallet: 'lnd', maxPaymentSat: 'all' },
	{ wallet: 'lnd', maxPaymentSat: '' },
	{ wallet: 'lnd', maxPerDaySat: -1 },
	{ wallet: 'lnd', maxPerDaySat: Number.NaN },
	{ wallet: 'lnd', maxPerDaySat: Number.POSITIVE_INFINITY },
	{ wallet: 'lnd', maxPerDaySat: 'none' },
	{ wallet: 'lnd', maxPerDaySat: '' },
	{ wallet: 'lnd', maxPerDaySat: null },
	{ wallet: 'lnd', maxPerDaySat: undefined },
	{ wallet: 'lnd', maxPerDaySat: 0.0001 },
])('%j is refused', (raw) => {
	expect(() => connectWallet(readWalletSettings(raw), ports)).toThrow(WalletSettingsInvalid);
});

const SECRET = 'hush-hush';
const complete = {
	cln: { url: 'https://127.0.0.1:3010', rune: SECRET },
	lnbits: { url: 'https://ln.example', adminKey: SECRET },
	lnd: { url: 'https://127.0.0.1:8080', macaroon: '0201036c6e64' },
	phoenixd: { url: 'http://127.0.0.1:9740', password: SECRET },
};

describe.each(Object.entries(complete))('%s', (wallet, fields) => {
	const open = (change: object) => () =>
		connectWallet(readWalletSettings({ wallet, ...fields, ...change }), ports);

	test('opens', () => {
		expect(open({})().name).toBe(wallet);
	});

	test.each([
		['no URL', { url: '' }],
		['another scheme', { url: 'ftp://host' }],
		['no scheme', { url: 'ln.example:8080' }],
		['no host', { url: 'https://' }],
		['a name and password in it', { url: `https://me:${SECRET}@host` }],
		['a query', { url: `https://host/x?usr=${SECRET}` }],
		['a fragment', { url: `https://host/#${SECRET}` }],
		['no secret', { rune: '', adminKey: '', macaroon: '', password: '' }],
	])('is refused with %s', (_what, change) => {
		expect(open(change)).toThrow(WalletSettingsInvalid);
		expect(open(change)).not.toThrow(SECRET);
	});
});

test.each([
	['hex', '0201036C6E64aa'],
	['hex in lines', '0201036c\n6e64aa\n'],
	['base64', Buffer.from('0201036c6e64aa', 'hex').toString('base64')],
	['base64url without padding', Buffer.from('0201036c6e64aa', 'hex').toString('base64url')],
])('a macaroon in %s', (_what, text) => {
	expect(readMacaroonHex(text)).toBe('0201036c6e64aa');
});

test.each(['', '/home/bitcoin/admin.macaroon', 'admin', '0201036c6e6', 'not a macaroon'])(
	'%p is no macaroon',
	(text) => {
		expect(() => readMacaroonHex(text)).toThrow(WalletSettingsInvalid);
	},
);

describe('the CA certificate', () => {
	const { cert } = selfSignedCertificate();

	test.each([
		['as it is', cert],
		['on one line', cert.replace(/\n/g, ' ')],
		['with \\n for line breaks', cert.replace(/\n/g, '\\n')],
		['with other lines around', `subject=x\n${cert}\nmore`],
	])('is read %s', (_what, text) => {
		expect(readCaCertificate(text)).toBe(cert);
	});

	test('may be several, or none', () => {
		expect(readCaCertificate(cert + cert)).toBe(cert + cert);
		expect(readCaCertificate('')).toBe('');
	});

	test('is refused where it is something else', () => {
		expect(() => readCaCertificate('/home/bitcoin/tls.cert')).toThrow(WalletSettingsInvalid);
	});
});
