import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reportOf, serialOf } from './outcome';
import { pictureBytes } from './photo';
import { CONTINUE, inScene, type Scene } from './scene';

const REFUSAL = { at: 'redeem', fault: { kind: 'status', status: 422 } } as const;

/** A purchase that is paid and refused, as its error tells of it. */
async function leftOpen(scene: Scene) {
	scene.sandbox.faults.push(REFUSAL);
	const { payment } = await scene.failure();
	return {
		payment: 'redeem',
		token: String(payment?.token),
		preimage: String(payment?.preimage),
	};
}

/** A service that gives a picture to anybody, for any proof. */
async function withGenerousService(work: (url: string) => Promise<void>): Promise<void> {
	const server = createServer((request, response) => {
		request.resume().on('end', () => response.end(pictureBytes()));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	try {
		await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	} finally {
		server.close();
		server.closeAllConnections();
	}
}

describe('an open purchase of a run that pays by wallet', () => {
	it.concurrent.each([
		['another token', { token: 'bWFkZSB1cA==' }],
		['the same token', {}],
	])('is not closed by a Redeem with its preimage, %s and another host', async (_name, change) => {
		await inScene({}, async (scene) => {
			const parameters = { ...(await leftOpen(scene)), ...change };
			await withGenerousService(async (baseUrl) => {
				const stolen = await scene.run({ parameters, options: { baseUrl } });
				expect(stolen.error).toBeUndefined();
			});
			const own = await scene.run({});
			expect(serialOf(own.items[0])).toBe(1);
			expect(scene.paid).toHaveLength(1);
		});
	});

	it.concurrent('is worked on by a wallet run or by a Redeem, never by both', async () => {
		await inScene({}, async (scene) => {
			const parameters = await leftOpen(scene);
			const fault = { kind: 'status', status: 503 } as const;
			scene.sandbox.faults.push({ at: 'redeem', fault, times: 2 });
			const settings = CONTINUE;
			const options = { requestTimeout: 4 };
			const [byWallet, byHand] = await Promise.all([
				scene.run({ settings, options }),
				scene.run({ parameters, settings, options }),
			]);
			// Whichever comes first has it; the other finds its end, or buys one of its own.
			const items = [byWallet.items[0], byHand.items[0]];
			const delivered = items.filter((item) => item?.json.error === undefined);
			expect(new Set(delivered.map(serialOf)).size).toBe(delivered.length);
			expect(scene.paid).toHaveLength(delivered.length);
			// What is closed stays closed: the next run buys anew.
			const next = await scene.run({});
			expect(serialOf(next.items[0])).toBe(delivered.length + 1);
		});
	});

	it.concurrent('that a Redeem has closed is not opened again by its own Retry', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push(REFUSAL);
			const first = await scene.run({ settings: { ...CONTINUE, onError: 'stopWorkflow' } });
			const data = (first.error?.context as { data: { payment: Record<string, string> } }).data;
			const { token, preimage } = data.payment;
			const parameters = { payment: 'redeem', token, preimage };
			expect((await scene.run({ parameters })).error).toBeUndefined();
			const retry = await scene.run({ contextData: first.contextData, settings: CONTINUE });
			expect(reportOf(retry.items[0]).hint).toContain('run the workflow anew');
			const next = await scene.run({});
			expect(serialOf(next.items[0])).toBe(2);
			expect(scene.paid).toHaveLength(2);
		});
	});
});
