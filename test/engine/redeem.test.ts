import { plainPicture } from '../../sandbox/pictures/plainPicture';
import { paymentOf, serialOf, thrownReport } from './outcome';
import { paidElsewhere } from './paidElsewhere';
import { photo } from './photo';
import { inScene, RETRY } from './scene';

const generate = { operation: 'generateImage', prompt: 'A lighthouse', model: 'Standard' };

describe('an invoice that was paid elsewhere', () => {
	it.concurrent('is redeemed without any wallet', async () => {
		await inScene({}, async (scene) => {
			const { token, preimage } = await paidElsewhere(scene);
			const parameters = { payment: 'redeem', token, preimage };
			const { items } = await scene.run({ parameters, credential: null });
			const [sold] = scene.sandbox.ledger;
			expect(serialOf(items[0])).toBe(1);
			expect(items[0]?.json).toEqual({
				operation: 'colorizeImage',
				imageUrl: expect.stringContaining('/uploads/'),
				mimeType: 'image/png',
				fileName: 'old photo-colorizeImage.png',
				fileSize: plainPicture(1).bytes.length,
				width: 8,
				height: 8,
				payment: {
					status: 'redeemed',
					priceSat: null,
					feeMsat: null,
					paymentHash: sold?.paymentHash,
					preimage,
					wallet: null,
					paidAt: null,
				},
			});
			const redeem = scene.paidRequests(true);
			expect(redeem).toHaveLength(1);
			expect(redeem[0]?.headers.authorization).toBe(`L402 ${token}:${preimage}`);
			expect(redeem[0]?.bodySha256).toBe(sold?.bodySha256);
			expect(scene.paidRequests(false)).toHaveLength(1);
			expect(scene.payCalls).toHaveLength(1);
		});
	});

	it.concurrent('may be pasted with spaces and in upper case', async () => {
		await inScene({}, async (scene) => {
			const { token, preimage } = await paidElsewhere(scene, generate);
			const parameters = {
				...generate,
				payment: 'redeem',
				token: `  ${token}\n`,
				preimage: ` ${preimage.toUpperCase()} \t`,
			};
			const { items } = await scene.run({ parameters, credential: null });
			expect(serialOf(items[0])).toBe(1);
			expect(paymentOf(items[0]).preimage).toBe(preimage);
			expect(scene.paidRequests(true)[0]?.headers.authorization).toBe(`L402 ${token}:${preimage}`);
		});
	});

	it.concurrent.each([
		['of another payment', () => 'ab'.repeat(32)],
		['cut short', (preimage: string) => preimage.slice(1)],
		['with a wrong digit', (preimage: string) => `${preimage.slice(0, 63)}g`],
		['that is the payment hash', (_preimage: string, hash: string) => hash],
	])('is not redeemed with a preimage %s', async (_name, spoil) => {
		await inScene({}, async (scene) => {
			const { token, preimage } = await paidElsewhere(scene);
			const [sold] = scene.sandbox.ledger;
			const wrong = spoil(preimage, sold?.paymentHash ?? '');
			const parameters = { payment: 'redeem', token, preimage: wrong };
			const report = await scene.failure({ parameters, credential: null });
			expect(report).toMatchObject({ code: 'PREIMAGE_INVALID', spent: 'unknown' });
			expect(report.payment).toMatchObject({ token, paymentHash: sold?.paymentHash });
			expect(report.payment?.preimage).toBeUndefined();
			const thrown = await scene.run({ parameters, credential: null });
			expect(thrownReport(thrown)).toEqual(report);
			expect(scene.paidRequests(true)).toEqual([]);
			const right = await scene.run({ parameters: { ...parameters, preimage } });
			expect(serialOf(right.items[0])).toBe(1);
		});
	});

	it.concurrent.each([
		['the invoice', (invoice: string) => invoice],
		['the invoice as a link', (invoice: string) => `lightning:${invoice}`],
		['the invoice in upper case', (invoice: string) => ` ${invoice.toUpperCase()}\n`],
	])('is not redeemed with %s in the place of the token', async (_name, instead) => {
		await inScene({}, async (scene) => {
			const { items } = await scene.run({
				parameters: { payment: 'invoiceOnly' },
				credential: null,
			});
			const token = instead(String(paymentOf(items[0]).invoice));
			const parameters = { payment: 'redeem', token, preimage: 'ab'.repeat(32) };
			const report = await scene.failure({ parameters, credential: null });
			expect(report).toMatchObject({
				code: 'INPUT_INVALID',
				hint: expect.stringContaining("This is the invoice; paste 'payment.token'"),
			});
			expect(scene.paidRequests(true)).toEqual([]);
		});
	});

	it.concurrent(
		'ends within the lag of a settlement where the service does not take it',
		async () => {
			await inScene({}, async (scene) => {
				const paid = await paidElsewhere(scene);
				const parameters = { payment: 'redeem', ...paid };
				await scene.run({ parameters });
				// Five minutes are the default; the test would not end before.
				const report = await scene.failure({ parameters });
				expect(report).toMatchObject({
					code: 'REDEEM_FAILED',
					message: expect.stringContaining('does not deliver for this proof'),
					service: { statusCode: 401, errorCode: 'PAYMENT_ALREADY_USED' },
				});
				expect(report.hint).not.toContain('Run again');
				expect(report.hint).not.toContain("'Redeem'");
				expect(scene.paidRequests(true).length).toBeGreaterThan(3);
			});
		},
	);

	it.concurrent('buys one picture only, and the second try says so', async () => {
		await inScene({}, async (scene) => {
			const paid = await paidElsewhere(scene);
			const parameters = { payment: 'redeem', ...paid };
			await scene.run({ parameters });
			const report = await scene.failure({ parameters, options: { requestTimeout: 1 } });
			expect(report).toMatchObject({
				code: 'REDEEM_FAILED',
				spent: 'yes',
				payment: { ...paid, paymentHash: scene.sandbox.ledger[0]?.paymentHash },
				service: { statusCode: 401, errorCode: 'PAYMENT_ALREADY_USED' },
			});
			expect(scene.payCalls).toHaveLength(1);
		});
	});

	it.concurrent('is not spent on another picture than it was paid for', async () => {
		await inScene({}, async (scene) => {
			const paid = await paidElsewhere(scene);
			const parameters = { payment: 'redeem', ...paid };
			const report = await scene.failure({ parameters, items: [photo('another')] });
			expect(report).toMatchObject({ code: 'REDEEM_FAILED', service: { statusCode: 400 } });
			expect((await scene.run({ parameters })).error).toBeUndefined();
		});
	});

	it.concurrent('never leads to a payment, whatever the service says', async () => {
		await inScene({}, async (scene) => {
			const paid = await paidElsewhere(scene);
			const fault = { kind: 'status', status: 402, challenge: 'fresh' } as const;
			scene.sandbox.faults.push({ at: 'redeem', fault });
			const { items } = await scene.run({ parameters: { payment: 'redeem', ...paid } });
			expect(serialOf(items[0])).toBe(1);
			expect(scene.payCalls).toHaveLength(1);
		});
	});

	it.concurrent('may be one that a wallet run left open, by what its error says', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'redeem', fault: { kind: 'status', status: 422 } });
			const { payment } = await scene.failure();
			const parameters = {
				payment: 'redeem',
				token: String(payment?.token),
				preimage: String(payment?.preimage),
			};
			const { items } = await scene.run({ parameters });
			expect(serialOf(items[0])).toBe(1);
			expect(paymentOf(items[0])).toMatchObject({ status: 'redeemed', priceSat: 5 });
			// It is closed now: the next run with a wallet buys a new picture.
			expect(serialOf((await scene.run({})).items[0])).toBe(2);
		});
	});

	it.concurrent(
		'has its link in the error where that fails, and tries it first next time',
		async () => {
			await inScene({}, async (scene) => {
				const paid = await paidElsewhere(scene);
				const fault = { kind: 'status', status: 500 } as const;
				scene.sandbox.faults.push({ at: 'link', fault, times: 2 });
				const parameters = { payment: 'redeem', ...paid };
				const report = await scene.failure({ parameters, options: { requestTimeout: 1 } });
				expect(report).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes', payment: paid });
				expect(report.imageUrl).toContain('/uploads/');
				const { items } = await scene.run({ parameters });
				expect(serialOf(items[0])).toBe(1);
				expect(items[0]?.json.imageUrl).toBe(report.imageUrl);
				expect(scene.paidRequests(true)).toHaveLength(1);
			});
		},
	);

	it.concurrent('keeps its link in the error of each try of Retry On Fail', async () => {
		await inScene({}, async (scene) => {
			const paid = await paidElsewhere(scene);
			const fault = { kind: 'status', status: 500 } as const;
			scene.sandbox.faults.push({ at: 'link', fault, times: Infinity });
			const outcome = await scene.run({
				parameters: { payment: 'redeem', ...paid },
				options: { requestTimeout: 1 },
				settings: { ...RETRY, maxTries: 2 },
			});
			expect(thrownReport(outcome).imageUrl).toContain('/uploads/');
		});
	});

	it.concurrent('is fetched by the link that a wallet run was given for it', async () => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status: 500 } as const;
			scene.sandbox.faults.push({ at: 'link', fault, times: 2 });
			const { payment } = await scene.failure({ options: { requestTimeout: 1 } });
			const parameters = {
				payment: 'redeem',
				token: String(payment?.token),
				preimage: String(payment?.preimage),
			};
			const { items } = await scene.run({ parameters });
			expect(serialOf(items[0])).toBe(1);
			expect(scene.paidRequests(true)).toHaveLength(1);
		});
	});
});
