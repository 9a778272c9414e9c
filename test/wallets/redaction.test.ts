import fc from 'fast-check';
import { redact, secretsOf, withoutSecrets } from '../../nodes/Sats4Ai/wallets/redaction';
import type { Wallet } from '../../nodes/Sats4Ai/wallets/wallet';
import { NO_SETTINGS } from './emulators/emulated';
import { mint } from './emulators/mint';

const MACAROON = '0201036c6e6402f801030a10';
const settings = {
	...NO_SETTINGS,
	macaroon: MACAROON,
	password: 'pass+word/1',
	connectionString: `nostr+walletconnect://${'ab'.repeat(32)}?relay=wss%3A%2F%2Fr&secret=${'cd'.repeat(32)}`,
};

test.each([
	['as typed', MACAROON],
	['in upper case', MACAROON.toUpperCase()],
	['as base64', Buffer.from(MACAROON, 'hex').toString('base64')],
	['as base64url', Buffer.from(MACAROON, 'hex').toString('base64url')],
	['a password', 'pass+word/1'],
	['a password in a URL', encodeURIComponent('pass+word/1')],
	['basic auth as it is sent', Buffer.from('phoenix:pass+word/1').toString('base64')],
	['the secret of a connection', 'cd'.repeat(32)],
	['a whole connection string', settings.connectionString],
])('a secret is taken out: %s', (_how, form) => {
	const clean = redact(`refused: ${form}, sorry`, secretsOf(settings));
	expect(clean).toBe('refused: ***, sorry');
});

test('a text is put on one line and cut', () => {
	expect(redact('a\n\tb\u0000c', [])).toBe('a b c');
	expect(redact('x'.repeat(5_000), [])).toHaveLength(301);
});

test('no secret of whatever form survives', () => {
	const secrets = fc.string({ minLength: 6, maxLength: 40 }).filter((text) => !/[*\s]/.test(text));
	fc.assert(
		fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
			const line = redact(
				`${before}${secret}${after}`,
				secretsOf({ ...NO_SETTINGS, rune: secret }),
			);
			expect(line.toLowerCase()).not.toContain(secret.toLowerCase());
		}),
	);
});

test.each([
	['a', 'a payment failed: a, said the wallet a', '*** payment failed: ***, said the wallet ***'],
	['1', 'HTTP 401: got 1', 'HTTP 401: got ***'],
	['pay', 'repay, pay: payment', 'repay, ***: payment'],
])('a short secret, %s, does not mangle the text', (rune, text, clean) => {
	expect(redact(text, secretsOf({ ...NO_SETTINGS, rune }))).toBe(clean);
});

test('a defect in a wallet ends as unknown, without its secrets', async () => {
	const broken: Wallet = {
		name: 'lnd',
		notFoundFinalAfterMs: 60_000,
		payInvoice: async () => await Promise.reject(new Error(`bad header ${MACAROON}`)),
		lookupPayment: async () => await Promise.reject(new Error(MACAROON)),
		makeInvoice: async () => await Promise.reject(new Error(MACAROON)),
		lookupReceived: async () => await Promise.reject(new Error(MACAROON)),
		spentSince: async () => await Promise.reject(new Error(MACAROON)),
		describe: async () => ({ status: 'ok', alias: MACAROON, network: null, spendableMsat: null }),
	};
	const wallet = withoutSecrets(broken, settings);
	const outcome = await wallet.payInvoice(mint(), { maxFeeMsat: 0n, timeoutMs: 1 });
	expect(outcome).toMatchObject({ status: 'unknown', reason: expect.stringContaining('***') });
	expect(await wallet.lookupPayment(mint(), 1)).toMatchObject({ status: 'unknown' });
	const wanted = { amountMsat: 1n, network: 'regtest', memo: '', expirySeconds: 1 } as const;
	const notMade = { status: 'failed', reason: expect.stringContaining('***') };
	expect(await wallet.makeInvoice({ ...wanted, timeoutMs: 1 })).toEqual(notMade);
	expect(await wallet.lookupReceived('', 1)).toEqual({ ...notMade, status: 'unknown' });
	expect(await wallet.describe(1)).toMatchObject({ alias: '***' });
	const question = { sinceAt: 0, timeoutMs: 1, bookmark: null };
	expect(await wallet.spentSince(question)).toMatchObject({ ...notMade, status: 'unavailable' });
	const describe = async () => await Promise.reject(new Error(MACAROON));
	const worse = withoutSecrets({ ...broken, describe }, settings);
	expect(await worse.describe(1)).toMatchObject({ status: 'unavailable', cause: 'other' });
});
