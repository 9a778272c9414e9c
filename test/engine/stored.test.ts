import '../../sandbox/engine/environment';
import 'reflect-metadata';
import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { INodeExecutionData } from 'n8n-workflow';
import { plainPicture } from '../../sandbox/pictures/plainPicture';
import { runAgent } from './agent';
import { filesOnDisk } from './filesOnDisk';
import { reportOf, sha256, thrownReport } from './outcome';
import { paidElsewhere } from './paidElsewhere';
import { photo, photos } from './photo';
import { CONTINUE, inScene } from './scene';

filesOnDisk();

async function serialOf(item: INodeExecutionData | undefined): Promise<number> {
	const binary = item?.binary?.data;
	if (binary?.id === undefined) throw new Error('The picture is not on disk');
	const digest = sha256(await Container.get(BinaryDataService).getAsBuffer(binary));
	return [1, 2, 3, 4, 5, 6].findIndex((n) => sha256(plainPicture(n).bytes) === digest) + 1;
}

function about(mark: string) {
	const image = photo(mark).binary?.data?.data ?? '';
	return ({ body }: { readonly body: Buffer }) => body.includes(image);
}

describe('with pictures on disk', () => {
	it('one picture is the input of the next', async () => {
		await inScene({}, async (scene) => {
			const first = await scene.run({});
			const second = await scene.run({ items: first.items });
			expect(await serialOf(second.items[0])).toBe(2);
			const bodies = scene.bodies.map(({ bytes }) => bytes.toString());
			expect(bodies[2]).toBe(JSON.stringify({ image: plainPicture(1).bytes.toString('base64') }));
			expect(second.items[0]?.json.fileName).toBe('old photo-colorizeImage-colorizeImage.png');
		});
	});

	it('a Retry of a failed execution buys only what is missing, in a new process too', async () => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status: 422 } as const;
			scene.sandbox.faults.push({ at: 'ask', fault, match: about('photo 3') });
			const call = { items: photos(5), options: { concurrency: 1 } };
			const first = await scene.run(call);
			expect(thrownReport(first).code).toBe('SERVICE_ERROR');
			expect(scene.paid).toHaveLength(3);
			scene.restart();
			const second = await scene.run({ ...call, contextData: first.contextData });
			expect(second.error).toBeUndefined();
			expect(await Promise.all(second.items.map(serialOf))).toEqual([1, 2, 3, 4, 5]);
			expect(second.items.map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 1, 2, 3, 4].map((item) => ({ item })),
			);
			expect(scene.paid).toHaveLength(5);
			// What n8n has taken over is not handed out twice.
			const third = await scene.run({ ...call, contextData: second.contextData });
			expect(await serialOf(third.items[0])).toBe(6);
		});
	});

	it('a Retry buys nothing again either where Continue On Fail was switched on for it', async () => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status: 422 } as const;
			scene.sandbox.faults.push({ at: 'ask', fault, match: about('photo 2') });
			const call = { items: photos(3), options: { concurrency: 1 } };
			const { contextData } = await scene.run(call);
			expect(scene.paid).toHaveLength(2);
			const second = await scene.run({ ...call, contextData, settings: CONTINUE });
			expect(await Promise.all(second.items.map(serialOf))).toEqual([1, 2, 3]);
			expect(scene.paid).toHaveLength(3);
			// A later round of a loop in the same execution buys its own.
			const third = await scene.run({
				...call,
				contextData: second.contextData,
				settings: CONTINUE,
			});
			expect(await serialOf(third.items[0])).toBe(4);
		});
	});

	it('a Retry finds what was delivered before, with Batching too', async () => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status: 422 } as const;
			scene.sandbox.faults.push({ at: 'ask', fault, match: about('photo 2') });
			const batching = { batch: { batchSize: 1, batchInterval: 300 } };
			const call = { items: photos(3), parameters: { requestOptions: { batching } } };
			const { contextData } = await scene.run({ ...call, options: { concurrency: 1 } });
			expect(scene.paid).toHaveLength(2);
			const second = await scene.run({ ...call, contextData });
			expect(await Promise.all(second.items.map(serialOf))).toEqual([1, 2, 3]);
			expect(scene.paid).toHaveLength(3);
		});
	});

	it('a tool makes a new picture at each call, though the words are the same', async () => {
		await inScene({}, async (scene) => {
			const parameters = { operation: 'generateImage', prompt: 'a cat' };
			await runAgent(scene, [{ name: 'Paint', parameters }], photos(2), async (call) => {
				await call('Paint', {});
				await call('Paint', {});
			});
			expect(scene.paid).toHaveLength(2);
		});
	});

	it('a Retry with another picture in the place of the first buys it', async () => {
		await inScene({}, async (scene) => {
			const call = { options: { concurrency: 1 } };
			const first = await scene.run({ ...call, items: [photo('a'), { json: {} }] });
			const { contextData } = first;
			const second = await scene.run({ ...call, items: [photo('b'), photo('c')], contextData });
			expect(await Promise.all(second.items.map(serialOf))).toEqual([2, 3]);
		});
	});

	it('a picture that cannot be stored is paid for once, and delivered when there is room', async () => {
		await inScene({ allowReplay: true }, async (scene) => {
			const config = Container.get(BinaryDataConfig);
			const service = Container.get(BinaryDataService);
			const { localStoragePath } = config;
			config.localStoragePath = `${__filename}/nowhere`;
			await service.init().catch(() => undefined);
			const { items } = await scene.run({ settings: CONTINUE });
			config.localStoragePath = localStoragePath;
			await service.init();
			expect(items[0]?.json.error).toMatchObject({
				code: 'REDEEM_FAILED',
				spent: 'yes',
				payment: { preimage: scene.sandbox.ledger[0]?.preimage },
				imageUrl: expect.stringContaining('/uploads/'),
			});
			const later = await scene.run({});
			expect(await serialOf(later.items[0])).toBe(1);
			expect(scene.payCalls).toHaveLength(1);
		});
	});

	/** n8n without any room for files, until `work` has ended. */
	async function withoutRoom<Result>(work: () => Promise<Result>): Promise<Result> {
		const config = Container.get(BinaryDataConfig);
		const service = Container.get(BinaryDataService);
		const { localStoragePath } = config;
		config.localStoragePath = `${__filename}/nowhere`;
		await service.init().catch(() => undefined);
		return await work().finally(async () => {
			config.localStoragePath = localStoragePath;
			await service.init();
		});
	}

	it.each([1, 3])(
		'after a picture that cannot be stored no further item pays, %s at once',
		async (concurrency) => {
			await inScene({}, async (scene) => {
				const call = { items: photos(20), options: { concurrency }, settings: CONTINUE };
				const { items } = await withoutRoom(async () => await scene.run(call));
				expect(items).toHaveLength(20);
				expect(scene.paid.length).toBeLessThanOrEqual(concurrency);
				const spent = items.map((item) => reportOf(item).spent);
				expect(spent.filter((word) => word === 'yes')).toHaveLength(scene.paid.length);
				for (const item of items) {
					const { code } = reportOf(item);
					expect(['REDEEM_FAILED', 'CANCELLED']).toContain(code);
				}
				// With room again all are delivered, and those that were paid are not paid again.
				const later = await scene.run(call);
				expect(new Set(later.items.map(({ json }) => 'error' in json))).toEqual(new Set([false]));
				expect(scene.payCalls).toHaveLength(20);
			});
		},
	);

	it.each(['wallet', 'redeem'] as const)(
		'by %s, an inline picture that cannot be stored is kept, and the service not asked again',
		async (way) => {
			await inScene({ resultShape: 'dataUri' }, async (scene) => {
				const call =
					way === 'wallet'
						? {}
						: { credential: null, parameters: { payment: way, ...(await paidElsewhere(scene)) } };
				const failure = await withoutRoom(async () => await scene.failure(call));
				expect(failure).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
				expect(failure.imageUrl).toBeUndefined();
				const proofs = scene.paidRequests(true).length;
				const later = await scene.run(call);
				expect(await serialOf(later.items[0])).toBe(1);
				expect(scene.paidRequests(true)).toHaveLength(proofs);
				expect(scene.payCalls).toHaveLength(1);
			});
		},
	);

	it('another try of Retry On Fail stores it where there is room by then', async () => {
		await inScene({ resultShape: 'dataUri' }, async (scene) => {
			const config = Container.get(BinaryDataConfig);
			const service = Container.get(BinaryDataService);
			const { localStoragePath } = config;
			config.localStoragePath = `${__filename}/nowhere`;
			await service.init().catch(() => undefined);
			const settings = { retryOnFail: true, maxTries: 5, waitBetweenTries: 300 };
			const running = scene.run({ items: photos(4), settings });
			while (scene.paidRequests(true).length === 0) {
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
			await new Promise((resolve) => setTimeout(resolve, 100));
			config.localStoragePath = localStoragePath;
			await service.init();
			const { items } = await running;
			expect((await Promise.all(items.map(serialOf))).sort()).toEqual([1, 2, 3, 4]);
			expect(scene.payCalls).toHaveLength(4);
		});
	});
});
