import type { IDataObject } from 'n8n-workflow';
import type { Instead, Passed } from './inFront';
import { paymentOf } from './outcome';
import { paidElsewhere } from './paidElsewhere';
import { CONTINUE, type Scene } from './scene';
import { withService } from './withService';

const OLD = '/api/l402/image';
const NEW = '/api/l402/generate-image';
const generate = { operation: 'generateImage', prompt: 'A lighthouse' };
const edit = { operation: 'editImage', prompt: 'sunset' };

/** Who was asked for a picture, with the proof or without. */
type Seen = string[];

async function withNames(
	instead: (passed: Passed, seen: Seen) => Instead | undefined,
	work: (scene: Scene, baseUrl: string, seen: Seen) => Promise<void>,
): Promise<void> {
	const seen: Seen = [];
	await withService(
		(passed) => {
			const { path, hasProof } = passed;
			if (path.startsWith('/api/')) seen.push(hasProof ? `${path} with proof` : path);
			return instead(passed, seen);
		},
		async (scene, baseUrl) => await work(scene, baseUrl, seen),
	);
}

const gone = (status: number, headers = {}): Instead => ({ status, headers, body: '' });
const old = ({ path }: Passed) => path === OLD;

describe('an endpoint that has moved', () => {
	const ways: ReadonlyArray<[string, Instead]> = [
		['404', gone(404)],
		['404 with words', { status: 404, body: JSON.stringify({ error: 'No such endpoint' }) }],
		['405', gone(405)],
		['410', gone(410)],
		['301', gone(301, { location: NEW })],
		['302', gone(302, { location: NEW })],
		['307', gone(307, { location: NEW })],
		['308, with a slash', gone(308, { location: `${NEW}/` })],
	];
	it.each(ways)('is found by its newer name after %s, and paid once', async (_name, answer) => {
		await withNames(
			(passed) => (old(passed) ? answer : undefined),
			async (scene, baseUrl, seen) => {
				const { items, error } = await scene.run({ parameters: generate, options: { baseUrl } });
				expect(error).toBeUndefined();
				expect(paymentOf(items[0]).status).toBe('paid');
				expect(seen).toEqual([OLD, NEW, `${NEW} with proof`]);
				expect(scene.payCalls).toHaveLength(1);
			},
		);
	});

	it('is found where the redirect names the host', async () => {
		let front = '';
		await withNames(
			(passed) => (old(passed) ? gone(307, { location: front + NEW }) : undefined),
			async (scene, baseUrl, seen) => {
				front = baseUrl;
				const { error } = await scene.run({ parameters: generate, options: { baseUrl } });
				expect(error).toBeUndefined();
				expect(seen).toEqual([OLD, NEW, `${NEW} with proof`]);
			},
		);
	});

	it('is found for Edit Image, too', async () => {
		await withNames(
			({ path }) => (path === '/api/l402/image-edit' ? gone(404) : undefined),
			async (scene, baseUrl, seen) => {
				const { error } = await scene.run({ parameters: edit, options: { baseUrl } });
				expect(error).toBeUndefined();
				const name = '/api/l402/edit-image';
				expect(seen).toEqual(['/api/l402/image-edit', name, `${name} with proof`]);
			},
		);
	});

	it('is asked for the price by the newer name', async () => {
		await withNames(
			(passed) => (old(passed) ? gone(404) : undefined),
			async (scene, baseUrl, seen) => {
				const parameters = { ...generate, payment: 'invoiceOnly' };
				const { items, error } = await scene.run({
					parameters,
					options: { baseUrl },
					credential: null,
				});
				expect(error).toBeUndefined();
				expect(paymentOf(items[0]).status).toBe('unpaid');
				expect(seen).toEqual([OLD, NEW]);
				expect(scene.payCalls).toEqual([]);
			},
		);
	});
});

describe('the first name', () => {
	const others: ReadonlyArray<[string, Instead, IDataObject, string]> = [
		['where it refuses', gone(400), generate, OLD],
		['where it wants a login', gone(401), generate, OLD],
		['where it leads elsewhere', gone(307, { location: '/login' }), generate, OLD],
		[
			'where it leads to another host',
			gone(307, { location: `http://127.0.0.2:9${NEW}` }),
			generate,
			OLD,
		],
		['where it has no other', gone(404), {}, '/api/l402/colorize-image'],
	];
	it.each(others)('alone is asked %s', async (_name, answer, parameters, path) => {
		await withNames(
			() => answer,
			async (scene, baseUrl, seen) => {
				const failure = await scene.failure({ parameters, options: { baseUrl } });
				expect(failure).toMatchObject({ code: 'SERVICE_ERROR', spent: 'no' });
				expect(seen).toEqual([path]);
				expect(scene.payCalls).toEqual([]);
			},
		);
	});

	it('has the word where the newer one is none, either', async () => {
		const words: Instead = { status: 410, body: JSON.stringify({ error: 'Closed for good' }) };
		await withNames(
			(passed) => (old(passed) ? words : gone(404)),
			async (scene, baseUrl, seen) => {
				const failure = await scene.failure({ parameters: generate, options: { baseUrl } });
				expect(failure).toMatchObject({ code: 'SERVICE_ERROR', spent: 'no' });
				expect(failure.message).toContain('Closed for good');
				expect(seen).toEqual([OLD, NEW]);
			},
		);
	});

	it('gets the proof where the invoice came from there', async () => {
		await withNames(
			() => undefined,
			async (scene, baseUrl, seen) => {
				const { error } = await scene.run({ parameters: generate, options: { baseUrl } });
				expect(error).toBeUndefined();
				expect(seen).toEqual([OLD, `${OLD} with proof`]);
			},
		);
	});
});

describe('a purchase by the newer name', () => {
	it('is finished there by a Retry in a new process, though the old name is back', async () => {
		let isBack = false;
		await withNames(
			(passed) => (old(passed) && !isBack ? gone(404) : undefined),
			async (scene, baseUrl, seen) => {
				const options = { baseUrl, requestTimeout: 1 };
				const fault = { kind: 'status', status: 503 } as const;
				scene.sandbox.faults.push({ at: 'redeem', fault, times: 9 });
				const first = await scene.run({ parameters: generate, options });
				expect(first.error).toBeDefined();
				seen.length = 0;
				isBack = true;
				scene.sandbox.faults.clear();
				scene.restart();
				const { contextData } = first;
				const { items, error } = await scene.run({ parameters: generate, options, contextData });
				expect(error).toBeUndefined();
				expect(paymentOf(items[0]).status).toBe('paid');
				expect(seen).toEqual([`${NEW} with proof`]);
				expect(scene.payCalls).toHaveLength(1);
			},
		);
	});

	it('that was paid elsewhere is redeemed there, where the old name is gone', async () => {
		let hasMoved = false;
		await withNames(
			(passed) => (hasMoved && old(passed) ? gone(410) : undefined),
			async (scene, baseUrl, seen) => {
				const { token, preimage } = await paidElsewhere(scene, generate);
				const parameters = { ...generate, payment: 'redeem', token, preimage };
				const fault = { kind: 'status', status: 410 } as const;
				scene.sandbox.faults.push({ at: 'redeem', fault, match: ({ path }) => path === OLD });
				hasMoved = true;
				const { items, error } = await scene.run({
					parameters,
					options: { baseUrl },
					credential: null,
				});
				expect(error).toBeUndefined();
				expect(paymentOf(items[0]).status).toBe('redeemed');
				expect(seen).toEqual([`${OLD} with proof`, `${NEW} with proof`]);
			},
		);
	});

	it('that was begun by the old one is finished, where that is gone meanwhile', async () => {
		await withNames(
			() => undefined,
			async (scene, baseUrl, seen) => {
				const fault = { kind: 'status', status: 404 } as const;
				scene.sandbox.faults.push({ at: 'redeem', fault, match: ({ path }) => path === OLD });
				const { items } = await scene.run({
					parameters: generate,
					options: { baseUrl },
					settings: CONTINUE,
				});
				expect(paymentOf(items[0]).status).toBe('paid');
				expect(seen).toEqual([OLD, `${OLD} with proof`, `${NEW} with proof`]);
				expect(scene.payCalls).toHaveLength(1);
			},
		);
	});
});
