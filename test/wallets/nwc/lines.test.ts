import type { Wallet } from '../../../nodes/Sats4Ai/wallets/wallet';
import { emulators, LIMITS, minted, sleep, wallet } from './opened';
import type { NwcEmulator } from '../emulators/nwc';

const { start } = emulators();

/** One item of a run: its own wallet, closed when it is done. */
async function item(emulator: NwcEmulator): Promise<string> {
	const payer = wallet(emulator);
	const { status } = await payer.payInvoice(minted(emulator), LIMITS);
	payer.close?.();
	return status;
}

async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await sleep(20);
}

test.concurrent('all calls at the same time share one connection to a relay', async () => {
	const emulator = await start();
	const second = await emulator.alsoAt();
	const settings = emulator.settingsOver([emulator.relayUrl, second.url]);
	const wallets = Array.from({ length: 10 }, () => wallet(emulator, settings));
	const pay = async (payer: Wallet) => {
		const invoice = minted(emulator, 1_000n);
		const { status } = await payer.payInvoice(invoice, LIMITS);
		const record = await payer.lookupPayment(invoice, 5_000);
		return [status, record.status];
	};
	const outcomes = await Promise.all(wallets.map(pay));
	expect(outcomes).toEqual(wallets.map(() => ['paid', 'paid']));
	expect([emulator.relay.connections, second.connections]).toEqual([1, 1]);
	expect(emulator.node.sent).toHaveLength(10);
});

test.concurrent(
	'items after one another share it, too, and it is closed when no more come',
	async () => {
		const emulator = await start();
		for (let count = 0; count < 5; count += 1) expect(await item(emulator)).toBe('paid');
		expect(emulator.relay.connections).toBe(1);
		await until(() => emulator.relay.open === 0);
		expect(await item(emulator)).toBe('paid');
		expect(emulator.relay.connections).toBe(2);
	},
);

test.concurrent(
	'it stays while one item is in work, however long the others are done',
	async () => {
		const emulator = await start();
		const longItem = wallet(emulator);
		expect(await item(emulator)).toBe('paid');
		await sleep(2_500);
		expect(emulator.relay.open).toBe(1);
		longItem.close?.();
		longItem.close?.();
		await until(() => emulator.relay.open === 0);
	},
);

test.concurrent('a relay that lets go of no connection keeps two at most', async () => {
	const emulator = await start({ clings: true });
	for (let run = 0; run < 4; run += 1) {
		expect(await item(emulator)).toBe('paid');
		await sleep(2_300);
	}
	expect(emulator.relay.connections).toBe(2);
});

test.concurrent('another secret has a connection of its own', async () => {
	const emulator = await start();
	expect(await item(emulator)).toBe('paid');
	const stranger = wallet(emulator, emulator.payOnly);
	expect(await stranger.payInvoice(minted(emulator), LIMITS)).toMatchObject({ status: 'paid' });
	stranger.close?.();
	expect(emulator.relay.connections).toBe(2);
});

test.concurrent(
	'a connection that says nothing any more is given up for another, before anything is sent',
	async () => {
		const emulator = await start();
		const payer = wallet(emulator);
		expect(await payer.payInvoice(minted(emulator), LIMITS)).toMatchObject({ status: 'paid' });
		emulator.relay.freeze();
		const limits = { ...LIMITS, timeoutMs: 20_000 };
		expect(await payer.payInvoice(minted(emulator), limits)).toMatchObject({ status: 'paid' });
		expect(emulator.relay.connections).toBe(2);
		expect(emulator.node.sent).toHaveLength(2);
	},
);

test.concurrent('a connection that the relay has ended is opened again', async () => {
	const emulator = await start();
	const payer = wallet(emulator);
	expect(await payer.payInvoice(minted(emulator), LIMITS)).toMatchObject({ status: 'paid' });
	await sleep(1_100);
	emulator.dropConnections();
	await sleep(50);
	expect(await payer.payInvoice(minted(emulator), LIMITS)).toMatchObject({ status: 'paid' });
});

test.concurrent('a new announcement replaces the old one on a line that stays', async () => {
	const emulator = await start({ methods: ['get_info', 'lookup_invoice', 'pay_invoice'] });
	const payer = wallet(emulator);
	expect(await payer.payInvoice(minted(emulator), LIMITS)).toMatchObject({ status: 'paid' });
	await sleep(1_100);
	emulator.methods = ['get_info', 'lookup_invoice'];
	emulator.announce();
	await sleep(100);
	expect(await payer.payInvoice(minted(emulator), LIMITS)).toMatchObject({
		status: 'notSent',
		cause: 'unauthorized',
	});
});

test.concurrent('receiving uses the same connection', async () => {
	const emulator = await start();
	const both = wallet(emulator);
	expect(await both.payInvoice(minted(emulator), LIMITS)).toMatchObject({ status: 'paid' });
	const wanted = {
		amountMsat: 5_000n,
		network: 'mainnet',
		memo: 'Refund',
		expirySeconds: 3_600,
		timeoutMs: 5_000,
	} as const;
	const made = await both.makeInvoice(wanted);
	if (made.status !== 'made') throw new Error(made.reason);
	expect(await both.lookupReceived(made.paymentHash, 5_000)).toEqual({ status: 'waiting' });
	expect(emulator.relay.connections).toBe(1);
});
