import { nwc } from '../../../nodes/Sats4Ai/wallets/nwc/wallet';
import { payInvoice } from '../../../nodes/Sats4Ai/l402/payment';
import { DEAD_RELAY, emulators, LIMITS, minted, sleep, wallet } from './opened';

const { start } = emulators();

test.concurrent('a dead relay beside a living one does no harm', async () => {
	const emulator = await start();
	const settings = emulator.settingsOver([DEAD_RELAY, emulator.relayUrl]);
	const outcome = await wallet(emulator, settings).payInvoice(minted(emulator), LIMITS);
	expect(outcome).toMatchObject({ status: 'paid' });
});

test.concurrent('a payment is handed to one relay only, a look-up to all', async () => {
	const emulator = await start();
	const settings = emulator.settingsOver([emulator.relayUrl, `${emulator.relayUrl}/second`]);
	const invoice = minted(emulator);
	await wallet(emulator, settings).payInvoice(invoice, LIMITS);
	expect(emulator.handedOver).toHaveLength(1);
	await wallet(emulator, settings).lookupPayment(invoice, 5_000);
	expect(emulator.handedOver).toHaveLength(3);
});

test.concurrent('an answer is still heard after the relay dropped the connection', async () => {
	const emulator = await start();
	emulator.node.plan = 'hold';
	const invoice = minted(emulator);
	const outcome = wallet(emulator).payInvoice(invoice, LIMITS);
	while (emulator.node.sent.length === 0) await sleep(20);
	emulator.dropConnections();
	while (emulator.replySubscriptions() === 0) await sleep(20);
	emulator.node.settle(invoice.paymentHash);
	expect(await outcome).toMatchObject({ status: 'paid', preimage: invoice.preimage });
	expect(emulator.payCalls()).toBe(1);
});

test.concurrent('a request carries the encryption, the wallet and when it expires', async () => {
	const emulator = await start();
	await wallet(emulator).lookupPayment(minted(emulator), 5_000);
	const tags = new Map(emulator.handedOver[0]?.tags.map(([name, value]) => [name, value]));
	expect(tags.get('encryption')).toBe('nip44_v2');
	expect(emulator.settings.connectionString).toContain(String(tags.get('p')));
	const leftS = Number(tags.get('expiration')) - Date.now() / 1000;
	expect(leftS).toBeGreaterThan(5);
	expect(leftS).toBeLessThan(120);
});

test.concurrent('a wallet without NIP-44 is asked without the tag for it', async () => {
	const emulator = await start({ encryption: 'nip04' });
	await wallet(emulator).lookupPayment(minted(emulator), 5_000);
	const names = emulator.handedOver[0]?.tags.map(([name]) => name);
	expect(names).toEqual(['p', 'expiration']);
});

test.concurrent.each(['restricted: members only', 'rate-limited: slow down', 'blocked: no'])(
	'a relay that says "%s" may have passed the request on',
	async (relayRefuses) => {
		const emulator = await start({ refuses: relayRefuses });
		const outcome = await wallet(emulator).payInvoice(minted(emulator), LIMITS);
		expect(outcome).toMatchObject({ status: 'unknown' });
		expect(outcome).toMatchObject({ reason: expect.stringContaining(relayRefuses) });
	},
);

test.concurrent(
	'a payment that a relay refused, and passed on all the same, is noticed',
	async () => {
		const emulator = await start({ refuses: 'rate-limited: slow down', lies: true });
		const invoice = minted(emulator);
		const outcome = await wallet(emulator).payInvoice(invoice, LIMITS);
		expect(outcome).toMatchObject({ status: 'paid', preimage: invoice.preimage });
		expect(emulator.payCalls()).toBe(1);
	},
);

test.concurrent(
	'a payment that a relay refused, and passed on, is looked up where it takes long',
	async () => {
		const emulator = await start({ refuses: 'rate-limited: slow down', lies: true });
		emulator.node.plan = 'hold';
		const invoice = minted(emulator);
		const terms = {
			maxFeeMsat: LIMITS.maxFeeMsat,
			deadlineAt: performance.now() + LIMITS.timeoutMs,
		};
		const clock = {
			now: Date.now,
			elapsedMs: () => performance.now(),
			sleep,
			cancelled: () => false,
		};
		const settlement = payInvoice(wallet(emulator), invoice, terms, clock);
		while (emulator.node.sent.length === 0) await sleep(20);
		await sleep(2_500);
		emulator.node.settle(invoice.paymentHash);
		expect(await settlement).toMatchObject({ status: 'paid', preimage: invoice.preimage });
		expect(emulator.payCalls()).toBe(1);
	},
);

test.concurrent(
	'a payment refused by one relay is handed to the next as the same event',
	async () => {
		const emulator = await start({ refuses: 'rate-limited: slow down' });
		const settings = emulator.settingsOver([emulator.relayUrl, `${emulator.relayUrl}/second`]);
		const outcome = await wallet(emulator, settings).payInvoice(minted(emulator), LIMITS);
		expect(outcome).toMatchObject({ status: 'unknown' });
		expect(emulator.handedOver).toHaveLength(2);
		expect(new Set(emulator.handedOver.map(({ id }) => id)).size).toBe(1);
	},
);

test.concurrent('a relay that is unwell may have passed the request on', async () => {
	const emulator = await start({ refuses: 'error: could not save' });
	const limits = { ...LIMITS, timeoutMs: 1_000 };
	const outcome = await wallet(emulator).payInvoice(minted(emulator), limits);
	expect(outcome).toMatchObject({ status: 'unknown' });
});

test.concurrent(
	'a wallet that has not announced itself and does not answer is not paid with',
	async () => {
		const emulator = await start({ announces: false });
		emulator.isOff = true;
		const payer = wallet(emulator);
		const refused = { cause: 'unreachable', reason: expect.stringMatching(/no announcement/) };
		const outcome = await payer.payInvoice(minted(emulator), LIMITS);
		expect(outcome).toMatchObject({ status: 'notSent', ...refused });
		expect(await payer.describe(5_000)).toMatchObject(refused);
		expect(emulator.node.sent).toEqual([]);
	},
);

test.concurrent.each([
	[['get_info', 'pay_invoice'], 'lookup_invoice'],
	[['get_info', 'lookup_invoice'], 'pay_invoice'],
])('with the methods %j nothing is paid, for want of %s', async (methods, missing) => {
	const emulator = await start({ methods });
	const payer = wallet(emulator);
	const refused = { cause: 'unauthorized', reason: expect.stringContaining(missing) };
	expect(await payer.payInvoice(minted(emulator), LIMITS)).toMatchObject({
		status: 'notSent',
		...refused,
	});
	expect(await payer.describe(5_000)).toMatchObject({ status: 'unavailable', ...refused });
	expect(emulator.handedOver).toHaveLength(0);
});

test.concurrent('methods that only get_info tells are looked at too', async () => {
	const methods = ['get_info', 'pay_invoice'];
	const payer = wallet(await start({ methods, namesMethods: false }));
	expect(await payer.describe(5_000)).toMatchObject({
		status: 'unavailable',
		cause: 'unauthorized',
		reason: expect.stringContaining('lookup_invoice'),
	});
});

test.concurrent('a connection that may not ask for information can still pay', async () => {
	const emulator = await start({ methods: ['lookup_invoice', 'pay_invoice'] });
	const payer = wallet(emulator);
	expect(await payer.describe(5_000)).toMatchObject({ status: 'ok', network: null });
	expect(await payer.payInvoice(minted(emulator), LIMITS)).toMatchObject({ status: 'paid' });
});

test.concurrent.each([
	['INTERNAL', 'rpc error: code = Unknown desc = wallet locked, unlock it'],
	['OTHER', 'connection error: error while dialing: dial tcp: connect: connection refused'],
])('a wallet whose node is away does not pass the test: %s, %s', async (code, message) => {
	const emulator = await start();
	emulator.speaks = (method, answer) =>
		method === 'get_balance' ? { error: { code, message } } : answer;
	const description = await wallet(emulator).describe(5_000);
	expect(description).toMatchObject({
		status: 'unavailable',
		reason: expect.stringContaining(message),
	});
});

test.concurrent('a balance that the wallet keeps to itself is no fault', async () => {
	const emulator = await start();
	const error = { code: 'INTERNAL', message: 'no balance for this app' };
	emulator.speaks = (method, answer) => (method === 'get_balance' ? { error } : answer);
	const description = await wallet(emulator).describe(5_000);
	expect(description).toMatchObject({ status: 'ok', spendableMsat: null });
});

test.concurrent(
	'short of balance because the same payment is under way is not "not sent"',
	async () => {
		const emulator = await start();
		emulator.node.plan = 'hold';
		const invoice = minted(emulator);
		await wallet(emulator).payInvoice(invoice, { ...LIMITS, timeoutMs: 1_000 });
		const short = { code: 'INSUFFICIENT_BALANCE', message: 'all of it is in flight' };
		emulator.speaks = (method, answer) => (method === 'pay_invoice' ? { error: short } : answer);
		expect(await wallet(emulator).payInvoice(invoice, LIMITS)).toMatchObject({ status: 'pending' });
	},
);

test.concurrent.each([
	[5_000n, 9_999n, 'notSent'],
	[5_000n, 10_000n, 'paid'],
	[200_000n, 10_000n, 'paid'],
])('%d msat with a fee limit of %d msat: %s', async (amountMsat, maxFeeMsat, status) => {
	const emulator = await start();
	const invoice = minted(emulator, amountMsat);
	const outcome = await wallet(emulator).payInvoice(invoice, { ...LIMITS, maxFeeMsat });
	expect(outcome.status).toBe(status);
});

test.concurrent('a stopped run ends the wait, and the payment stays open', async () => {
	const emulator = await start();
	emulator.node.plan = 'hold';
	let isCanceled = false;
	const payer = nwc.connect(emulator.settings, {
		http: async () => ({ kind: 'notSent', reason: 'no HTTP here' }),
		now: Date.now,
		elapsedMs: () => performance.now(),
		sleep: async (ms) => {
			if (!isCanceled) await sleep(ms);
		},
		...emulator.ports,
	});
	const outcome = payer.payInvoice(minted(emulator), { ...LIMITS, timeoutMs: 3_600_000 });
	while (emulator.node.sent.length === 0) await sleep(20);
	isCanceled = true;
	expect(await outcome).toMatchObject({ status: 'unknown' });
});
