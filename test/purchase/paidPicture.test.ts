import { PICTURE } from '../model/simulatedService';
import { answer, Bench, delivered, lost } from './bench';
import { DAY_MS, NOW } from './openPurchases';
import { order, bought, benchWith } from './buying';

describe('a picture that is paid', () => {
	it('and not served is told with its proof, and let go after a day of it', async () => {
		const { bench, paymentHash } = benchWith({ status: 'paid' });
		bench.says.redeem = [answer(503, 'busy')];
		const first = await bought(bench);
		expect(first.report).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
		expect(first.report?.hint).toMatch(/^The picture is paid; do not pay again\./);
		const since = bench.ledger.get(paymentHash)?.unservedSince ?? 0;
		expect(since).toBeGreaterThan(NOW);
		expect(bench.ledger.get(paymentHash)).toMatchObject({ letGoAt: null, refusedAt: null });
		await bench.time.runUntil(bench.time.pass(DAY_MS, false));
		const later = await bought(bench);
		expect(later.report?.hint).toMatch(/is let go: the next run buys anew/);
		expect(bench.ledger.get(paymentHash)?.unservedSince).toBe(since);
		expect(bench.ledger.get(paymentHash)?.letGoAt).toBe(bench.time.now);
	});

	it('and refused is not taken for unserved', async () => {
		const { bench, paymentHash } = benchWith({ status: 'paid' });
		bench.says.redeem = [answer(409, 'used')];
		expect((await bought(bench)).report?.code).toBe('REDEEM_FAILED');
		expect(bench.ledger.get(paymentHash)).toMatchObject({
			refusedAt: NOW,
			unservedSince: null,
			letGoAt: null,
		});
	});

	it('has its link written down before it is fetched', async () => {
		const { bench, paymentHash } = benchWith({ status: 'paid' });
		const imageUrl = 'https://service.example/p.png';
		bench.says.redeem = [answer(200, { image_url: '/p.png' })];
		bench.says.link = [lost];
		const { report } = await bought(bench);
		expect(report).toMatchObject({ code: 'REDEEM_FAILED', imageUrl });
		expect(bench.ledger.get(paymentHash)?.imageUrl).toBe(imageUrl);
		bench.says.link = [delivered];
		const before = bench.sent.length;
		expect((await bought(bench)).item?.picture.imageUrl).toBe(imageUrl);
		expect(bench.sent.slice(before)).toEqual([imageUrl]);
	});

	it('and could not be stored is kept, and stored by the next run', async () => {
		const { bench, paymentHash } = benchWith({ status: 'paid' });
		const { storing } = bench;
		bench.storing = async () => await Promise.reject(new Error('disk full'));
		expect((await bought(bench)).report).toMatchObject({
			code: 'REDEEM_FAILED',
			message: 'The picture came, but n8n could not store it: disk full',
			payment: { paymentHash },
		});
		expect(bench.ledger.family.storingFails).toBe(true);
		bench.storing = storing;
		expect((await bought(bench)).item?.picture.bytes).toEqual(PICTURE);
		expect([bench.sent, bench.ledger.family.storingFails]).toEqual([['proof'], false]);
	});

	it('goes by the newer name of the endpoint where its invoice came from there', async () => {
		const { bench } = benchWith({ status: 'paid', isByNewerName: true });
		await bought(bench, {}, { ...order, newerName: 'image-generate' });
		expect(bench.requests[0]?.url).toBe('https://service.example/api/l402/image-generate');
		const first = benchWith({ status: 'paid' });
		await bought(first.bench, {}, { ...order, newerName: 'image-generate' });
		expect(first.bench.requests[0]?.url).toBe(order.url);
	});

	it('is bought by the newer name where the first is gone', async () => {
		const bench = new Bench();
		bench.says.ask = [answer(404), bench.offer()];
		bench.says.redeem = [answer(503)];
		await bought(bench, {}, { ...order, newerName: 'image-generate' });
		expect(bench.ledger.get(bench.invoice.paymentHash)?.isByNewerName).toBe(true);
		expect(bench.requests.at(-1)?.url).toBe('https://service.example/api/l402/image-generate');
	});
});
