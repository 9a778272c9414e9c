import type { Http } from '../../../nodes/Sats4Ai/l402/http';
import { connectWallet } from '../../../nodes/Sats4Ai/wallets/backends';
import type { Wallet } from '../../../nodes/Sats4Ai/wallets/wallet';
import { NO_SETTINGS, type EmulatedWallet } from '../emulators/emulated';
import { startLnbits } from '../emulators/lnbits';
import { mint, type Minted } from '../emulators/mint';
import { open } from '../open';

const LIMITS = { maxFeeMsat: 10_000n, timeoutMs: 5_000 };
const HURRIED_MS = 600;

/** LNbits 1.6 lets a wallet be shared without the right to view its payments. */
describe('a wallet of LNbits that is shown no payments', () => {
	let emulated: EmulatedWallet;
	let wallet: Wallet;

	beforeEach(async () => {
		emulated = await startLnbits();
		emulated.node.isBlind = true;
		wallet = open(emulated, emulated.settings);
	});

	afterEach(async () => await emulated.close());

	const minted = (): Minted => {
		const invoice = mint();
		emulated.node.preimages.set(invoice.paymentHash, invoice.preimage);
		return invoice;
	};
	const lookup = async (invoice: Minted) => await wallet.lookupPayment(invoice, 5_000);

	test('proves what it has paid all the same', async () => {
		const invoice = minted();
		emulated.breakWith('cut');
		const hurried = open(emulated, emulated.settings, HURRIED_MS);
		expect(await hurried.payInvoice(invoice, LIMITS)).toMatchObject({ status: 'unknown' });
		emulated.breakWith('none');
		expect(await lookup(invoice)).toMatchObject({ status: 'paid', preimage: invoice.preimage });
	});

	test.each(['hold', 'noRoute'] as const)(
		'does not know the end of a payment: %s',
		async (plan) => {
			emulated.node.plan = plan;
			const invoice = minted();
			emulated.node.send(invoice.paymentHash, invoice.amountMsat);
			const unknown = {
				status: 'unknown',
				reason: expect.stringContaining('right to view payments'),
			};
			expect(await lookup(invoice)).toMatchObject(unknown);
			// A refusal of the second call is no proof about the first.
			const again = await wallet.payInvoice(invoice, LIMITS);
			expect(again.status).toMatch(/^(pending|unknown)$/);
			expect(emulated.node.sent).toHaveLength(1);
		},
	);

	test('does not tell what it has spent', async () => {
		await wallet.payInvoice(minted(), LIMITS);
		const told = await wallet.spentSince({ sinceAt: 0, timeoutMs: 5_000, bookmark: null });
		expect(told).toMatchObject({
			status: 'unavailable',
			cause: 'unauthorized',
			reason: expect.stringContaining('the right to view payments'),
		});
	});

	test('knows nothing of a payment that was never tried', async () => {
		expect(await lookup(minted())).toEqual({ status: 'notFound' });
	});
});

/** What LNbits answers with the key, without it, and to the question for a list. */
async function lookUp(
	withoutKey: readonly [status: number, body: object],
	list: object,
	timeouts: number[] = [],
) {
	let elapsed = 0;
	const http: Http = async ({ url, headers, timeoutMs }) => {
		timeouts.push(timeoutMs);
		elapsed += ANSWER_MS;
		const [status, body] = url.includes('?limit=')
			? [200, list]
			: 'x-api-key' in headers
				? [404, NO_SUCH]
				: withoutKey;
		return { kind: 'answer', status, headers: {}, body: Buffer.from(JSON.stringify(body)) };
	};
	const settings = { ...NO_SETTINGS, wallet: 'lnbits', url: 'http://wallet', adminKey: 'key' };
	const ports = { http, sleep: async () => undefined, now: () => 0, elapsedMs: () => elapsed };
	return await connectWallet(settings, ports).lookupPayment(mint(), 5_000);
}

const ANSWER_MS = 2_000;
const NO_SUCH = { detail: 'Payment does not exist.' };
const OPEN = { paid: false, status: 'pending', preimage: null };

test.each([
	['is not known to LNbits', [404, NO_SUCH], [], 'notFound'],
	['waits in another wallet of the same LNbits', [200, OPEN], [{ amount: 50_000 }], 'notFound'],
	['may be one of a wallet that is shown none', [200, OPEN], [], 'unknown'],
	['is paid, as it says without a proof', [200, { paid: true, preimage: 'x' }], [], 'unknown'],
	['is not told without a key by what is in front', [401, {}], [], 'notFound'],
	['is not told: the server is down', [502, {}], [], 'unknown'],
	['is not told: a page', [200, '<html>'], [], 'notFound'],
] as const)('an invoice that %s', async (_what, withoutKey, list, status) => {
	expect(await lookUp(withoutKey as [number, object], list)).toMatchObject({ status });
});

test('all questions of one look-up share its time', async () => {
	const timeouts: number[] = [];
	await lookUp([200, OPEN], [], timeouts);
	expect(timeouts).toEqual([5_000, 3_000, 1_000]);
});
