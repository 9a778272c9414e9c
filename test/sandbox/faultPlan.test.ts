import type { Sandbox } from '../../sandbox/startSandbox';
import { paths, post } from './buyer';
import { openSandbox } from './openSandbox';

const path = paths.colorizeImage;
const body = JSON.stringify({ image: Buffer.from('no real picture').toString('base64') });

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await openSandbox({ pictures: 'plain' });
});

describe('planned faults', () => {
	it('strike in order, as often as told, where they match', async () => {
		const other = JSON.stringify({ image: 'AAAA' });
		sandbox.faults.push({
			at: 'ask',
			fault: { kind: 'status', status: 503 },
			times: 2,
			match: (subject) => subject.body.toString() === other,
		});
		sandbox.faults.push({ at: 'ask', fault: { kind: 'status', status: 404 } });
		expect(sandbox.faults.left).toBe(3);
		const statuses: number[] = [];
		for (const sent of [body, other, other, body, other]) {
			statuses.push((await post(sandbox, path, sent)).status);
		}
		expect(statuses).toEqual([404, 503, 503, 402, 402]);
		expect(sandbox.faults.left).toBe(0);
	});

	it('can be taken back', async () => {
		sandbox.faults.push({ at: 'ask', fault: { kind: 'cut' }, times: Infinity });
		sandbox.faults.clear();
		expect((await post(sandbox, path, body)).status).toBe(402);
	});
});

describe('named faults', () => {
	it('stand in a header, in the query or in front of the path', async () => {
		const byQuery = await post(sandbox, `${path}?fault=ask:status=418`, body);
		const byPath = await post(sandbox, `/fault/ask:status=418${path}`, body);
		expect([byQuery.status, byPath.status]).toEqual([418, 418]);
	});

	it('that do not exist are answered with those that do', async () => {
		for (const text of ['ask:nonsense', 'nowhere:cut', 'ask:status', 'cut']) {
			const response = await post(sandbox, path, body, { 'x-sandbox-fault': text });
			expect(response.status).toBe(400);
			expect(await response.text()).toContain('redeem: cutBeforeReading cut hang status');
		}
	});
});
