import { describeForTest } from '../../nodes/Sats4Ai/wallets/describeForTest';
import type { EmulatedWallet } from './emulators/emulated';
import { startCln } from './emulators/cln';
import { startLnbits } from './emulators/lnbits';
import { startLnd } from './emulators/lnd';
import { startNwc } from './emulators/nwc';
import { startPhoenixd } from './emulators/phoenixd';
import { nodeHttp } from './nodeHttp';

const started: EmulatedWallet[] = [];
const start = async <T extends EmulatedWallet>(starting: Promise<T>): Promise<T> => {
	const emulated = await starting;
	started.push(emulated);
	return emulated;
};

afterEach(async () => {
	for (const emulated of started.splice(0)) await emulated.close();
});

const run = async (emulated: EmulatedWallet, change: object = {}) =>
	await describeForTest(
		{ ...emulated.settings, network: 'mainnet', maxPaymentSat: 1000, ...change },
		{
			http: nodeHttp,
			now: Date.now,
			elapsedMs: () => performance.now(),
			sleep: async (ms) => await new Promise((resolve) => setTimeout(resolve, ms)),
			...emulated.ports,
		},
	);

test.each([
	['cln', startCln, 'Connected to cln "atelier": mainnet, 1000 sats to spend.'],
	[
		'lnbits',
		startLnbits,
		'Connected to lnbits "pictures": network not told by the wallet, 1000 sats to spend.',
	],
	['lnd', startLnd, 'Connected to lnd "gallery": mainnet, 1000 sats to spend.'],
	['nwc', startNwc, 'Connected to nwc "hub": mainnet, 1000 sats to spend.'],
	[
		'phoenixd',
		startPhoenixd,
		'Connected to phoenixd "phoenixd 0.8.0-1d3f6ee": mainnet, 1000 sats to spend.',
	],
])('%s tells what it is', async (_name, starting, message) => {
	const emulated = await start<EmulatedWallet>(starting());
	expect(await run(emulated)).toEqual({ ok: true, message });
	expect(emulated.payCalls()).toBe(0);
});

test.each([
	['cln', startCln, 1_000n],
	['lnbits', startLnbits, 1_000n],
	['lnd', startLnd, 1_000n],
	['nwc', startNwc, 1_000n],
	['phoenixd', startPhoenixd, 4_020n],
])('%s tells what is spent and left of a cap per day', async (_name, starting, feeMsat) => {
	const emulated = await start<EmulatedWallet>(starting());
	emulated.node.send('01'.repeat(32), 5_000n);
	const { ok, message } = await run(emulated, { maxPerDaySat: 30 });
	const spentSat = feeMsat === 1_000n ? 6 : 10;
	expect(message).toMatch(`Within 24 hours ${spentSat} of 30 sats have left, `);
	expect(message).toMatch(`, ${feeMsat === 1_000n ? 24 : 20} are free.`);
	expect(ok).toBe(true);
	expect(emulated.payCalls()).toBe(0);
});

test.each([
	['lnd', startLnd, /ListPayments/],
	['nwc', startNwc, /list_transactions/],
])('%s that may not list its payments fails the test of a cap', async (_name, starting, right) => {
	const emulated = await start<EmulatedWallet>(starting());
	const listless = { ...emulated.listless, network: 'mainnet' };
	expect(await run(emulated, listless)).toMatchObject({ ok: true });
	const capped = await run(emulated, { ...listless, maxPerDaySat: 30 });
	expect(capped).toEqual({ ok: false, message: expect.stringMatching(right) });
});

test.each([
	['cln', startCln],
	['lnbits', startLnbits],
	['lnd', startLnd],
	['nwc', startNwc],
	['phoenixd', startPhoenixd],
])('%s without a sat is noticed', async (_name, starting) => {
	const emulated = await start<EmulatedWallet>(starting());
	emulated.node.balanceMsat = 0n;
	expect(await run(emulated)).toEqual({
		ok: false,
		message: expect.stringMatching(/^Connected to .* the wallet is empty: 0 sats.* Top it up/),
	});
});

test('a wallet on another network is not the right one', async () => {
	const { ok, message } = await run(await start(startLnd()), { network: 'regtest' });
	expect(ok).toBe(false);
	expect(message).toMatch(/on mainnet.*says regtest/);
});

test('a wrong secret says what to check', async () => {
	const emulated = await start(startLnbits());
	const { ok, message } = await run(emulated, { adminKey: '11112222333344445555666677778888' });
	expect(ok).toBe(false);
	expect(message).toMatch(/invoice key.*admin key/);
	expect(message).not.toContain('11112222333344445555666677778888');
});

test('a certificate that is not known says where to put it', async () => {
	const emulated = await start(startLnd());
	const { ok, message } = await run(emulated, { caCertificate: '' });
	expect(ok).toBe(false);
	expect(message).toMatch(/certificate.*CA Certificate/i);
	expect(await run(emulated, { caCertificate: '', ignoreSslIssues: true })).toMatchObject({
		ok: true,
	});
});

test.each([
	['lnbits', startLnbits],
	['phoenixd', startPhoenixd],
])('%s, whose form takes no certificate, is not told to paste one', async (_name, starting) => {
	const { url } = (await start(startLnd())).settings;
	const { ok, message } = await run(await start<EmulatedWallet>(starting()), { url });
	expect(ok).toBe(false);
	expect(message).toMatch(/self.signed certificate.*a certificate that n8n trusts/);
	expect(message).not.toContain('CA Certificate');
});

test('a certificate of another node is refused', async () => {
	const [ours, theirs] = [await start(startCln()), await start(startCln())];
	const { caCertificate } = theirs.settings;
	expect(await run(ours, { caCertificate })).toMatchObject({ ok: false });
});

test.each([
	[{ wallet: 'bank' }, /Choose a wallet/],
	[{ url: '' }, /Enter the URL/],
	[{ maxPaymentSat: 0 }, /above 0/],
	[{ caCertificate: 'tls.cert' }, /PEM/],
])('a form with %j is not tried', async (change, words) => {
	const { ok, message } = await run(await start(startLnd()), change);
	expect(ok).toBe(false);
	expect(message).toMatch(words);
});

test('nobody there says what to check', async () => {
	const emulated = await start(startPhoenixd());
	await emulated.close();
	const { ok, message } = await run(emulated);
	expect(ok).toBe(false);
	expect(message).toMatch(/could not be reached.*Check the address/);
});
