import { paidFailures } from './cases/paid';
import type { FailureCase } from './cases/failureCase';
import { refusedOffers } from './cases/refusedOffers';
import { unpaidFailures } from './cases/unpaid';
import { walletFailures } from './cases/wallets';
import { outputBytes, thrownReport, type ErrorReport } from './outcome';
import { photo } from './photo';
import { CONTINUE, inScene, type Call, type Scene } from './scene';

const cases = [...refusedOffers, ...walletFailures, ...unpaidFailures, ...paidFailures];
const oneOfEachCode = [...new Map(cases.map((each) => [each.code, each])).values()];

/** Lets the case happen, whenever the node runs. */
function arrange(scene: Scene, { faults = [], call = {}, credential }: FailureCase): Call {
	for (const fault of faults) scene.sandbox.faults.push(fault);
	return { ...call, ...(credential === undefined ? {} : { credential: credential(scene) }) };
}

function expectReport(scene: Scene, report: ErrorReport, expected: FailureCase): void {
	const [sold] = scene.sandbox.ledger;
	const keys = ['code', 'spent', 'message', 'hint'];
	if (report.payment !== undefined) keys.push('payment');
	if (expected.service !== undefined) keys.push('service');
	if (expected.imageUrl === true) keys.push('imageUrl');
	if (expected.refund === true) keys.push('refund');
	expect(Object.keys(report).sort()).toEqual(keys.sort());
	expect(report).toMatchObject({ code: expected.code, spent: expected.spent });
	expect(report.message).toMatch(expected.says);
	expect(report.hint).toMatch(/\w/);
	expect(report.service).toEqual(expected.service);
	if (expected.imageUrl === true) {
		expect(report.imageUrl).toContain(`${scene.sandbox.serviceUrl}/uploads/`);
	}
	if (expected.spent === 'no') {
		expect(scene.paid).toEqual([]);
		expect(report.payment?.preimage).toBeUndefined();
		return;
	}
	expect(report.payment).toMatchObject({
		token: sold?.token,
		invoice: sold?.invoice,
		paymentHash: sold?.paymentHash,
	});
	const known = ['REDEEM_FAILED', 'RESULT_INVALID'].includes(expected.code);
	expect(report.payment?.preimage).toBe(known ? sold?.preimage : undefined);
	expect(scene.paid).toHaveLength(expected.paid === true ? 1 : 0);
}

/** Nothing secret in anything that n8n keeps or shows of the run. */
function expectNoSecrets(scene: Scene, kept: unknown, report: ErrorReport): void {
	const text = JSON.stringify(kept);
	expect(text).not.toContain(scene.sandbox.adminKey);
	expect(text).not.toContain(scene.sandbox.invoiceKey);
	expect(text).not.toMatch(/L402 [A-Za-z0-9+/=]{20,}:/);
	if (report.payment?.preimage === undefined) {
		for (const { preimage } of scene.sandbox.ledger) expect(text).not.toContain(preimage);
	}
}

describe('with Continue On Fail', () => {
	it.concurrent.each(cases)('$code: $name', async (expected) => {
		await inScene(expected.sandbox, async (scene) => {
			const call = arrange(scene, expected);
			const { items, error, run } = await scene.run({ ...call, settings: CONTINUE });
			expect(error).toBeUndefined();
			expect(items).toHaveLength(1);
			const [item] = items;
			expect(Object.keys(item?.json ?? {})).toEqual(['error']);
			expect(item?.error).toBeUndefined();
			expect(Object.keys(item?.binary ?? {})).toEqual(expected.refund === true ? ['refund'] : []);
			expect(item?.pairedItem).toEqual({ item: 0 });
			const report = item?.json.error as unknown as ErrorReport;
			expectReport(scene, report, expected);
			expectNoSecrets(scene, run, report);
		});
	});
});

describe('thrown', () => {
	it.concurrent.each(oneOfEachCode)('$code: $name', async (expected) => {
		await inScene(expected.sandbox, async (scene) => {
			const call = arrange(scene, expected);
			const outcome = await scene.run(call);
			const report = thrownReport(outcome);
			expectReport(scene, report, expected);
			const { error } = outcome;
			expect(error).toMatchObject({
				name: 'NodeApiError',
				message: report.message,
				description: report.hint,
				context: { itemIndex: 0 },
			});
			expectNoSecrets(scene, outcome.run, report);
		});
	});
});

describe('continue with the error output', () => {
	it('sends pictures one way and failures the other, each with its item', async () => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status: 422 } as const;
			const bad = photo('bad').binary?.data?.data ?? '';
			scene.sandbox.faults.push({ at: 'ask', fault, match: ({ body }) => body.includes(bad) });
			const outcome = await scene.run({
				items: [photo('a'), photo('bad'), photo('c')],
				settings: { onError: 'continueErrorOutput' },
			});
			expect(outcome.error).toBeUndefined();
			expect(outcome.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
			for (const item of outcome.items) expect(outputBytes(item).length).toBeGreaterThan(0);
			expect(outcome.errorItems).toHaveLength(1);
			expect(outcome.errorItems[0]).toMatchObject({
				json: { mark: 'bad', error: { code: 'SERVICE_ERROR', spent: 'no' } },
				pairedItem: { item: 1 },
			});
		});
	});
});
