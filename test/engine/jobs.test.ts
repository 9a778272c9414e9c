import { serialOf } from './outcome';
import { inScene } from './scene';

describe('a picture that takes the service long (202, poll_url)', () => {
	it.concurrent('is waited for, with the credential sent once', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'redeem', fault: { kind: 'job', polls: 2 } });
			const { items, error } = await scene.run({ options: { requestTimeout: 5 } });
			expect(error).toBeUndefined();
			expect(serialOf(items[0])).toBe(1);
			expect(scene.paidRequests(true)).toHaveLength(1);
			const polls = scene.sandbox.requests.filter(({ path }) => path.endsWith('/job-status'));
			expect(polls).toHaveLength(3);
			for (const { headers } of polls) expect(headers.authorization).toBeUndefined();
		});
	});

	it.concurrent('is found again by the next try, where time was up', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'redeem', fault: { kind: 'job', polls: 4 } });
			const report = await scene.failure({ options: { requestTimeout: 2 } });
			expect(report).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
			expect(report.payment?.preimage).toBe(scene.paid[0]?.preimage);
			const { items, error } = await scene.run({ options: { requestTimeout: 5 } });
			expect(error).toBeUndefined();
			expect(serialOf(items[0])).toBe(1);
			expect(scene.paidRequests(true)).toHaveLength(1);
			expect(scene.payCalls).toHaveLength(1);
		});
	});

	it.concurrent('is not paid again where it fails', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'redeem', fault: { kind: 'job', then: 'FAILED' } });
			const report = await scene.failure({ options: { requestTimeout: 2 } });
			expect(report).toMatchObject({
				code: 'REDEEM_FAILED',
				spent: 'yes',
				service: { statusCode: 200, message: 'The model failed.' },
			});
			expect(report.service?.refund).toMatchObject({ lnurl_withdraw: expect.any(String) });
			expect(report.payment?.preimage).toBe(scene.paid[0]?.preimage);
			await scene.failure({ options: { requestTimeout: 2 } });
			expect(scene.payCalls).toHaveLength(1);
		});
	});
});
