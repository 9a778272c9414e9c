import '../../sandbox/engine/environment';
import 'reflect-metadata';
import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';
import { plainPicture } from '../../sandbox/pictures/plainPicture';
import { runAgent, type Tool } from './agent';
import { filesOnDisk } from './filesOnDisk';
import { standInFront } from './inFront';
import { sha256 } from './outcome';
import { photo } from './photo';
import { inScene } from './scene';

/** What n8n gives to whoever has a signed link. */
async function pictureBehind(token: string): Promise<Buffer> {
	const files = Container.get(BinaryDataService);
	return await files.getAsBuffer({ id: files.validateSignedToken(token), data: '', mimeType: '' });
}

/** A tool that makes pictures of what the agent asks for. */
function painter(name: string, options: IDataObject = {}): Tool {
	const prompt = "={{ $fromAI('prompt', '', 'string') }}";
	return { name, parameters: { operation: 'generateImage', prompt }, options };
}

/** What names the picture in a tool's answer. */
function hashIn(answer: string): string {
	return /"paymentHash":"([0-9a-f]{64})"/.exec(answer)?.[1] ?? answer;
}

filesOnDisk();

describe('as the tool of an agent', () => {
	it('answers with what was bought, however many items the agent has', async () => {
		await inScene({}, async (scene) => {
			await runAgent(scene, [painter('Paint')], [photo('a'), photo('b')], async (call) => {
				const answer = JSON.parse(await call('Paint', { prompt: 'a cat' })) as unknown[];
				expect(answer).toMatchObject([
					{ operation: 'generateImage', payment: { status: 'paid', priceSat: 200 } },
				]);
			});
			expect(scene.paid).toHaveLength(1);
		});
	});

	it('hands the agent a link to a picture that came without one', async () => {
		await inScene({}, async (scene) => {
			await runAgent(scene, [painter('Paint')], [photo()], async (call) => {
				const before = Date.now();
				const answer = await call('Paint', { prompt: 'a cat' });
				const [item] = JSON.parse(answer) as Array<{ imageUrl: string; imageUrlExpiresAt: string }>;
				const url = new URL(item?.imageUrl ?? '');
				expect(url.pathname).toBe('/rest/binary-data/signed');
				const stored = await pictureBehind(url.searchParams.get('token') ?? '');
				expect(sha256(stored)).toBe(sha256(plainPicture(1).bytes));
				const lifetimeMs = Date.parse(item?.imageUrlExpiresAt ?? '') - before;
				expect(lifetimeMs).toBeGreaterThan(6 * 24 * 3_600_000);
			});
		});
	});

	it('hands the agent the link of the service where there is one', async () => {
		await inScene({ resultShape: 'imageUrlRelative' }, async (scene) => {
			await runAgent(scene, [painter('Paint')], [photo()], async (call) => {
				const answer = await call('Paint', { prompt: 'a cat' });
				expect(answer).toContain('/uploads/');
				expect(answer).not.toContain('imageUrlExpiresAt');
			});
		});
	});

	it('never answers one call with the picture of another', async () => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status: 500 } as const;
			scene.sandbox.faults.push({ at: 'ask', fault, match: ({ body }) => body.includes('a cat') });
			await runAgent(scene, [painter('Paint')], [photo()], async (call) => {
				const [dog = '', cat = ''] = await Promise.all([
					call('Paint', { prompt: 'a dog' }),
					call('Paint', { prompt: 'a cat' }),
				]);
				expect(cat).toMatch(/The service broke down: .*500/);
				const again = await call('Paint', { prompt: 'a cat' });
				expect(hashIn(again)).toMatch(/^[0-9a-f]{64}$/);
				expect(hashIn(again)).not.toBe(hashIn(dog));
			});
			expect(scene.paid).toHaveLength(2);
		});
	});

	it('keeps the budget of each tool for itself, over all its calls', async () => {
		await inScene({}, async (scene) => {
			const tools = [painter('One', { maxTotalSat: 410 }), painter('Two', { maxTotalSat: 410 })];
			await runAgent(scene, tools, [photo()], async (call) => {
				const asked = ['One', 'Two', 'One', 'Two', 'One'].entries();
				const answers: string[] = [];
				for (const [index, tool] of asked) {
					answers.push(await call(tool, { prompt: `picture ${index}` }));
				}
				const bought = answers.map((answer) => /^[0-9a-f]{64}$/.test(hashIn(answer)));
				expect(bought).toEqual([true, true, true, true, false]);
				expect(answers[4]).toContain('of 410 sats');
			});
			expect(scene.paid).toHaveLength(4);
		});
	});

	it('says what is missing where it needs a picture: agents hand over text alone', async () => {
		await inScene({}, async (scene) => {
			const tool = { name: 'Colorize', parameters: { operation: 'colorizeImage' } };
			await runAgent(scene, [tool], [photo()], async (call) => {
				const answer = await call('Colorize', { photo: 'the one in the item' });
				expect(answer).toContain("The item has no binary field 'data'");
				expect(answer).toContain('Nothing was sent or paid');
			});
			scene.expectNoRequests();
		});
	});

	it.each([
		[1, 1],
		[2, 2],
	])('works on no more calls at once than Concurrency says: %s', async (concurrency, most) => {
		let atWork = 0;
		let mostAtWork = 0;
		await inScene({ processingDelayMs: 50 }, async (scene) => {
			const front = await standInFront(scene.sandbox.serviceUrl, ({ path, hasProof, status }) => {
				if (!path.startsWith('/api/l402/')) return undefined;
				if (hasProof) atWork -= 1;
				else if (status === 402) atWork += 1;
				mostAtWork = Math.max(mostAtWork, atWork);
				return undefined;
			});
			const tool = painter('Paint', { concurrency, baseUrl: front.url });
			await runAgent(scene, [tool], [photo()], async (call) => {
				const prompts = ['a cat', 'a dog', 'a cow', 'a hen'];
				await Promise.all(prompts.map(async (prompt) => await call('Paint', { prompt })));
			});
			await front.close();
			expect(scene.paid).toHaveLength(4);
			expect(mostAtWork).toBe(most);
		});
	});

	it('waits for what another call has reserved of the budget', async () => {
		await inScene({}, async (scene) => {
			// 200 + 10 sats each while they are paid, 200 then.
			const tool = painter('Paint', { maxTotalSat: 415 });
			await runAgent(scene, [tool], [photo()], async (call) => {
				const prompts = ['a cat', 'a dog', 'a cow'];
				const answers = await Promise.all(
					prompts.map(async (prompt) => await call('Paint', { prompt })),
				);
				expect(answers.filter((answer) => answer.includes('"paid"'))).toHaveLength(2);
				expect(answers.filter((answer) => answer.includes('415 sats'))).toHaveLength(1);
			});
			expect(scene.spentMsat).toBe(400_000);
		});
	});
});
