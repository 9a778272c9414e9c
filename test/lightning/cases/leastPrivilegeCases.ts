import { nodeHttp } from '../../wallets/nodeHttp';
import { openBenchWallet } from '../benches/bench';
import { bakeCommand, bakeMacaroon } from '../lab/bakeMacaroon';
import { outgoing } from '../lab/books';
import { cancelInvoice, createInvoice, invoiceState } from '../lab/invoices';
import type { Lab } from '../lab/lab';
import type { Lnbits } from '../lab/lnbits';
import type { Lnd } from '../lab/lnd';
import type { LightningNetwork } from '../lab/network';
import { shareWallet } from '../lab/sharedWallet';
import { isMissing, type Prepared } from '../prepare/prepared';
import { HURRIED, LIMITS } from './customer';

/** What a leaked credential must not be good for. */
const BEYOND_PAYING = [
	['GET', '/v1/newaddress?type=TAPROOT_PUBKEY'],
	['GET', '/v1/balance/blockchain'],
	['GET', '/v1/payments'],
	['GET', '/v1/channels'],
	['POST', '/v1/channels'],
	['POST', '/v1/transactions'],
	['POST', '/v1/macaroon'],
] as const;

/** The instructions of `docs/wallets.md` give away what it takes to pay, and nothing more. */
export function leastPrivilegeCases(opened: () => Lab, { lnbits: program }: Prepared): void {
	test.each(['west', 'east'] as const)('the macaroon of LND, at %s', async (side) => {
		const { lncli, network } = opened();
		const node = network[side];
		const macaroon = await bakeMacaroon(lncli, node, bakeCommand());
		expect(await ask(node, macaroon, 'GET', '/v1/getinfo')).toMatchObject({ status: 200 });
		for (const [method, path] of BEYOND_PAYING) {
			const { status, text } = await ask(node, macaroon, method, path);
			expect({ path, status }).not.toMatchObject({ status: 200 });
			expect({ path, text }).toEqual({ path, text: expect.stringContaining('permission denied') });
		}
	});

	if (isMissing(program)) return;

	test('a wallet of LNbits beside a richer one', async () => {
		const { lnbits, network } = opened();
		if (isMissing(lnbits)) throw new Error(lnbits.missing);
		const poor = await lnbits.createWallet('n8n, too');
		const rich = await lnbits.createWallet('savings');
		await lnbits.fund(poor, network.east, 100);
		await lnbits.fund(rich, network.east, 5_000);
		const wallet = openBenchWallet({
			wallet: 'lnbits',
			url: lnbits.url,
			adminKey: poor.adminKey,
			network: 'regtest',
		});
		const refused = await wallet.payInvoice(await lnbits.invoice(rich, 1_000), LIMITS);
		expect(refused).toMatchObject({ status: 'notSent', cause: 'balance' });
		// From wallet to wallet of one server nothing goes over Lightning.
		const invoice = await lnbits.invoice(rich, 20);
		const paid = { status: 'paid', preimage: expect.stringMatching(/^[0-9a-f]{64}$/) };
		expect(await wallet.payInvoice(invoice, LIMITS)).toMatchObject(paid);
		const again = await wallet.payInvoice(invoice, LIMITS);
		expect(['paid', 'pending', 'unknown']).toContain(again.status);
		expect(await wallet.lookupPayment(invoice, 10_000)).toMatchObject(paid);
		expect(await lnbits.balanceMsat(poor)).toBe(80_000n);
		expect(await lnbits.balanceMsat(rich)).toBe(5_020_000n);
	});

	test('a wallet of LNbits that was shared without the right to view its payments', async () => {
		const { lnbits, network } = opened();
		if (isMissing(lnbits)) throw new Error(lnbits.missing);
		await expectNoMoneyTwice(lnbits, network);
	});
}

/** A wallet that was shared with the right to pay alone is shown nothing of what it pays. */
async function expectNoMoneyTwice(lnbits: Lnbits, { west, east }: LightningNetwork): Promise<void> {
	const { own, shared } = await shareWallet(lnbits.url, ['send-payments']);
	await lnbits.fund(own, east, 1_000);
	const { adminKey } = shared;
	const credential = { wallet: 'lnbits', url: lnbits.url, adminKey, network: 'regtest' };
	const wallet = openBenchWallet(credential);
	const invoice = await createInvoice(east, { amountMsat: 5_000n });
	expect(await wallet.lookupPayment(invoice, 10_000)).toEqual({ status: 'notFound' });
	const paid = { status: 'paid', preimage: invoice.preimage };
	expect(await wallet.payInvoice(invoice, LIMITS)).toMatchObject(paid);
	// Without a key LNbits shows what it keeps from this one.
	expect(await wallet.lookupPayment(invoice, 10_000)).toMatchObject(paid);
	const held = await createInvoice(east, { amountMsat: 900_000n, held: true });
	const hurried = openBenchWallet(credential, HURRIED.timeoutMs);
	const { status } = await hurried.payInvoice(held, HURRIED);
	expect(['pending', 'unknown']).toContain(status);
	await east.until('held payment', async () =>
		(await invoiceState(east, held)) === 'ACCEPTED' ? true : null,
	);
	// Over LND, LNbits says nothing of a payment under way for half a minute.
	const open = await wallet.lookupPayment(held, 10_000).finally(async () => {
		await cancelInvoice(east, held);
	});
	expect(open).toMatchObject({ status: 'unknown' });
	await west.until('end of the payment', async () =>
		(await outgoing(west)).every((payment) => payment.status !== 'IN_FLIGHT') ? true : null,
	);
	const lack = expect.stringContaining('the right to view payments');
	expect(await wallet.lookupPayment(held, 40_000)).toEqual({ status: 'unknown', reason: lack });
	const question = { sinceAt: 0, timeoutMs: 10_000, bookmark: null };
	const untold = { status: 'unavailable', cause: 'unauthorized', reason: lack };
	expect(await wallet.spentSince(question)).toMatchObject(untold);
}

async function ask(
	node: Lnd,
	macaroon: string,
	method: 'GET' | 'POST',
	path: string,
): Promise<{ status: number; text: string }> {
	const outcome = await nodeHttp({
		method,
		url: `${node.restUrl}${path}`,
		headers: { 'grpc-metadata-macaroon': macaroon },
		...(method === 'POST' ? { body: '{}' } : {}),
		timeoutMs: 30_000,
		maxBytes: 1024 * 1024,
		caCertificate: node.certificate,
	});
	if (outcome.kind !== 'answer') throw new Error(`${path}: ${outcome.reason}`);
	return { status: outcome.status, text: outcome.body.toString('utf8') };
}
