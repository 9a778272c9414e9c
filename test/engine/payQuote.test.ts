import type { IDataObject } from 'n8n-workflow';
import { paymentOf, reportOf, serialOf, thrownReport } from './outcome';
import { photo } from './photo';
import { CONTINUE, inScene, RETRY, type Call, type Scene } from './scene';

const QUOTE = { payment: 'payQuote', maxPriceSat: 50 };

/** What *Get Invoice Only* puts out for a photograph. */
async function quoteOf(scene: Scene, call: Call = {}): Promise<IDataObject> {
	const { items } = await scene.run({
		...call,
		parameters: { ...call.parameters, payment: 'invoiceOnly' },
		credential: null,
	});
	return paymentOf(items[0]) as IDataObject;
}

/** The photograph with its quote beside it, as a store of quotes hands them on. */
function withQuote(payment: unknown, mark?: string) {
	return [{ ...photo(mark), json: { payment } as IDataObject }];
}

const pay = async (scene: Scene, payment: unknown, call: Call = {}) =>
	await scene.run({
		items: withQuote(payment),
		...call,
		parameters: { ...QUOTE, ...call.parameters },
	});

const refused = async (scene: Scene, payment: unknown, call: Call = {}) =>
	reportOf((await pay(scene, payment, { ...call, settings: CONTINUE })).items[0]);

/** The wallet of another machine pays. */
async function payElsewhere({ sandbox }: Scene, invoice: unknown): Promise<void> {
	await fetch(`${sandbox.walletUrl}/api/v1/payments`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-api-key': sandbox.adminKey },
		body: JSON.stringify({ out: true, bolt11: invoice }),
	});
}

describe('a quote', () => {
	it.concurrent.each([
		['as the object of the item', (payment: IDataObject) => payment],
		['as text', (payment: IDataObject) => JSON.stringify(payment)],
		['with token and invoice alone', ({ token, invoice }: IDataObject) => ({ token, invoice })],
		['as the whole item', (payment: IDataObject) => ({ operation: 'colorizeImage', payment })],
		[
			'in upper case',
			(quote: IDataObject) => ({ ...quote, invoice: String(quote.invoice).toUpperCase() }),
		],
		['as text in a text', (payment: IDataObject) => JSON.stringify(JSON.stringify(payment))],
		['as text in the item', (payment: IDataObject) => ({ payment: JSON.stringify(payment) })],
		['with more beside it', (payment: IDataObject) => ({ ...payment, approvedBy: { name: 'x' } })],
		[
			'with its order in upper case',
			(quote: IDataObject) => ({ ...quote, order: ` ${String(quote.order).toUpperCase()}\n` }),
		],
		['without an order', (quote: IDataObject) => ({ ...quote, order: null })],
		['as a link', (quote: IDataObject) => ({ ...quote, invoice: quote.lightningUri })],
	])('is paid %s, in another process', async (_name, form) => {
		await inScene({}, async (scene) => {
			const payment = await quoteOf(scene);
			expect(payment.order).toMatch(/^[0-9a-f]{64}$/);
			scene.restart();
			const { items } = await pay(scene, form(payment));
			expect(serialOf(items[0])).toBe(1);
			expect(paymentOf(items[0])).toMatchObject({
				status: 'paid',
				priceSat: 5,
				paymentHash: payment.paymentHash,
				wallet: 'lnbits',
				paidAt: expect.any(String),
			});
			expect(scene.payCalls).toHaveLength(1);
			expect(scene.paidRequests(false)).toHaveLength(1);
			expect(scene.paidRequests(true)).toHaveLength(1);
			// The wallet was asked before it was told to pay.
			const [first] = scene.sandbox.wallet.requests.filter(({ path }) =>
				path.includes(String(payment.paymentHash)),
			);
			expect(first?.method).toBe('GET');
		});
	});

	it.concurrent.each([
		['nothing', undefined],
		['a word', 'quote'],
		['a number', 7],
		['an empty object', {}],
		['a list', []],
		['a token alone', { token: 'AgEE' }],
		['an invoice that is none', { token: 'AgEE', invoice: 'lnbc1' }],
		['a token that is none', { token: '!', invoice: 'lnbc1' }],
		[
			'text in text without end',
			JSON.stringify(JSON.stringify(JSON.stringify(JSON.stringify({})))),
		],
		['an order that is none', { token: 'AgEE', invoice: 'lnbc1', order: 7 }],
		['an object in the place of a text', { token: {}, invoice: { toString: 0 } }],
		['endless text', `{"token":"${'A'.repeat(100_000)}"}`],
	])('that is %s is no quote', async (_name, payment) => {
		await inScene({}, async (scene) => {
			const report = await refused(scene, payment);
			expect(report).toMatchObject({ code: 'INPUT_INVALID', spent: 'no' });
			expect(report.message).toContain("'Quote'");
			scene.expectNoRequests();
		});
	});

	it.concurrent.each([
		['another picture', { items: 'another' }, {}],
		['another operation', {}, { operation: 'upscaleImage' }],
		['other parameters', {}, { options: { modelSize: 'tiny' } }],
	])('for %s is not paid', async (_name, change, parameters) => {
		await inScene({}, async (scene) => {
			const payment = await quoteOf(scene);
			const { options, ...others } = parameters as IDataObject;
			const report = await refused(scene, payment, {
				...('items' in change ? { items: withQuote(payment, change.items) } : {}),
				...(options === undefined ? {} : { options: options as IDataObject }),
				parameters: others,
			});
			expect(report).toMatchObject({ code: 'INPUT_INVALID', spent: 'no' });
			expect(report.message).toMatch(/another picture/);
			expect(scene.payCalls).toHaveLength(0);
		});
	});

	it.concurrent('whose token is for another payment is not paid', async () => {
		await inScene({}, async (scene) => {
			const [one, two] = [await quoteOf(scene), await quoteOf(scene)];
			const report = await refused(scene, { ...one, invoice: two.invoice });
			expect(report).toMatchObject({ code: 'HASH_MISMATCH', spent: 'no' });
			expect(scene.payCalls).toHaveLength(0);
		});
	});

	it.concurrent.each([
		['Max Price', { maxPriceSat: 4 }, {}, {}, 'PRICE_OVER_LIMIT'],
		['Max Payment', {}, {}, { maxPaymentSat: 4 }, 'PRICE_OVER_LIMIT'],
		['Max Total', {}, { maxTotalSat: 10 }, {}, 'BUDGET_EXCEEDED'],
		['the network', {}, {}, { network: 'mainnet' }, 'NETWORK_MISMATCH'],
	])('is not paid against %s', async (_name, parameters, options, credential, code) => {
		await inScene({}, async (scene) => {
			const payment = await quoteOf(scene);
			const report = await refused(scene, payment, { parameters, options, credential });
			expect(report).toMatchObject({ code, spent: 'no' });
			expect(scene.payCalls).toHaveLength(0);
			// Within the limits it is still good.
			expect(serialOf((await pay(scene, payment)).items[0])).toBe(1);
		});
	});

	it.concurrent('that has expired unpaid is not paid', async () => {
		await inScene({ invoiceExpirySeconds: 15 }, async (scene) => {
			const payment = await quoteOf(scene);
			await new Promise((resolve) => setTimeout(resolve, 15_500));
			const report = await refused(scene, payment);
			expect(report).toMatchObject({ code: 'INVOICE_EXPIRED', spent: 'no' });
			expect(scene.payCalls).toHaveLength(0);
		});
	});

	it.concurrent(
		'that another machine has paid is redeemed, also after it has expired',
		async () => {
			await inScene({ invoiceExpirySeconds: 15 }, async (scene) => {
				const payment = await quoteOf(scene);
				await payElsewhere(scene, payment.invoice);
				await new Promise((resolve) => setTimeout(resolve, 15_500));
				const { items } = await pay(scene, payment, { parameters: { maxPriceSat: 1 } });
				expect(serialOf(items[0])).toBe(1);
				expect(paymentOf(items[0])).toMatchObject({ status: 'paid', wallet: 'lnbits' });
				expect(scene.payCalls).toHaveLength(1);
			});
		},
	);

	it.concurrent('may be repeated: what is paid is not paid again', async () => {
		await inScene({ allowReplay: true }, async (scene) => {
			const payment = await quoteOf(scene);
			for (const restarts of [false, false, true]) {
				if (restarts) scene.restart();
				expect(serialOf((await pay(scene, payment)).items[0])).toBe(1);
			}
			expect(scene.payCalls).toHaveLength(1);
			// None of it stands in the way of a new picture.
			expect(serialOf((await scene.run({})).items[0])).toBe(2);
		});
	});

	it.concurrent('in two executions at once is paid once', async () => {
		await inScene({ allowReplay: true }, async (scene) => {
			const payment = await quoteOf(scene);
			const runs = await Promise.all([pay(scene, payment), pay(scene, payment)]);
			expect(runs.map(({ items }) => serialOf(items[0]))).toEqual([1, 1]);
			expect(scene.payCalls).toHaveLength(1);
			expect(scene.paid).toHaveLength(1);
		});
	});

	it.concurrent.each([1, 3])(
		'on two items of one run is paid once: %d at once',
		async (concurrency) => {
			await inScene({ allowReplay: true }, async (scene) => {
				const payment = await quoteOf(scene);
				const items = [...withQuote(payment), ...withQuote(payment)];
				const outcome = await pay(scene, payment, { items, options: { concurrency } });
				expect(outcome.items.map(serialOf)).toEqual([1, 1]);
				expect(scene.payCalls).toHaveLength(1);
				expect(scene.paid).toHaveLength(1);
			});
		},
	);

	it.concurrent('on two items is told as used, where the service delivers once', async () => {
		await inScene({}, async (scene) => {
			const payment = await quoteOf(scene);
			const items = [...withQuote(payment), ...withQuote(payment)];
			const outcome = await pay(scene, payment, { items, settings: CONTINUE });
			expect(serialOf(outcome.items[0])).toBe(1);
			expect(reportOf(outcome.items[1])).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
			expect(scene.payCalls).toHaveLength(1);
		});
	});

	it.concurrent('in two processes at once leaves the wallet once', async () => {
		await inScene(
			{ allowReplay: true },
			async (scene) => {
				const payment = await quoteOf(scene);
				const first = pay(scene, payment);
				scene.restart();
				const second = pay(scene, payment);
				const runs = await Promise.all([first, second]);
				expect(runs.map(({ items }) => serialOf(items[0]))).toEqual([1, 1]);
				expect(scene.sandbox.wallet.payments).toHaveLength(1);
				expect(scene.spentMsat).toBe(5_000);
			},
			2,
		);
	});

	it.concurrent.each([
		['the pay call was answered by nobody', { at: 'pay', fault: { kind: 'cutAfter' } }],
		['the service broke down', { at: 'redeem', fault: { kind: 'status', status: 500 } }],
		['the service refused', { at: 'redeem', fault: { kind: 'status', status: 422 } }],
		['the link failed', { at: 'link', fault: { kind: 'cut' }, times: 9 }],
	] as const)('is finished by another machine after %s', async (_name, fault) => {
		await inScene({ allowReplay: true }, async (scene) => {
			const payment = await quoteOf(scene);
			scene.sandbox.faults.push({ ...fault, times: Infinity });
			const options = { paymentTimeout: 1, requestTimeout: 1 };
			scene.sandbox.faults.push({
				at: 'lookup',
				fault: { kind: 'cut' },
				times: Infinity,
				match: () => fault.at === 'pay' && scene.payCalls.length > 0,
			});
			const first = await refused(scene, payment, { options });
			expect(first.spent).not.toBe('no');
			expect(first.payment).toMatchObject({ token: payment.token, invoice: payment.invoice });
			scene.sandbox.faults.clear();
			scene.restart();
			expect(serialOf((await pay(scene, payment)).items[0])).toBe(1);
			expect(scene.payCalls).toHaveLength(1);
		});
	});

	it.concurrent('is not paid while the wallet does not say what it knows of it', async () => {
		await inScene({}, async (scene) => {
			const payment = await quoteOf(scene);
			scene.sandbox.faults.push({ at: 'lookup', fault: { kind: 'cut' }, times: Infinity });
			const report = await refused(scene, payment, { options: { paymentTimeout: 2 } });
			expect(report).toMatchObject({ code: 'PAYMENT_UNKNOWN', spent: 'unknown' });
			expect(scene.payCalls).toHaveLength(0);
			scene.sandbox.faults.clear();
			expect(serialOf((await pay(scene, payment)).items[0])).toBe(1);
		});
	});

	it.concurrent(
		'that failed may be tried again; LNbits itself tries no invoice twice',
		async () => {
			await inScene(
				{},
				async (scene) => {
					const payment = await quoteOf(scene);
					scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'noRoute' } });
					expect(await refused(scene, payment)).toMatchObject({
						code: 'PAYMENT_FAILED',
						spent: 'no',
					});
					const again = await refused(scene, payment);
					expect(again).toMatchObject({ code: 'PAYMENT_FAILED', spent: 'no' });
					expect(again.message).toContain('retrying is not possible');
					expect(scene.paid).toEqual([]);
					expect(scene.spentMsat).toBe(0);
				},
				2,
			);
		},
	);

	it.concurrent('is paid once under Retry On Fail', async () => {
		await inScene({}, async (scene) => {
			const payment = await quoteOf(scene);
			scene.sandbox.faults.push({ at: 'redeem', fault: { kind: 'status', status: 422 }, times: 2 });
			const { items } = await pay(scene, payment, { settings: RETRY });
			expect(serialOf(items[0])).toBe(1);
			expect(scene.payCalls).toHaveLength(1);
		});
	});

	it.concurrent('of a service that knows LSAT alone is redeemed by that name', async () => {
		await inScene({ challenge: { scheme: 'LSAT' } }, async (scene) => {
			expect(serialOf((await pay(scene, await quoteOf(scene))).items[0])).toBe(1);
			const [redeemed] = scene.paidRequests(true);
			expect(redeemed?.headers.authorization).toMatch(/^LSAT /);
		});
	});

	it.concurrent('needs a wallet', async () => {
		await inScene({}, async (scene) => {
			const outcome = await pay(scene, await quoteOf(scene), { credential: null });
			expect(thrownReport(outcome)).toMatchObject({ code: 'INPUT_INVALID', spent: 'no' });
		});
	});
});
