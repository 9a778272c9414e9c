import type { StatusFault } from '../../sandbox/faults';
import { readInvoice } from '../../sandbox/mintInvoice';
import { outputBytes, reportOf, serialOf, thrownReport, type ErrorReport } from './outcome';
import { photo } from './photo';
import { CONTINUE, inScene, RETRY, type Scene } from './scene';

const refused = { kind: 'status', status: 422, refund: true, message: 'Out of paint' } as const;
const claiming = { options: { claimRefunds: true, paymentTimeout: 3 } };
const claimingOn = { ...claiming, settings: CONTINUE };

interface Refund {
	readonly status: string;
	readonly amountSat: number | null;
	readonly lnurl?: string;
	readonly lightningUri?: string;
	readonly paymentHash?: string;
	readonly reason?: string;
}

function refundOf(report: ErrorReport): Refund {
	if (report.refund === undefined) throw new Error(`No refund in ${JSON.stringify(report)}`);
	return report.refund as unknown as Refund;
}

function refuse(scene: Scene, fault: Partial<StatusFault> = {}, times = 1): void {
	scene.sandbox.faults.push({ at: 'redeem', fault: { ...refused, ...fault }, times });
}

/** What the service and the wallet hold of refunds. Nobody's books know more money than another's. */
function books({ sandbox }: Scene) {
	const back = sandbox.wallet.invoices.filter(({ paidAt }) => paidAt !== null);
	return {
		offered: sandbox.ledger.filter(({ refundedAt }) => refundedAt !== null).length,
		handedIn: sandbox.ledger.reduce((sum, { refundClaims }) => sum + refundClaims, 0),
		paidOut: sandbox.ledger.filter(({ refundPaidAt }) => refundPaidAt !== null).length,
		invoices: sandbox.wallet.invoices.length,
		backMsat: back.reduce((sum, { amountMsat }) => sum + amountMsat, 0),
	};
}

const claimCalls = ({ sandbox }: Scene) =>
	sandbox.requests.filter(({ path }) => path.endsWith('/claim'));

describe('a refund on offer', () => {
	it.concurrent('is shown as a link and, with Continue On Fail, as a QR code', async () => {
		await inScene({}, async (scene) => {
			refuse(scene);
			const { items } = await scene.run({ settings: CONTINUE });
			const report = reportOf(items[0]);
			const lnurl = (report.service?.refund as { lnurl_withdraw: string }).lnurl_withdraw;
			expect(report).toMatchObject({
				code: 'REDEEM_FAILED',
				spent: 'yes',
				refund: { status: 'offered', amountSat: 5, lnurl, lightningUri: `lightning:${lnurl}` },
			});
			expect(report.hint).toContain('binary.refund');
			expect(Object.keys(items[0]?.binary ?? {})).toEqual(['refund']);
			expect(items[0]?.binary?.refund).toMatchObject({
				mimeType: 'image/png',
				fileName: 'refund.png',
			});
			expect(outputBytes(items[0], 'refund').subarray(1, 4).toString()).toBe('PNG');
			expect(books(scene)).toEqual({
				offered: 1,
				handedIn: 0,
				paidOut: 0,
				invoices: 0,
				backMsat: 0,
			});
		});
	});

	it.concurrent(
		'names no QR code where there is none: in an error that stops the run',
		async () => {
			await inScene({}, async (scene) => {
				refuse(scene);
				const report = thrownReport(await scene.run());
				expect(report.hint).toContain('open refund.lightningUri');
				expect(report.hint).not.toMatch(/QR code|binary\.refund/);
			});
		},
	);

	it.concurrent('is kept where the service answered 5xx, and then has no more of it', async () => {
		await inScene({}, async (scene) => {
			refuse(scene, { status: 500 });
			const report = await scene.failure();
			expect(refundOf(report).status).toBe('offered');
			expect(scene.paidRequests(true)).toHaveLength(2);
		});
	});

	it.concurrent(
		'stays in the books: a second run shows it though the service does not',
		async () => {
			await inScene({}, async (scene) => {
				refuse(scene);
				const first = await scene.failure();
				const second = await scene.failure();
				expect(second.service).toMatchObject({ errorCode: 'L402_REFUND_ISSUED', refund: null });
				expect(refundOf(second)).toEqual(refundOf(first));
				expect(scene.paid).toHaveLength(1);
			});
		},
	);

	it.concurrent.each([
		['a link for something else', { refundLink: 'lnurlp://pay.example/me' }],
		['a link with a broken checksum', { refundLink: 'LNURL1DP68GURN8GHJ7QQQQQQ' }],
		['plain http to another machine', { refundLink: 'http://refunds.example/1' }],
		['a script', { refundLink: 'javascript:alert(1)' }],
	])('with %s is shown as text, and left alone', async (_name, fault) => {
		await inScene({}, async (scene) => {
			refuse(scene, fault);
			const { items } = await scene.run(claimingOn);
			expect(reportOf(items[0]).refund).toEqual({
				status: 'unreadable',
				amountSat: 5,
				text: fault.refundLink,
			});
			expect(items[0]?.binary).toBeUndefined();
			expect(books(scene).invoices).toBe(0);
		});
	});
});

describe('a refund that is claimed', () => {
	it.concurrent('arrives once, closes the purchase, and the next run buys anew', async () => {
		await inScene({}, async (scene) => {
			refuse(scene);
			const before = scene.sandbox.wallet.balanceMsat;
			const { items } = await scene.run(claimingOn);
			const report = reportOf(items[0]);
			const [invoice] = scene.sandbox.wallet.invoices;
			expect(report).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
			expect(report.refund).toEqual({
				status: 'claimed',
				amountSat: 5,
				paymentHash: invoice?.paymentHash,
			});
			expect(report.message).toContain('refund of 5 sats has arrived');
			expect(report.hint).toMatch(/Of 5 sats paid, 5 came back/);
			expect(items[0]?.binary).toBeUndefined();
			const once = { offered: 1, handedIn: 1, paidOut: 1, invoices: 1, backMsat: 5_000 };
			expect(books(scene)).toEqual(once);
			expect(scene.sandbox.wallet.balanceMsat).toBe(before);
			expect(readInvoice(invoice?.text ?? '')).toMatchObject({
				network: 'regtest',
				amountMsat: 5_000,
			});
			const next = await scene.run(claiming);
			expect(serialOf(next.items[0])).toBe(2);
			expect(books(scene)).toEqual(once);
		});
	});

	it.concurrent('says so in a thrown error too', async () => {
		await inScene({}, async (scene) => {
			refuse(scene);
			expect(refundOf(thrownReport(await scene.run(claiming))).status).toBe('claimed');
		});
	});

	it.concurrent('is claimed by nobody who has not asked for that', async () => {
		await inScene({}, async (scene) => {
			refuse(scene);
			await scene.failure();
			expect(scene.sandbox.requests.filter(({ path }) => path.includes('refund'))).toEqual([]);
			expect(scene.sandbox.wallet.invoices).toEqual([]);
		});
	});

	it.concurrent('counts as spent in the budget of its execution', async () => {
		await inScene({}, async (scene) => {
			refuse(scene, {}, Infinity);
			const items = [photo('a'), photo('b'), photo('c')];
			const options = { ...claiming.options, maxTotalSat: 30, maxFeeSat: 10, concurrency: 1 };
			const { items: failed } = await scene.run({ items, options, settings: CONTINUE });
			const codes = failed.map((item) => reportOf(item).code);
			// 5 and its fee limit of 10 are reserved; after the fee is known to be 0, 5 are spent.
			expect(codes).toEqual(['REDEEM_FAILED', 'REDEEM_FAILED', 'REDEEM_FAILED']);
			const less = { ...options, maxTotalSat: 19 };
			const again = await scene.run({
				items: [photo('d'), photo('e')],
				options: less,
				settings: CONTINUE,
			});
			expect(again.items.map((item) => reportOf(item).code)).toEqual([
				'REDEEM_FAILED',
				'BUDGET_EXCEEDED',
			]);
		});
	});

	it.concurrent('is claimed once for each purchase under Retry On Fail', async () => {
		await inScene({}, async (scene) => {
			refuse(scene, {}, 2);
			const { items, error } = await scene.run({ ...claiming, settings: RETRY });
			expect(error).toBeUndefined();
			expect(serialOf(items[0])).toBe(3);
			expect(scene.paid).toHaveLength(3);
			expect(books(scene)).toEqual({
				offered: 2,
				handedIn: 2,
				paidOut: 2,
				invoices: 2,
				backMsat: 10_000,
			});
		});
	});

	it.concurrent('is claimed for each of two equal items, once', async () => {
		await inScene({}, async (scene) => {
			refuse(scene, {}, 2);
			const items = [photo('same'), photo('same')];
			const { items: failed } = await scene.run({ ...claimingOn, items });
			expect(failed.map((item) => refundOf(reportOf(item)).status)).toEqual(['claimed', 'claimed']);
			expect(books(scene)).toMatchObject({ handedIn: 2, paidOut: 2, invoices: 2 });
		});
	});
});

describe('a claim whose end nobody saw', () => {
	const ends = [
		['cut off after it was paid', { kind: 'cutAfter' }, 1],
		['left without an answer after it was paid', { kind: 'hangAfter' }, 1],
	] as const;
	it.concurrent.each(ends)('%s is seen in the wallet', async (_name, fault) => {
		await inScene({}, async (scene) => {
			refuse(scene);
			scene.sandbox.faults.push({ at: 'claim', fault });
			const report = await scene.failure(claiming);
			expect(refundOf(report)).toMatchObject({ status: 'claimed', amountSat: 5 });
			expect(books(scene)).toMatchObject({ handedIn: 1, paidOut: 1, invoices: 1 });
		});
	});

	it.concurrent.each([
		['said to be paid, and not', { kind: 'lie' }],
		['cut off', { kind: 'cut' }],
		['answered with a web page', { kind: 'html' }],
		['answered with 503', { kind: 'status', status: 503 }],
	] as const)('%s is repeated with the same invoice, in a new process', async (_name, fault) => {
		await inScene({}, async (scene) => {
			refuse(scene);
			scene.sandbox.faults.push({ at: 'claim', fault });
			const first = await scene.run({ options: { ...claiming.options, paymentTimeout: 1 } });
			expect(refundOf(thrownReport(first))).toMatchObject({
				status: 'unknown',
				paymentHash: scene.sandbox.wallet.invoices[0]?.paymentHash,
			});
			expect(thrownReport(first).hint).toContain('never claimed with a second invoice');
			scene.restart();
			const { contextData } = first;
			const second = await scene.run({ ...claimingOn, contextData });
			expect(refundOf(reportOf(second.items[0])).status).toBe('claimed');
			expect(books(scene)).toMatchObject({ paidOut: 1, invoices: 1, backMsat: 5_000 });
			expect(scene.paid).toHaveLength(1);
			const pr = claimCalls(scene).map(({ path }) => path);
			expect(pr).toHaveLength(2);
		});
	});

	it.concurrent(
		'and that arrives later closes the purchase, which is then bought anew',
		async () => {
			await inScene({}, async (scene) => {
				let silent = true;
				refuse(scene);
				scene.sandbox.faults.push({ at: 'claim', fault: { kind: 'cutAfter' } });
				scene.sandbox.faults.push({
					at: 'lookup',
					fault: { kind: 'cut' },
					times: Infinity,
					match: () => silent,
				});
				const options = { ...claiming.options, paymentTimeout: 1 };
				const first = await scene.run({ options });
				expect(refundOf(thrownReport(first)).status).toBe('unknown');
				silent = false;
				scene.restart();
				const second = await scene.run({ options, contextData: first.contextData });
				expect(serialOf(second.items[0])).toBe(2);
				expect(books(scene)).toMatchObject({ handedIn: 1, paidOut: 1, invoices: 1 });
			});
		},
	);

	it.concurrent('from another wallet is not repeated', async () => {
		await inScene({}, async (scene) => {
			refuse(scene);
			scene.sandbox.faults.push({ at: 'claim', fault: { kind: 'cut' } });
			const options = { ...claiming.options, paymentTimeout: 1 };
			const first = await scene.run({ options });
			const url = scene.sandbox.walletUrl.replace('127.0.0.1', 'localhost');
			const call = { credential: { url }, contextData: first.contextData };
			const second = await scene.run({ options, settings: CONTINUE, ...call });
			expect(refundOf(reportOf(second.items[0]))).toMatchObject({ status: 'unknown' });
			expect(books(scene)).toMatchObject({ invoices: 1, paidOut: 0 });
			expect(claimCalls(scene)).toHaveLength(1);
		});
	});
});

describe('a refund that cannot be claimed', () => {
	it.concurrent.each([
		['whose callback says no', { at: 'claim', fault: { kind: 'error', reason: 'Too late' } }],
		['whose link is cut', { at: 'withdraw', fault: { kind: 'cut' } }],
		['whose link is gone', { at: 'withdraw', fault: { kind: 'status', status: 404 } }],
		['whose link redirects', { at: 'withdraw', fault: { kind: 'redirect' } }],
		['whose link says anything', { at: 'withdraw', fault: { kind: 'garbage' } }],
		[
			'that pays more than was paid alone',
			{ at: 'withdraw', fault: { kind: 'limits', minMsat: 9_000, maxMsat: 9_000 } },
		],
		['without a right to invoices', { at: 'makeInvoice', fault: { kind: 'unauthorized' } }],
		['without a wallet', { at: 'makeInvoice', fault: { kind: 'cut' } }],
	] as const)('%s stays on offer, with a reason', async (_name, planned) => {
		await inScene({}, async (scene) => {
			refuse(scene);
			scene.sandbox.faults.push(planned);
			const { items } = await scene.run(claimingOn);
			const report = reportOf(items[0]);
			expect(refundOf(report)).toMatchObject({
				status: 'offered',
				reason: expect.stringMatching(/\w+/),
			});
			expect(report.hint).toContain('It was not claimed');
			expect(items[0]?.binary?.refund).toBeDefined();
			expect(books(scene)).toMatchObject({ paidOut: 0, backMsat: 0 });
			// The next try may succeed: with the same invoice, if there is one.
			const next = await scene.failure(claiming);
			expect(refundOf(next).status).toBe('claimed');
			expect(books(scene)).toMatchObject({ paidOut: 1, invoices: 1, backMsat: 5_000 });
			expect(scene.paid).toHaveLength(1);
		});
	});

	it.concurrent.each([
		['more is offered than was paid', { refundSat: 900 }, { minMsat: 1, maxMsat: 900_000 }, 5],
		['less is offered', { refundSat: 3 }, { minMsat: 1, maxMsat: 900_000 }, 3],
		['the link pays less', {}, { minMsat: 1, maxMsat: 2_500 }, 2],
		['the amount is odd', { refundSat: 0.5 }, { minMsat: 1, maxMsat: 5_000 }, 5],
	] as const)('where %s, no more is asked than fits', async (_name, fault, limits, sats) => {
		await inScene({}, async (scene) => {
			refuse(scene, fault);
			scene.sandbox.faults.push({ at: 'withdraw', fault: { kind: 'limits', ...limits } });
			const report = await scene.failure(claiming);
			expect(refundOf(report)).toMatchObject({ status: 'claimed', amountSat: sats });
			expect(books(scene).backMsat).toBe(sats * 1_000);
		});
	});

	it.concurrent.each([
		['less is offered', { refundSat: 1 }, { minMsat: 1, maxMsat: 900_000 }, 1],
		['the link pays less', {}, { minMsat: 1, maxMsat: 4_000 }, 4],
	] as const)(
		'where %s than was paid, it is taken, and the purchase is not bought again for it',
		async (_name, fault, limits, sats) => {
			await inScene({}, async (scene) => {
				refuse(scene, fault, Infinity);
				const link = { kind: 'limits', ...limits } as const;
				scene.sandbox.faults.push({ at: 'withdraw', fault: link, times: Infinity });
				const outcome = await scene.run({ ...claiming, settings: RETRY });
				const report = thrownReport(outcome);
				expect(refundOf(report)).toMatchObject({ status: 'claimed', amountSat: sats });
				expect(report.hint).toContain(`Of 5 sats paid, ${sats} came back`);
				expect(report.hint).toContain('That is not all of it');
				scene.restart();
				await scene.run({ ...claimingOn, contextData: outcome.contextData });
				await scene.run(claimingOn);
				expect(scene.paid).toHaveLength(1);
				expect(books(scene)).toMatchObject({ invoices: 1, backMsat: sats * 1_000 });
			});
		},
	);

	it.concurrent(
		'is not handed to an invoice that saved books name and the wallet has not made',
		async () => {
			await inScene({}, async (scene) => {
				refuse(scene);
				scene.sandbox.faults.push({ at: 'claim', fault: { kind: 'cut' } });
				const options = { ...claiming.options, paymentTimeout: 1 };
				const { contextData } = await scene.run({ options });
				const own = scene.sandbox.wallet.invoices[0]?.text ?? '';
				await inScene({}, async (thief) => {
					const { walletUrl, adminKey } = thief.sandbox;
					const made = await fetch(`${walletUrl}/api/v1/payments`, {
						method: 'POST',
						headers: { 'content-type': 'application/json', 'x-api-key': adminKey },
						body: JSON.stringify({ out: false, amount: 5, memo: 'x' }),
					});
					const { bolt11, payment_request: text } = (await made.json()) as Record<string, string>;
					const saved = JSON.stringify(contextData).replaceAll(own, bolt11 ?? text ?? '');
					scene.restart();
					const stolen = JSON.parse(saved) as typeof contextData;
					const { items } = await scene.run({ ...claimingOn, contextData: stolen });
					expect(refundOf(reportOf(items[0])).status).toBe('unknown');
					expect(claimCalls(scene)).toHaveLength(1);
					expect(thief.sandbox.wallet.invoices[0]?.paidAt).toBeNull();
				});
			});
		},
	);

	it.concurrent('of one link is claimed by one of two purchases', async () => {
		await inScene({}, async (scene) => {
			refuse(scene);
			scene.sandbox.faults.push({ at: 'claim', fault: { kind: 'cut' } });
			const options = { ...claiming.options, paymentTimeout: 1 };
			const first = await scene.failure({ options });
			refuse(scene, { refundLink: refundOf(first).lnurl ?? '' });
			const second = await scene.failure({ items: [photo('other')], options });
			expect(refundOf(second)).toMatchObject({
				status: 'offered',
				reason: expect.stringContaining('another purchase'),
			});
			expect(claimCalls(scene)).toHaveLength(1);
		});
	});
});

describe('our own invoice', () => {
	it.concurrent('is never paid, though the service offers it as its own', async () => {
		await inScene({}, async (scene) => {
			refuse(scene);
			scene.sandbox.faults.push({ at: 'claim', fault: { kind: 'lie' } });
			const options = { ...claiming.options, paymentTimeout: 1 };
			const first = await scene.run({ options });
			const ours = scene.sandbox.wallet.invoices[0];
			const token = scene.sandbox.ledger[0]?.token.slice(0, 8) ?? '';
			const header = `L402 macaroon="${token}", invoice="${ours?.text ?? ''}"`;
			for (const restarted of [false, true]) {
				if (restarted) scene.restart();
				scene.sandbox.faults.push({ at: 'ask', fault: { kind: 'brokenHeader', header } });
				const { items } = await scene.run({
					items: [photo('other')],
					options,
					settings: CONTINUE,
					contextData: first.contextData,
				});
				expect(reportOf(items[0])).toMatchObject({
					code: 'CHALLENGE_INVALID',
					spent: 'no',
					message: expect.stringContaining('already using'),
				});
			}
			expect(scene.sandbox.wallet.payments).toHaveLength(1);
			expect(ours?.paidAt).toBeNull();
		});
	});
});

describe('the requests of a claim', () => {
	it.concurrent('carry no proof of payment and no key', async () => {
		await inScene({}, async (scene) => {
			refuse(scene);
			const { run } = await scene.run(claimingOn);
			const asked = scene.sandbox.requests.filter(({ path }) => path.startsWith('/refund/'));
			expect(asked).toHaveLength(2);
			for (const { headers } of asked) {
				expect(headers.authorization).toBeUndefined();
				expect(headers['x-api-key']).toBeUndefined();
				expect(headers.cookie).toBeUndefined();
			}
			const [sold] = scene.sandbox.ledger;
			const seen = JSON.stringify(asked);
			for (const secret of [sold?.preimage, sold?.token, scene.sandbox.adminKey]) {
				expect(seen).not.toContain(secret);
			}
			expect(JSON.stringify(run)).not.toContain(scene.sandbox.adminKey);
			expect(JSON.stringify(run)).not.toContain(scene.sandbox.wallet.invoices[0]?.preimage);
		});
	});

	it.concurrent('do not follow a redirect of the callback', async () => {
		await inScene({}, async (scene) => {
			refuse(scene);
			scene.sandbox.faults.push({ at: 'claim', fault: { kind: 'redirect' } });
			const options = { ...claiming.options, paymentTimeout: 1 };
			expect(refundOf(await scene.failure({ options })).status).toBe('unknown');
			expect(scene.sandbox.stranger.requests).toEqual([]);
		});
	});
});

describe('a redeemed payment', () => {
	it.concurrent('shows a refund, and claims none', async () => {
		await inScene({}, async (scene) => {
			const quoted = await scene.run({ parameters: { payment: 'invoiceOnly' } });
			const { invoice, token } = quoted.items[0]?.json.payment as Record<string, string>;
			const preimage = scene.sandbox.payElsewhere(invoice ?? '');
			refuse(scene);
			const { items } = await scene.run({
				...claimingOn,
				parameters: { payment: 'redeem', token: token ?? '', preimage: preimage ?? '' },
			});
			expect(refundOf(reportOf(items[0]))).toMatchObject({ status: 'offered', amountSat: 5 });
			expect(items[0]?.binary?.refund).toBeDefined();
			expect(books(scene).handedIn).toBe(0);
		});
	});
});
