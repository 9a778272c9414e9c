import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import { rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import { plainPng } from '../../sandbox/pictures/plainPicture';
import { filesOnDisk } from './filesOnDisk';
import { endless, type Instead, type Passed } from './inFront';
import { paymentOf } from './outcome';
import { inScene, type Scene } from './scene';
import { withService } from './withService';

filesOnDisk();

const MB = 1024 * 1024;
/** Large enough to be taken in pieces, of bytes that do not repeat soon. */
const large = pictureOf(3 * MB);
const half = large.subarray(0, large.length >> 1);
/** Large enough not to be held. */
const photograph = pictureOf(5 * MB + 1);

function pictureOf(bytes: number): Buffer {
	const signs = Array.from({ length: 64_007 }, (_, at) =>
		String.fromCharCode(1 + ((at * at) % 251)),
	).join('');
	return plainPng('large', signs.repeat(Math.ceil(bytes / signs.length)).slice(0, bytes));
}

/** A loaded machine needs a while for megabytes. */
const PATIENT = { requestTimeout: 60 };

const INPUT = { type: 'execution', workflowId: 'input', executionId: '1' } as const;

async function onDisk(bytes: Buffer): Promise<INodeExecutionData[]> {
	const file: IBinaryData = { data: '', mimeType: 'image/png', fileName: 'photograph.png' };
	const data = await Container.get(BinaryDataService).store(INPUT, bytes, file);
	return [{ json: {}, binary: { data } }];
}

/** All files of the node's execution, without those that only describe another one. */
async function filesKept(): Promise<string[]> {
	const { localStoragePath } = Container.get(BinaryDataConfig);
	const all = await readdir(localStoragePath, { recursive: true, withFileTypes: true });
	return all
		.filter((entry) => entry.isFile() && entry.parentPath.includes('engine'))
		.map(({ name }) => name)
		.filter((name) => !name.endsWith('.metadata'));
}

async function removeFiles(): Promise<void> {
	const place = { type: 'execution', workflowId: 'engine', executionId: '1' } as const;
	await Container.get(BinaryDataService).deleteMany([place, INPUT]);
}

async function storedBytes(item: INodeExecutionData | undefined): Promise<Buffer> {
	const binary = item?.binary?.data;
	if (binary?.id === undefined) throw new Error(`No file in ${JSON.stringify(item?.json)}`);
	return await Container.get(BinaryDataService).getAsBuffer(binary);
}

beforeEach(removeFiles);

/** A service that answers a proof with these, one after the other. */
async function withAnswers(
	answers: readonly Instead[],
	work: (scene: Scene, baseUrl: string) => Promise<void>,
): Promise<void> {
	let redeems = 0;
	await withService(
		({ hasProof }: Passed) =>
			hasProof ? answers[Math.min(redeems++, answers.length - 1)] : undefined,
		async (scene, baseUrl) => {
			await work(scene, baseUrl);
			expect(scene.payCalls).toHaveLength(1);
		},
	);
}

const whole: Instead = { status: 200, body: large };
const uri = (bytes: Buffer) => `data:image/png;base64,${bytes.toString('base64')}`;
const asJson = (bytes: Buffer): Instead => ({
	status: 200,
	body: JSON.stringify({ image: uri(bytes) }),
});
/** The connection breaks where the picture is half there. */
const broken: Instead = {
	status: 200,
	headers: { 'content-length': large.length },
	body: (response) => response.write(half, () => response.destroy()),
};

describe('a large picture', () => {
	it('goes into the store as it is, with all that is told of it', async () => {
		await withAnswers([whole], async (scene, baseUrl) => {
			const { items } = await scene.run({ options: { ...PATIENT, baseUrl } });
			expect((await storedBytes(items[0])).equals(large)).toBe(true);
			expect(items[0]?.json).toMatchObject({
				mimeType: 'image/png',
				fileName: 'old photo-colorizeImage.png',
				fileSize: large.length,
				width: 8,
				height: 8,
			});
			expect(items[0]?.binary?.data?.bytes).toBe(large.length);
			expect(await filesKept()).toHaveLength(1);
		});
	});

	it.each([
		['in JSON', asJson(large)],
		['as a data URI', { status: 200, body: uri(large) }],
	])('comes %s, too', async (_name, answer) => {
		await withAnswers([answer], async (scene, baseUrl) => {
			const { items } = await scene.run({ options: { ...PATIENT, baseUrl } });
			expect((await storedBytes(items[0])).equals(large)).toBe(true);
			expect(items[0]?.json.fileSize).toBe(large.length);
			expect(await filesKept()).toHaveLength(1);
		});
	});

	it.each([
		['cut off', { status: 200, body: half }],
		['cut off, in JSON', asJson(half)],
		['of a broken connection', broken],
	])('%s leaves no file, and is asked for again with the same proof', async (_name, first) => {
		await withAnswers([first, whole], async (scene, baseUrl) => {
			const { items, error } = await scene.run({ options: { baseUrl, requestTimeout: 30 } });
			expect(error).toBeUndefined();
			expect((await storedBytes(items[0])).equals(large)).toBe(true);
			expect(await filesKept()).toHaveLength(1);
			expect(scene.paid).toHaveLength(1);
		});
	});

	it('of which no more than a part ever comes leaves that part, in one file', async () => {
		await withAnswers([{ status: 200, body: half }], async (scene, baseUrl) => {
			const { items } = await scene.run({ options: { ...PATIENT, baseUrl } });
			expect((await storedBytes(items[0])).equals(half)).toBe(true);
			expect(await filesKept()).toHaveLength(1);
		});
	});

	it('whose connection always breaks leaves no file, and the purchase open', async () => {
		const answers = [broken, broken, broken, broken, broken, broken];
		await withAnswers([...answers, whole], async (scene, baseUrl) => {
			const failure = await scene.failure({ options: { baseUrl, requestTimeout: 2 } });
			expect(failure).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
			expect(await filesKept()).toEqual([]);
			const { items } = await scene.run({ options: { baseUrl, requestTimeout: 60 } });
			expect((await storedBytes(items[0])).equals(large)).toBe(true);
			expect(await filesKept()).toHaveLength(1);
		});
	});

	it('of more than 256 MB leaves no file, and the purchase open', async () => {
		const body = (response: Parameters<ReturnType<typeof endless>>[0]) => {
			response.write(large.subarray(0, MB));
			endless(Buffer.alloc(MB, 0x41), { bytes: 0 })(response);
		};
		await withAnswers([{ status: 200, body }, whole], async (scene, baseUrl) => {
			const failure = await scene.failure({ options: { baseUrl, requestTimeout: 100 } });
			expect(failure).toMatchObject({ code: 'RESULT_INVALID', spent: 'yes' });
			expect(failure.message).toMatch(/larger than 256 MB/);
			expect(await filesKept()).toEqual([]);
			const { items } = await scene.run({ options: { ...PATIENT, baseUrl } });
			expect(paymentOf(items[0]).status).toBe('paid');
			expect((await storedBytes(items[0])).equals(large)).toBe(true);
		});
	});

	it('that n8n cannot store is kept, and stored later without asking the service again', async () => {
		await withAnswers([whole], async (scene, baseUrl) => {
			const config = Container.get(BinaryDataConfig);
			const service = Container.get(BinaryDataService);
			const { localStoragePath } = config;
			config.localStoragePath = `${__filename}/nowhere`;
			await service.init().catch(() => undefined);
			const failure = await scene.failure({ options: { baseUrl } });
			config.localStoragePath = localStoragePath;
			await service.init();
			expect(failure).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
			const proofs = scene.paidRequests(true).length;
			const { items } = await scene.run({ options: { ...PATIENT, baseUrl } });
			expect((await storedBytes(items[0])).equals(large)).toBe(true);
			expect(scene.paidRequests(true)).toHaveLength(proofs);
		});
	});
});

describe('a large photograph in a file', () => {
	const image = photograph.toString('base64');

	it('is sent twice, byte for byte, with its length', async () => {
		await inScene({}, async (scene) => {
			const sent = await onDisk(photograph);
			const { items, error } = await scene.run({ items: sent, options: PATIENT });
			expect(error).toBeUndefined();
			expect(paymentOf(items[0]).status).toBe('paid');
			const wanted = Buffer.from(JSON.stringify({ image }));
			expect(scene.bodies.map(({ place }) => place)).toEqual(['ask', 'redeem']);
			for (const { bytes } of scene.bodies) expect(bytes.equals(wanted)).toBe(true);
		});
	});

	it('is the same order as one that is held, and none is bought twice', async () => {
		await inScene({}, async (scene) => {
			const refusal = { kind: 'status', status: 422 } as const;
			scene.sandbox.faults.push({ at: 'redeem', fault: refusal, times: 1 });
			const items = await onDisk(photograph);
			const failure = await scene.failure({ items, options: PATIENT });
			expect(failure).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
			const held = [{ json: {}, binary: { data: { data: image, mimeType: 'image/png' } } }];
			const later = await scene.run({ items: held, options: PATIENT });
			expect(paymentOf(later.items[0]).status).toBe('paid');
			expect(scene.payCalls).toHaveLength(1);
		});
	});

	it('is sent as it was ordered, where another try has other words', async () => {
		await inScene({}, async (scene) => {
			const refusal = { kind: 'status', status: 422 } as const;
			scene.sandbox.faults.push({ at: 'redeem', fault: refusal, times: 1 });
			const prompt = '={{ "A lighthouse at " + Math.random() }}';
			const { items, error } = await scene.run({
				items: await onDisk(photograph),
				parameters: { operation: 'editImage', prompt },
				options: PATIENT,
				settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
			});
			expect(error).toBeUndefined();
			expect(paymentOf(items[0]).status).toBe('paid');
			const [ordered, ...redeemed] = scene.bodies.filter(
				({ place }, index) => index === 0 || place === 'redeem',
			);
			expect(redeemed.length).toBeGreaterThan(1);
			for (const { bytes } of redeemed) expect(bytes.equals(ordered?.bytes as Buffer)).toBe(true);
			expect(scene.payCalls).toHaveLength(1);
		});
	});

	it('that is gone after the payment leaves the purchase open, to be finished with its bytes', async () => {
		await inScene({}, async (scene) => {
			const { localStoragePath } = Container.get(BinaryDataConfig);
			let isThere = true;
			scene.sandbox.faults.push({
				at: 'pay',
				fault: { kind: 'hang' },
				match: () => {
					if (isThere) rmSync(`${localStoragePath}/workflows/input`, { recursive: true });
					isThere = false;
					return false;
				},
			});
			const items = await onDisk(photograph);
			const failure = await scene.failure({ items, options: { requestTimeout: 15 } });
			expect(failure).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
			expect(failure.message).toContain('the input picture cannot be read again');
			expect(failure.payment?.preimage).toBe(scene.sandbox.ledger[0]?.preimage);
			const again = await onDisk(photograph);
			const later = await scene.run({ items: again, options: PATIENT });
			expect(paymentOf(later.items[0]).status).toBe('paid');
			expect(scene.payCalls).toHaveLength(1);
		});
	});
});
