import { readPaidElsewhere, redeemPaid } from '../../nodes/Sats4Ai/purchase/redeem';
import { PurchaseFailure } from '../../nodes/Sats4Ai/purchase/report/failure';
import { PICTURE } from '../model/simulatedService';
import { identifierFor, writeV2 } from '../l402/macaroonWriter';
import { answer, Bench, delivered, lost, orderOf, REQUEST_MS, TOKEN, type Item } from './bench';
import { mint, NOW, openPurchase, paidPurchase } from './openPurchases';

const order = orderOf();
const { text: invoice, paymentHash, preimage } = mint();
const paid = { token: TOKEN, preimage, paymentHash };
const own = paidPurchase({ digest: order.digest, invoice, paymentHash, amountMsat: '5001' });

async function redeem(bench: Bench, timeoutMs = REQUEST_MS) {
	return await bench.run(
		async () =>
			await redeemPaid<Item>(order, paid, timeoutMs, bench.memory, bench.ports, bench.ports.store),
	);
}

describe('a proof brought by hand', () => {
	it('is sent with the order, and nothing is paid', async () => {
		const bench = new Bench();
		const { item } = await redeem(bench);
		expect(item?.receipt).toEqual({
			status: 'redeemed',
			priceSat: null,
			feeMsat: null,
			paymentHash,
			preimage,
			wallet: null,
			paidAt: null,
		});
		expect([bench.sent, bench.payCalls, bench.lookedUp]).toEqual([['proof'], [], 0]);
		expect(bench.requests[0]?.headers.Authorization).toBe(`L402 ${TOKEN}:${preimage}`);
	});

	it('of an open purchase of this process closes it', async () => {
		const bench = new Bench();
		bench.memory.put(own);
		const { item } = await redeem(bench);
		expect(item?.receipt).toMatchObject({ status: 'redeemed', priceSat: 6 });
		expect(bench.memory.fateOf(paymentHash)).toBe('delivered');
	});

	it('may be closed by somebody else meanwhile', async () => {
		const bench = new Bench();
		bench.memory.put(own);
		bench.storing = async (picture, receipt) => {
			bench.memory.close(own, 'refunded', '');
			return await Promise.resolve({ picture, receipt });
		};
		expect((await redeem(bench)).item).toBeDefined();
		expect(bench.memory.fateOf(paymentHash)).toBe('refunded');
	});

	it.each([
		['another token', { token: 'QUJE' }],
		['another order', { digest: 'other' }],
	])('leaves a purchase with %s alone', async (_, change) => {
		const bench = new Bench();
		bench.memory.put({ ...own, ...change });
		const { item } = await redeem(bench);
		expect(item?.receipt.priceSat).toBeNull();
		expect(bench.memory.fateOf(paymentHash)).toBeUndefined();
	});

	it('waits for a run that is at work on it', async () => {
		const bench = new Bench();
		bench.memory.put(own);
		const holder = { execution: {}, comesBack: () => false };
		bench.memory.holds.take(paymentHash, holder);
		void bench.time.pass(5_000, false).then(() => bench.memory.holds.release(paymentHash, holder));
		expect((await redeem(bench)).item).toBeDefined();
		expect(bench.time.now).toBe(NOW + 250 + 500 + 1_000 + 2_000 + 2_000);
	});

	it('does not wait longer than it may take, nor in a stopped run', async () => {
		const bench = new Bench();
		bench.memory.put(own);
		bench.memory.holds.take(paymentHash, { execution: {}, comesBack: () => false });
		expect((await redeem(bench, 3_750)).report).toMatchObject({
			code: 'PAYMENT_UNKNOWN',
			payment: { paymentHash },
		});
		expect(bench.time.now).toBe(NOW + 3_750);
		bench.time.stop();
		await redeem(bench);
		expect(bench.time.now).toBe(NOW + 3_750);
		expect(bench.sent).toEqual([]);
	});

	it('leaves the purchase open where the service does not deliver', async () => {
		const bench = new Bench();
		bench.memory.put(own);
		bench.says.redeem = [answer(503, 'busy')];
		const { report } = await redeem(bench);
		expect(report).toMatchObject({
			code: 'REDEEM_FAILED',
			spent: 'yes',
			payment: { token: TOKEN, preimage, paymentHash, invoice },
		});
		expect(bench.memory.get(paymentHash)).toEqual(own);
		expect(
			bench.memory.holds.isFreeFor(paymentHash, { execution: {}, comesBack: () => false }),
		).toBe(true);
	});

	it.each([401, 402, 404, 409])('is not taken by a service that says %d', async (status) => {
		const bench = new Bench();
		bench.says.redeem = [answer(status, 'no')];
		const { report } = await redeem(bench);
		expect(report).toMatchObject({
			code: 'REDEEM_FAILED',
			message: `The service does not deliver for this proof of payment: ${status}: no`,
			payment: { invoice: null },
		});
		expect(bench.time.now - NOW).toBeLessThan(10_000);
		expect(bench.sent.length > 2).toBe(status < 403);
	});

	it.each([
		['is broken', [answer(503, 'busy')]],
		['does not answer', [lost]],
	])('may still be taken by a service that %s', async (_, redeems) => {
		const bench = new Bench();
		bench.says.redeem = redeems;
		const { report } = await redeem(bench);
		expect(report?.message).toMatch(/^The invoice is paid, but the service did not/);
		expect(bench.time.now - NOW).toBeGreaterThan(60_000);
	});

	it('shows a refund that is offered in its place', async () => {
		const bench = new Bench();
		bench.says.redeem = [answer(409, { error: 'no', refund: { refund_amount: 5 } })];
		const { report } = await redeem(bench);
		expect(report?.message).toMatch(/^The invoice is paid/);
		expect(report?.refund).toMatchObject({ status: 'unreadable', amountSat: 5 });
	});

	it('remembers the link to its picture until it is delivered', async () => {
		const bench = new Bench();
		const link = 'https://service.example/p.png';
		bench.says.redeem = [answer(200, { image_url: link })];
		bench.says.link = [lost];
		expect((await redeem(bench)).report).toMatchObject({ imageUrl: link });
		expect(bench.memory.linkOf(paymentHash, order.digest)).toBe(link);
		bench.says.link = [delivered];
		const before = bench.sent.length;
		expect((await redeem(bench)).item?.picture.imageUrl).toBe(link);
		expect(bench.sent.slice(before)).toEqual([link]);
		expect(bench.memory.linkOf(paymentHash, order.digest)).toBeNull();
	});

	it('keeps a picture that cannot be stored, and stores it the next time', async () => {
		const bench = new Bench();
		const { storing } = bench;
		bench.storing = async () => await Promise.reject(new Error('disk full'));
		expect((await redeem(bench)).report).toMatchObject({
			code: 'REDEEM_FAILED',
			message: 'The picture came, but n8n could not store it: disk full',
		});
		bench.storing = storing;
		expect((await redeem(bench)).item?.picture.bytes).toEqual(PICTURE);
		expect(bench.sent).toEqual(['proof']);
		expect(bench.memory.pictures.of({ paymentHash, digest: order.digest })).toBeUndefined();
	});

	it('is not lost in an error that nobody foresaw', async () => {
		const bench = new Bench();
		const service = {
			...bench.ports.service,
			redeem: async () => await Promise.reject(new Error('odd')),
		};
		const shop = { ...bench.ports, service };
		const { report } = await bench.run(
			async () =>
				await redeemPaid<Item>(order, paid, REQUEST_MS, bench.memory, shop, bench.ports.store),
		);
		expect(report).toMatchObject({
			code: 'REDEEM_FAILED',
			message: 'The proof of payment was sent, but the picture could not be taken: odd',
			payment: { preimage },
		});
	});
});

describe('what was pasted', () => {
	const token = writeV2({ identifier: identifierFor(paymentHash) }).toString('base64');
	const failure = (tokenText: unknown, preimageText: unknown) => {
		try {
			return readPaidElsewhere(tokenText, preimageText);
		} catch (cause) {
			if (cause instanceof PurchaseFailure) return cause.report;
			throw cause;
		}
	};

	it.each([
		[token, preimage],
		[` ${token}\n`, ` ${preimage.toUpperCase()} `],
	])('fits: %#', (tokenText, preimageText) => {
		expect(readPaidElsewhere(tokenText, preimageText)).toEqual({ token, preimage, paymentHash });
	});

	it('may be a token that says nothing of its payment', () => {
		expect(readPaidElsewhere(TOKEN, preimage)).toEqual({ token: TOKEN, preimage, paymentHash });
	});

	const invoiceOf = (start: string) => `${start}1${'q'.repeat(40)}`;
	it.each([
		['', preimage, 'Token', "Paste 'payment.token' of the invoice's item."],
		[5, preimage, 'Token', "Paste 'payment.token' of the invoice's item."],
		...['lnbc', 'LNBC50u', 'lightning:lntb1m', 'lntbs7n', 'lnbcrt10p'].map((start) => [
			invoiceOf(start),
			preimage,
			'Token',
			"This is the invoice; paste 'payment.token' of the same item.",
		]),
		...['xlnbc', 'lnbc5x', 'lnsb'].map((start) => [
			invoiceOf(start),
			'',
			'Preimage',
			expect.anything(),
		]),
		[`lnbc1${'q'.repeat(39)}`, '', 'Preimage', expect.anything()],
		[`${invoiceOf('lnbc')}b`, '', 'Preimage', expect.anything()],
		['a b', preimage, 'Token', 'It holds signs no token has.'],
		[token, '', 'Preimage', 'Paste the proof of payment of the wallet.'],
		[token, ' ', 'Preimage', 'Paste the proof of payment of the wallet.'],
		[token, null, 'Preimage', 'Paste the proof of payment of the wallet.'],
	])('is refused: %#', (tokenText, preimageText, field, hint) => {
		expect(failure(tokenText, preimageText)).toEqual({
			code: 'INPUT_INVALID',
			spent: 'no',
			message: `'${String(field)}' is missing or cannot be right`,
			hint: typeof hint === 'string' ? `${hint} Nothing was sent.` : hint,
		});
	});

	const other = openPurchase().paymentHash;
	it.each([
		['The preimage is not 64 hex digits', token, 'zz', paymentHash],
		['The preimage is not 64 hex digits', TOKEN, 'zz', ''],
		['The preimage does not belong to this token', token, '00'.repeat(32), paymentHash],
		[
			'The preimage does not belong to this token',
			`${token},${writeV2({ identifier: identifierFor(other) }).toString('base64')}`,
			preimage,
			paymentHash,
		],
	])('%s', (message, tokenText, preimageText, hash) => {
		expect(failure(tokenText, preimageText)).toEqual({
			code: 'PREIMAGE_INVALID',
			spent: 'unknown',
			message,
			hint: 'Nothing was sent. Copy the preimage of exactly this invoice from the wallet.',
			payment: { token: tokenText, invoice: null, paymentHash: hash },
		});
	});
});
