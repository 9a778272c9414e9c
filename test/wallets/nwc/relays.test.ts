import type { RelayOptions } from '../emulators/nwcRelay';
import { emulators, LIMITS, minted, sleep, wallet } from './opened';

const { start } = emulators();

type Filter = Parameters<NonNullable<RelayOptions['closes']>>[0];
const isForAnswers = ({ kinds }: Filter) => kinds?.includes(23195) === true;

describe('a relay that does not let the answer be heard', () => {
	test.concurrent.each([
		'auth-required: x',
		'restricted: members only',
		'rate-limited: slow down',
		'unsupported: too many tags',
		'blocked: you are banned here',
		'error: could not connect to the database',
		'no prefix at all',
		'',
	])('CLOSED %j: nothing is handed over, with its words', async (words) => {
		const emulator = await start({ closes: (filter) => (isForAnswers(filter) ? words : null) });
		const outcome = await wallet(emulator).payInvoice(minted(emulator), LIMITS);
		expect(outcome).toMatchObject({
			status: 'notSent',
			cause: 'unreachable',
			reason: expect.stringContaining(words),
		});
		expect(emulator.handedOver).toEqual([]);
		expect(emulator.node.sent).toEqual([]);
	});

	test.concurrent('silence: nothing is handed over', async () => {
		const emulator = await start({ ignores: isForAnswers });
		const limits = { ...LIMITS, timeoutMs: 4_000 };
		const outcome = await wallet(emulator).payInvoice(minted(emulator), limits);
		expect(outcome).toMatchObject({ status: 'notSent', cause: 'unreachable' });
		expect(emulator.handedOver).toEqual([]);
	});

	test.concurrent('NOTICE alone: nothing is handed over, with its words', async () => {
		const notice = 'ERROR: bad req: filter too complex';
		const emulator = await start({ ignores: isForAnswers, notice });
		const limits = { ...LIMITS, timeoutMs: 4_000 };
		const outcome = await wallet(emulator).payInvoice(minted(emulator), limits);
		expect(outcome).toMatchObject({
			status: 'notSent',
			cause: 'unreachable',
			reason: expect.stringContaining(notice),
		});
		expect(emulator.handedOver).toEqual([]);
	});

	test.concurrent('that refuses all it is asked for says so', async () => {
		const emulator = await start({ closes: () => 'restricted: not on the list' });
		const refused = {
			cause: 'unreachable',
			reason: expect.stringContaining('restricted: not on the list'),
		};
		expect(await wallet(emulator).payInvoice(minted(emulator), LIMITS)).toMatchObject(refused);
		expect(await wallet(emulator).describe(5_000)).toMatchObject(refused);
		expect(emulator.handedOver).toEqual([]);
	});

	test.concurrent.each([
		['refused', { closes: (filter: Filter) => ('#e' in filter ? 'unsupported: #e' : null) }],
		['ignored', { ignores: (filter: Filter) => '#e' in filter }],
	])(
		'where only the filter by request is %s, it is asked for all answers',
		async (_how, options) => {
			const emulator = await start(options);
			const payer = wallet(emulator);
			expect(await payer.payInvoice(minted(emulator), LIMITS)).toMatchObject({ status: 'paid' });
			expect(await payer.payInvoice(minted(emulator), LIMITS)).toMatchObject({ status: 'paid' });
			expect(emulator.relay.asked).toContainEqual({
				kinds: [23195],
				authors: [expect.any(String)],
			});
			expect(emulator.node.sent).toHaveLength(2);
		},
	);

	test.concurrent('a relay that confirms late is waited for', async () => {
		const emulator = await start({ lateMs: 1_200 });
		expect(await wallet(emulator).payInvoice(minted(emulator), LIMITS)).toMatchObject({
			status: 'paid',
		});
		expect(emulator.payCalls()).toBe(1);
	});
});

describe('a relay that hangs up on a request without a word', () => {
	test.concurrent.each([
		['before it passes it on', 'before'],
		['after it passed it on', 'after'],
	] as const)('%s, gets the same one again, and it is paid once', async (_when, when) => {
		const emulator = await start({ hangsUp: { times: 1, when } });
		const invoice = minted(emulator);
		const limits = { ...LIMITS, timeoutMs: 3_000 };
		const payer = wallet(emulator);
		const outcome = await payer.payInvoice(invoice, limits);
		// What was answered while nobody listened is in the wallet's record.
		const paid = { status: 'paid', preimage: invoice.preimage };
		if (when === 'before') expect(outcome).toMatchObject(paid);
		expect(await payer.lookupPayment(invoice, 5_000)).toMatchObject(paid);
		expect(emulator.relay.hungUp).toBe(1);
		expect(emulator.payCalls()).toBe(1);
		expect(emulator.node.sent).toHaveLength(1);
	});

	test.concurrent('each time, is not asked for ever, and nobody knows how it ended', async () => {
		const emulator = await start({ hangsUp: { times: 1_000, when: 'before' } });
		const limits = { ...LIMITS, timeoutMs: 8_000 };
		const outcome = await wallet(emulator).payInvoice(minted(emulator), limits);
		expect(outcome).toMatchObject({ status: 'unknown' });
		expect(emulator.relay.hungUp).toBeGreaterThan(1);
		expect(emulator.relay.hungUp).toBeLessThanOrEqual(4);
	});

	test.concurrent('though it had said that it has it, is not given it again', async () => {
		const emulator = await start();
		emulator.node.plan = 'hold';
		const invoice = minted(emulator);
		const outcome = wallet(emulator).payInvoice(invoice, LIMITS);
		while (emulator.node.sent.length === 0) await sleep(20);
		emulator.dropConnections();
		while (emulator.replySubscriptions() === 0) await sleep(20);
		await sleep(500);
		emulator.node.settle(invoice.paymentHash);
		expect(await outcome).toMatchObject({ status: 'paid' });
		expect(emulator.handedOver).toHaveLength(1);
	});
});

describe('a relay that asks for a login', () => {
	test.concurrent.each([
		['on connecting', { login: 'atOnce' }],
		['when it is needed', { login: 'whenNeeded' }],
		['for events alone', { loginForEvents: true }],
		['late', { login: 'whenNeeded', lateMs: 300 }],
	] as const)('%s gets it', async (_when, options) => {
		const emulator = await start(options);
		const outcome = await wallet(emulator).payInvoice(minted(emulator), LIMITS);
		expect(outcome).toMatchObject({ status: 'paid' });
		expect(emulator.payCalls()).toBe(1);
		expect(new Set(emulator.handedOver.map(({ id }) => id)).size).toBe(1);
	});

	test.concurrent.each(['atOnce', 'whenNeeded'] as const)(
		'%s, and refuses it, says so',
		async (login) => {
			const emulator = await start({ login, refusesLogin: 'restricted: not a member' });
			const refused = {
				cause: 'unreachable',
				reason: expect.stringMatching(/refused the login: restricted: not a member/),
			};
			expect(await wallet(emulator).payInvoice(minted(emulator), LIMITS)).toMatchObject({
				status: 'notSent',
				...refused,
			});
			expect(await wallet(emulator).describe(5_000)).toMatchObject(refused);
			expect(emulator.handedOver).toEqual([]);
		},
	);

	test.concurrent('again after the connection was lost', async () => {
		const emulator = await start({ login: 'atOnce' });
		const payer = wallet(emulator);
		expect(await payer.payInvoice(minted(emulator), LIMITS)).toMatchObject({ status: 'paid' });
		emulator.dropConnections();
		await sleep(1_100);
		expect(await payer.payInvoice(minted(emulator), LIMITS)).toMatchObject({ status: 'paid' });
		expect(emulator.node.sent).toHaveLength(2);
	});
});

describe('several relays', () => {
	const LAST_YEAR_S = 365 * 24 * 3600;

	test.concurrent('home is where the newest announcement is', async () => {
		const emulator = await start({ lateMs: 150 });
		const stale = await emulator.alsoAt({ announcedAgoS: LAST_YEAR_S, swallows: true });
		const settings = emulator.settingsOver([stale.url, emulator.relayUrl]);
		const outcome = await wallet(emulator, settings).payInvoice(minted(emulator), LIMITS);
		expect(outcome).toMatchObject({ status: 'paid' });
		expect(stale.handedOver).toEqual([]);
		expect(emulator.handedOver).toHaveLength(1);
	});

	test.concurrent(
		'after silence the next one gets the same event, and it is paid once',
		async () => {
			const emulator = await start({ announces: false });
			const deafOne = await emulator.alsoAt({ swallows: true });
			const settings = emulator.settingsOver([deafOne.url, emulator.relayUrl]);
			const outcome = await wallet(emulator, settings).payInvoice(minted(emulator), LIMITS);
			expect(outcome).toMatchObject({ status: 'paid' });
			expect(deafOne.handedOver).toHaveLength(1);
			expect(emulator.handedOver.map(({ id }) => id)).toEqual(
				deafOne.handedOver.map(({ id }) => id),
			);
			expect(emulator.payCalls()).toBe(1);
		},
	);

	test.concurrent('a slow wallet behind all of them pays once', async () => {
		const emulator = await start();
		const second = await emulator.alsoAt();
		const settings = emulator.settingsOver([emulator.relayUrl, second.url]);
		emulator.node.plan = 'hold';
		const invoice = minted(emulator);
		const outcome = wallet(emulator, settings).payInvoice(invoice, LIMITS);
		while (second.handedOver.length + emulator.handedOver.length < 2) await sleep(50);
		emulator.node.settle(invoice.paymentHash);
		expect(await outcome).toMatchObject({ status: 'paid' });
		expect(emulator.payCalls()).toBe(1);
		expect(emulator.node.sent).toHaveLength(1);
	});

	test.concurrent('where the home refuses to pass the answer on, another one does', async () => {
		const emulator = await start({
			closes: (filter) => (isForAnswers(filter) ? 'error: x' : null),
		});
		const other = await emulator.alsoAt({ announcedAgoS: LAST_YEAR_S });
		const settings = emulator.settingsOver([emulator.relayUrl, other.url]);
		const outcome = await wallet(emulator, settings).payInvoice(minted(emulator), LIMITS);
		expect(outcome).toMatchObject({ status: 'paid' });
		expect(emulator.handedOver).toEqual([]);
	});

	test.concurrent('the seventh is used like the first', async () => {
		const emulator = await start();
		const dead = Array.from({ length: 6 }, (_, index) => `ws://127.0.0.1:9/${index}`);
		const settings = emulator.settingsOver([...dead, emulator.relayUrl]);
		const outcome = await wallet(emulator, settings).payInvoice(minted(emulator), LIMITS);
		expect(outcome).toMatchObject({ status: 'paid' });
	});
});

describe('no announcement', () => {
	test.concurrent.each(['nip44_v2', 'nip04'] as const)(
		'a wallet that knows %s is asked',
		async (encryption) => {
			const emulator = await start({ announces: false, encryption });
			const payer = wallet(emulator);
			expect(await payer.describe(10_000)).toMatchObject({ status: 'ok', network: 'mainnet' });
			expect(await payer.payInvoice(minted(emulator), LIMITS)).toMatchObject({ status: 'paid' });
			expect(emulator.payCalls()).toBe(1);
		},
	);

	test.concurrent('one that comes after EOSE is taken', async () => {
		const emulator = await start({ announces: false });
		emulator.isOff = true;
		const outcome = wallet(emulator).payInvoice(minted(emulator), LIMITS);
		await sleep(2_500);
		emulator.isOff = false;
		emulator.announce();
		expect(await outcome).toMatchObject({ status: 'paid' });
		expect(emulator.payCalls()).toBe(1);
	});

	test.concurrent('the wallet tells what the connection may do', async () => {
		const emulator = await start({ announces: false, methods: ['get_info', 'pay_invoice'] });
		expect(await wallet(emulator).payInvoice(minted(emulator), LIMITS)).toMatchObject({
			status: 'notSent',
			cause: 'unauthorized',
			reason: expect.stringContaining('lookup_invoice'),
		});
	});

	test.concurrent('a wallet that reads neither encryption is told in its words', async () => {
		const emulator = await start({ announces: false });
		emulator.speaks = () => ({ error: 'Failed to decrypt request' });
		const refused = {
			cause: 'unreachable',
			reason: expect.stringMatching(/no announcement.*Failed to decrypt request/),
		};
		expect(await wallet(emulator).payInvoice(minted(emulator), LIMITS)).toMatchObject(refused);
		expect(await wallet(emulator).describe(10_000)).toMatchObject(refused);
		expect(emulator.node.sent).toEqual([]);
	});
});
