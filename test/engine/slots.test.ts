import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reportOf, serialOf } from './outcome';
import { photo, photos, pictureBytes } from './photo';
import { CONTINUE, RETRY, Scene } from './scene';

let scene: Scene;

afterEach(async () => {
	scene.expectHonest();
	await scene.close();
});

/** At each first request: how many items had been begun, and how many were not delivered yet. */
function watchWork(): Array<{ readonly inWork: number }> {
	const seen: Array<{ readonly inWork: number }> = [];
	let begun = 0;
	scene.sandbox.faults.push({
		at: 'ask',
		fault: { kind: 'hang' },
		match: ({ body }) => {
			if (body.length === 0) return false;
			begun += 1;
			const delivered = scene.sandbox.ledger.filter(({ deliveredAt }) => deliveredAt !== null);
			seen.push({ inWork: begun - delivered.length });
			return false;
		},
	});
	return seen;
}

describe('slots', () => {
	it.each([
		[undefined, 3],
		[1, 1],
		[2, 2],
		['={{ "4" }}', 4],
		[0, 1],
		[100, 7],
	])('with a concurrency of %s there are %d items in work at once', async (concurrency, most) => {
		scene = await Scene.open({ resultShape: 'rawBytes', processingDelayMs: 20 });
		const work = watchWork();
		const options = concurrency === undefined ? {} : { concurrency };
		const { items } = await scene.run({ items: photos(7), options });
		expect(items).toHaveLength(7);
		expect(Math.max(...work.map(({ inWork }) => inWork))).toBe(most);
	});

	it('are given in the order of the items', async () => {
		scene = await Scene.open();
		const items = photos(6);
		await scene.run({ items, options: { concurrency: 1 } });
		const asked = scene.bodies.filter(({ place }) => place === 'ask');
		expect(asked.map(({ bytes }) => bytes.toString())).toEqual(
			items.map(({ binary }) => JSON.stringify({ image: binary?.data?.data })),
		);
	});

	it('are what a picture waits for before it is read', async () => {
		scene = await Scene.open();
		const requestsBefore: number[] = [];
		const server: Server = createServer((request, response) => {
			requestsBefore.push(scene.sandbox.requests.length);
			response.end(pictureBytes(request.url));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const items = [1, 2, 3].map((n) => ({ json: { url: `http://127.0.0.1:${port}/${n}.png` } }));
		const parameters = { imageSource: 'url', imageUrl: '={{ $json.url }}' };
		const { error } = await scene.run({ items, parameters, options: { concurrency: 1 } });
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
		expect(error).toBeUndefined();
		// For each picture: the question, the paid request, the link.
		expect(requestsBefore).toEqual([0, 3, 6]);
	});
});

describe('without Continue On Fail', () => {
	it('the first failure keeps those from starting that have not started', async () => {
		scene = await Scene.open();
		const items = [photo('a'), { json: {} }, photo('c'), photo('d')];
		const outcome = await scene.run({ items, options: { concurrency: 1 } });
		expect(outcome.items).toEqual([]);
		expect(outcome.error).toMatchObject({ context: { itemIndex: 1 } });
		expect(outcome.error?.message).toContain('no binary data');
		expect(scene.paidRequests(false)).toHaveLength(1);
		expect(scene.paid).toHaveLength(1);
	});

	it('what was in work beside it is finished, and kept for the next try', async () => {
		scene = await Scene.open();
		const bad = photo('bad').binary?.data?.data ?? '';
		scene.sandbox.faults.push({
			at: 'ask',
			fault: { kind: 'status', status: 422 },
			match: ({ body }) => body.includes(bad),
		});
		const items = [photo('bad'), photo('b'), photo('c'), photo('d'), photo('e')];
		const outcome = await scene.run({ items, settings: RETRY, options: { concurrency: 3 } });
		expect(outcome.error).toBeUndefined();
		expect(outcome.items).toHaveLength(5);
		expect(scene.paid).toHaveLength(5);
		expect(scene.paidRequests(false)).toHaveLength(6);
	});
});

describe('with Continue On Fail', () => {
	it('nobody waits for anybody but for a slot', async () => {
		scene = await Scene.open();
		const items = [{ json: {} }, photo('b'), { json: {} }, photo('d')];
		const outcome = await scene.run({ items, settings: CONTINUE, options: { concurrency: 1 } });
		expect(outcome.items.map(({ json }) => 'error' in json)).toEqual([true, false, true, false]);
		expect(outcome.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].map((item) => ({ item })),
		);
		expect([serialOf(outcome.items[1]), serialOf(outcome.items[3])]).toEqual([1, 2]);
	});

	it('that holds too where n8n itself gives up on the first item', async () => {
		scene = await Scene.open();
		const items = [photo('lost'), { json: { mark: 'b' } }, photo('c'), photo('d')];
		const outcome = await scene.run({
			items,
			settings: CONTINUE,
			parameters: {
				operation: 'editImage',
				prompt: "={{ $json.mark === 'lost' ? $('Nowhere').item.json.prompt : 'sunset' }}",
			},
		});
		expect(outcome.items.map(({ json }) => 'error' in json)).toEqual([true, true, false, false]);
		expect(reportOf(outcome.items[1]).message).toContain('no binary data');
		expect(scene.paid).toHaveLength(2);
	});
});

describe('where n8n gives up on the run because an item has no parameters', () => {
	it('nothing is asked or paid for the others, whom nobody waits for', async () => {
		scene = await Scene.open();
		const outcome = await scene.run({
			items: [photo('a'), photo('b'), photo('lost')],
			parameters: {
				operation: 'editImage',
				prompt: "={{ $json.mark === 'lost' ? $('Nowhere').item.json.prompt : 'sunset' }}",
			},
		});
		expect(outcome.error?.message).toContain("doesn't exist");
		scene.expectNoRequests();
	});
});
