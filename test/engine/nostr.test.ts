import { times } from '../depth';
import { isPaid, NostrScene } from './nostr';
import { photo } from './photo';

const MANY = times(100, 30);

describe('a wallet behind Nostr relays', () => {
	it.concurrent('is paid from over one connection, many items at ten at once', async () => {
		await NostrScene.in({}, async (stage) => {
			const items = Array.from({ length: MANY }, () => photo());
			const options = { concurrency: 10, maxTotalSat: 0, paymentTimeout: 60 };
			const { items: out } = await stage.run({ items, options });
			expect(out.map(isPaid)).toEqual(items.map(() => true));
			expect(stage.emulator.relay.connections).toBe(1);
			expect(stage.sent).toBe(MANY);
			while (stage.emulator.relay.open > 0) await new Promise((done) => setTimeout(done, 50));
		});
	});

	it.concurrent('shares its connection among runs that follow each other', async () => {
		await NostrScene.in({}, async (stage) => {
			for (let run = 0; run < 3; run += 1) {
				expect((await stage.run()).items.map(isPaid)).toEqual([true]);
			}
			expect(stage.emulator.relay.connections).toBe(1);
		});
	});

	it.concurrent.each(['auth-required: x', 'restricted: y', 'rate-limited: z', 'unsupported: #e'])(
		'is not sent anything over a relay that closes the subscription: %s',
		async (words) => {
			const closes = ({ kinds }: { kinds?: number[] }) =>
				kinds?.includes(23195) === true ? words : null;
			await NostrScene.in({ closes }, async (stage) => {
				const { code, spent, message } = await stage.failure();
				expect({ code, spent }).toEqual({ code: 'WALLET_UNREACHABLE', spent: 'no' });
				expect(message).toContain(words);
				expect(stage.emulator.handedOver).toEqual([]);
				expect(stage.sent).toBe(0);
			});
		},
	);

	it.concurrent('pays over a relay with a login', async () => {
		await NostrScene.in({ login: 'atOnce' }, async (stage) => {
			expect((await stage.run()).items.map(isPaid)).toEqual([true]);
		});
	});

	it.concurrent('pays over the relay of the newest announcement', async () => {
		await NostrScene.in({ lateMs: 150 }, async (stage) => {
			const stale = await stage.emulator.alsoAt({ announcedAgoS: 30_000_000, swallows: true });
			const { items } = await stage.run({}, [stale.url, stage.emulator.relayUrl]);
			expect(items.map(isPaid)).toEqual([true]);
			expect(stage.sent).toBe(1);
		});
	});

	it.concurrent('pays without an announcement', async () => {
		await NostrScene.in({ announces: false }, async (stage) => {
			expect((await stage.run()).items.map(isPaid)).toEqual([true]);
		});
	});

	it.concurrent('says what is missing where there is neither announcement nor wallet', async () => {
		await NostrScene.in({ announces: false }, async (stage) => {
			stage.emulator.isOff = true;
			const { code, spent, message } = await stage.failure({ options: { paymentTimeout: 20 } });
			expect({ code, spent }).toEqual({ code: 'WALLET_UNREACHABLE', spent: 'no' });
			expect(message).toMatch(/no announcement of the wallet \(kind 13194\)/);
		});
	});

	it.concurrent.each([
		['Failed to decrypt request', /Failed to decrypt request/],
		[['first', 'second'], /first.*second/],
		[42, /42/],
		[{ code: 'INTERNAL', message: 'the node is asleep' }, /the node is asleep/],
	])('tells its words where the error is %j', async (error, says) => {
		await NostrScene.in({}, async (stage) => {
			stage.emulator.speaks = (method) => ({ result_type: method, error });
			const { code, spent, message } = await stage.failure({ options: { paymentTimeout: 2 } });
			expect({ code, spent }).toEqual({ code: 'PAYMENT_UNKNOWN', spent: 'unknown' });
			expect(message).toMatch(says);
		});
	});

	it.concurrent.each([
		[{ code: 'PAYMENT_FAILED', message: 'no channel has that much' }, 'PAYMENT_FAILED'],
		['QUOTA_EXCEEDED: wait until tomorrow', 'PAYMENT_FAILED'],
		[{ code: 'RESTRICTED', message: 'look, do not touch' }, 'WALLET_UNAUTHORIZED'],
	])('has not paid where it refuses with %j and has no record', async (error, expected) => {
		await NostrScene.in({}, async (stage) => {
			stage.emulator.refusesToPay = error;
			const { code, spent, message } = await stage.failure();
			expect({ code, spent }).toEqual({ code: expected, spent: 'no' });
			expect(message).toContain(typeof error === 'string' ? 'wait until' : error.message);
		});
	});

	it.concurrent('has paid where it refuses and the record shows the proof', async () => {
		await NostrScene.in({}, async (stage) => {
			const error = { code: 'PAYMENT_FAILED', message: 'timeout' };
			stage.emulator.speaks = (method, answer) => (method === 'pay_invoice' ? { error } : answer);
			expect((await stage.run()).items.map(isPaid)).toEqual([true]);
		});
	});

	it.concurrent.each([
		['incoming and settled, with the proof', { type: 'incoming', state: 'settled' }],
		['failed, with the proof', { state: 'failed' }],
	])('has paid where the look-up says %s', async (_what, label) => {
		await NostrScene.in({}, async (stage) => {
			stage.emulator.speaks = (method, answer) => {
				if (method === 'pay_invoice') return { error: 'Failed to encrypt the answer' };
				const { result } = answer as { result?: object };
				return { result: { ...result, ...label } };
			};
			expect((await stage.run()).items.map(isPaid)).toEqual([true]);
		});
	});

	it.concurrent.each([
		['incoming and unproven', { type: 'incoming', state: 'settled', preimage: '' }],
		['failed and settled at once', { state: 'failed', settled_at: 1_795_000_001, preimage: '' }],
		['failed and pending at once', { state: 'failed', status: 'pending', preimage: '' }],
	])('leaves a payment open whose record is %s', async (_what, label) => {
		await NostrScene.in({}, async (stage) => {
			stage.emulator.speaks = (method, answer) => {
				if (method === 'pay_invoice') return { error: { code: 'INTERNAL', message: 'no idea' } };
				const { result } = answer as { result?: object };
				return { result: { ...result, ...label } };
			};
			const { code, spent } = await stage.failure({ options: { paymentTimeout: 2 } });
			expect({ code, spent }).toEqual({ code: 'PAYMENT_UNKNOWN', spent: 'unknown' });
			stage.emulator.speaks = null;
			expect((await stage.run()).items.map(isPaid)).toEqual([true]);
			expect(stage.sent).toBe(1);
		});
	});

	it.concurrent(
		'asks again where the first look-up after an unclear answer says failed',
		async () => {
			await NostrScene.in({}, async (stage) => {
				let lookups = 0;
				stage.emulator.speaks = (method, answer) => {
					if (method === 'pay_invoice') return { error: { code: 'INTERNAL', message: 'no idea' } };
					if (method !== 'lookup_invoice') return answer;
					lookups += 1;
					const stale = { type: 'outgoing', state: 'failed', preimage: '', settled_at: null };
					return lookups === 1 ? { result: stale } : answer;
				};
				expect((await stage.run()).items.map(isPaid)).toEqual([true]);
				expect(lookups).toBe(2);
				expect(stage.sent).toBe(1);
			});
		},
	);
});
