import { processMemory } from '../../../nodes/Sats4Ai/purchase/books/purchaseMemory';
import { DIGEST, HOUR_MS, NOW, openPurchase, paidPurchase } from '../openPurchases';
import { Process } from './process';

const HASH = openPurchase().paymentHash;
const OTHER = 'cd'.repeat(32);

describe('the memory of the process', () => {
	it('has links for a payment and an order', () => {
		const { memory } = new Process();
		expect(memory.linkOf(HASH, DIGEST)).toBeNull();
		memory.put(paidPurchase({ imageUrl: 'https://a.example/p' }));
		expect(memory.linkOf(HASH, DIGEST)).toBe('https://a.example/p');
		expect(memory.linkOf(HASH, 'other')).toBeNull();
		memory.rememberLink(HASH, DIGEST, 'https://a.example/newer');
		expect(memory.linkOf(HASH, DIGEST)).toBe('https://a.example/newer');
		memory.forgetLink(HASH, DIGEST);
		expect(memory.linkOf(HASH, DIGEST)).toBe('https://a.example/p');
		memory.rememberLink(HASH, DIGEST, 'https://a.example/newer');
		memory.close(paidPurchase(), 'delivered', '');
		expect(memory.linkOf(HASH, DIGEST)).toBeNull();
	});

	it('knows what is open, by order and buyer', () => {
		const one = new Process();
		const { memory } = one;
		expect(memory.isAnythingOpen).toBe(false);
		memory.put(paidPurchase({ refusedAt: NOW }));
		memory.put(openPurchase({ paymentHash: OTHER }));
		expect(memory.isAnythingOpen).toBe(true);
		expect(memory.matching(DIGEST, 'b0b0')).toHaveLength(2);
		expect([memory.matching(DIGEST, 'eeee'), memory.matching('x', 'b0b0')]).toEqual([[], []]);
		one.nowMs += HOUR_MS + 1;
		expect(memory.matching(DIGEST, 'b0b0')).toEqual([openPurchase({ paymentHash: OTHER })]);
		memory.close(openPurchase({ paymentHash: OTHER }), 'unpaid', '');
		expect(memory.matching(DIGEST, 'b0b0')).toEqual([]);
	});

	it('finds one of two after the other has ended', () => {
		const { memory } = new Process();
		memory.put(openPurchase());
		memory.put(openPurchase({ paymentHash: OTHER }));
		memory.close(openPurchase(), 'unpaid', '');
		expect(memory.matching(DIGEST, 'b0b0')).toEqual([openPurchase({ paymentHash: OTHER })]);
	});

	it('goes by the clock of the machine', () => {
		const old = paidPurchase({ expiresAt: Date.now() - 29 * 24 * HOUR_MS });
		const young = paidPurchase({ expiresAt: Date.now(), paymentHash: OTHER });
		for (const purchase of [old, young]) processMemory.put(purchase);
		expect(processMemory.matching(DIGEST, 'b0b0')).toEqual([young]);
		for (const purchase of [old, young]) processMemory.close(purchase, 'unpaid', '');
	});

	it('is swept each hour of what has lapsed, but for executions at work', () => {
		const one = new Process();
		const { memory } = one;
		const idle = paidPurchase({ refusedAt: NOW, family: 'idle' });
		const busy = paidPurchase({ refusedAt: NOW, family: 'busy', paymentHash: OTHER });
		memory.put(idle);
		memory.put(busy);
		memory.familyOf('idle').reserve(HASH, 7_000n);
		memory.familyOf('busy').itemBegins();
		memory.arrivals.set(HASH, 5);
		const next = openPurchase({ paymentHash: 'ef'.repeat(32) });
		one.nowMs += HOUR_MS;
		memory.put(next);
		expect(memory.get(HASH)).toBeDefined();
		one.nowMs += 1;
		memory.put(next);
		expect([memory.get(HASH), memory.get(OTHER), memory.arrivals.get(HASH)]).toEqual([
			undefined,
			busy,
			undefined,
		]);
		expect(memory.familyOf('idle').committedMsat).toBe(0n);
	});

	it('is swept sooner where it grows, and then at twice its size', () => {
		const one = new Process();
		const { memory } = one;
		const put = (number: number) => memory.put(openPurchase({ paymentHash: String(number) }));
		const lapsed = paidPurchase({ refusedAt: NOW - 2 * HOUR_MS });
		put(0);
		memory.put(lapsed);
		for (let number = 1; number < 999; number += 1) put(number);
		expect(memory.get(HASH)).toBeDefined();
		put(999);
		expect(memory.get(HASH)).toBeUndefined();
		memory.put(lapsed);
		for (let number = 1_000; number < 1_999; number += 1) put(number);
		expect(memory.get(HASH)).toBeDefined();
		put(1_999);
		expect(memory.get(HASH)).toBeUndefined();
	});

	it('counts what is held for when it is swept next', () => {
		const { memory } = new Process();
		const holder = { execution: {}, comesBack: () => false };
		for (let number = 0; number < 600; number += 1) {
			memory.holds.take(String(number), holder);
			memory.put(openPurchase({ paymentHash: String(number) }));
		}
		memory.put(paidPurchase({ refusedAt: NOW - 2 * HOUR_MS }));
		expect(memory.get(HASH)).toBeDefined();
	});

	it('counts what is held, and forgets it with the rest', () => {
		const one = new Process();
		const { memory } = one;
		memory.put(openPurchase());
		const holder = { execution: {}, comesBack: () => false };
		for (let number = 0; number < 999; number += 1) {
			memory.holds.take(String(number), holder);
			memory.holds.release(String(number), holder);
		}
		memory.put(openPurchase());
		expect(memory.holds.size).toBe(999);
		memory.put(openPurchase({ paymentHash: OTHER }));
		expect(memory.holds.size).toBe(0);
	});

	it('drops the hold and the picture of what is closed', () => {
		const { memory } = new Process();
		const bytes = Buffer.alloc(1);
		memory.put(paidPurchase());
		memory.arrivals.set(HASH, 5);
		memory.holds.take(HASH, { execution: {}, comesBack: () => false });
		memory.pictures.keep(paidPurchase(), { bytes } as never);
		memory.close(paidPurchase(), 'delivered', '');
		expect([memory.holds.size, memory.pictures.of(paidPurchase())]).toEqual([0, undefined]);
		expect([memory.get(HASH), memory.arrivals.size, memory.isOver(HASH)]).toEqual([
			undefined,
			0,
			true,
		]);
	});
});
