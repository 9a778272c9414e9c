import { gzipSync } from 'node:zlib';
import { sampled, times } from '../depth';
import { standInFront, type Instead, type Passed } from './inFront';
import { reportOf } from './outcome';
import { paidElsewhere } from './paidElsewhere';
import { CONTINUE, inScene, type Scene } from './scene';

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const long = 'A'.repeat(times(20_000_000, 4_000_000));
const refund = { charge_id: 'c1', refund_amount: 5, lnurl_withdraw: 'LNURL1X', status: 'pending' };

/** Answers to a proof of payment that somebody made up to break who reads them. */
const ODD: ReadonlyArray<readonly [string, string]> = [
	['a status that is no text', '{"status":{"toString":0}}'],
	['a status that is no text, with a refund', JSON.stringify({ status: { toString: 0 }, refund })],
	['a link that is no text', '{"image_url":{"toString":0},"url":[{"toString":0}]}'],
	['a job whose address is no text', '{"poll_url":{"toString":0},"status":["failed"]}'],
	['words that are no text', '{"error":{"message":{"toString":0},"code":{"valueOf":0}}}'],
	['a prototype of its own', '{"__proto__":{"status":"failed"},"constructor":{"name":0}}'],
	['nested arrays', nested(200_000)],
	['nested objects', `${'{"body":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
	['a nested refund', `{"error":"no","refund":${nested(30_000)}}`],
	['a refund that nests in its fields', `{"error":"no","refund":{"status":${nested(30_000)}}}`],
	['a link without end', JSON.stringify({ image_url: `https://a.example/${long}` })],
	['a link without end, of a job', JSON.stringify({ poll_url: `https://a.example/${long}` })],
	['a refund without end', JSON.stringify({ error: 'no', refund: { lnurl_withdraw: long } })],
	['words without end', JSON.stringify({ error: long, error_code: long })],
];

async function failureWith(
	scene: Scene,
	way: 'wallet' | 'redeem',
	instead: (passed: Passed) => Instead | undefined,
) {
	const front = await standInFront(scene.sandbox.serviceUrl, instead);
	const options = { baseUrl: front.url, requestTimeout: 2 };
	const call =
		way === 'wallet'
			? {}
			: {
					credential: null,
					parameters: { payment: 'redeem', ...(await paidElsewhere(scene, {}, options)) },
				};
	const { items } = await scene.run({ ...call, options, settings: CONTINUE });
	await front.close();
	return items;
}

const WITH_STATUS = ODD.flatMap(([name, body]) => {
	const packed = gzipSync(body);
	return [200, 422].map((status) => [name, status, packed] as const);
});

describe.each(['wallet', 'redeem'] as const)('with %s, what is paid is told after', (way) => {
	it.each(sampled(WITH_STATUS, 2, way === 'wallet' ? 0 : 1))(
		'%s, with status %s',
		async (name, status, packed) => {
			await inScene({}, async (scene) => {
				const headers = { 'content-encoding': 'gzip' };
				const items = await failureWith(scene, way, ({ hasProof }) =>
					hasProof ? { status, headers, body: packed } : undefined,
				);
				const report = reportOf(items[0]);
				expect(report.spent).toBe('yes');
				expect(report.payment).toMatchObject({
					token: expect.any(String) as string,
					preimage: expect.any(String) as string,
				});
				// What n8n keeps, hands on and shows.
				expect(JSON.stringify(items).length).toBeLessThan(30_000);
				if (name.endsWith('with a refund')) {
					expect(report.service?.refund).toEqual(refund);
					expect(report.refund).toMatchObject({ amountSat: 5 });
				}
				expect(scene.paid).toHaveLength(1);
			});
		},
	);
});

test('of a refund the documented fields stay as they are', async () => {
	await inScene({}, async (scene) => {
		const body = JSON.stringify({ error: 'no', refund: { ...refund, more: { deep: [1] } } });
		const items = await failureWith(scene, 'wallet', ({ hasProof }) =>
			hasProof ? { status: 422, body } : undefined,
		);
		expect(reportOf(items[0]).service?.refund).toEqual(refund);
	});
});
