import { connectWallet } from '../../../nodes/Sats4Ai/wallets/backends';
import { describeForTest } from '../../../nodes/Sats4Ai/wallets/describeForTest';
import { NO_SETTINGS } from '../emulators/emulated';
import { mint } from '../emulators/mint';
import vectors from '../vectors/nwc-events.json';

const connectionString = `nostr+walletconnect://${vectors.walletPublicKey}?relay=wss%3A%2F%2Frelay.example&secret=${vectors.clientSecret}`;
const settings = { ...NO_SETTINGS, wallet: 'nwc' as const, connectionString };
const ports = {
	http: async () => ({ kind: 'notSent' as const, reason: 'no HTTP here' }),
	now: Date.now,
	elapsedMs: () => performance.now(),
	sleep: async () => undefined,
};

jest.mock('../../../nodes/Sats4Ai/wallets/nwc/webSocket', () => ({
	nodeWebSocket: () => undefined,
}));

test('before Node 22 nothing is sent, and the reason names the way out', async () => {
	const wallet = connectWallet(settings, ports);
	const limits = { maxFeeMsat: 10_000n, timeoutMs: 1_000 };
	const refused = { cause: 'unreachable', reason: expect.stringContaining('22') };
	expect(await wallet.payInvoice(mint(), limits)).toMatchObject({ status: 'notSent', ...refused });
	expect(await wallet.describe(1_000)).toMatchObject({ status: 'unavailable', ...refused });
	expect(await wallet.lookupPayment(mint(), 1_000)).toMatchObject({ status: 'unknown' });
	const { ok, message } = await describeForTest({ ...settings }, ports);
	expect(ok).toBe(false);
	expect(message).toContain('22');
});
