import sharp from 'sharp';
import { plainPng } from '../../sandbox/pictures/plainPicture';
import type { Instead, Passed } from './inFront';
import { outputBytes, paymentOf } from './outcome';
import type { Scene } from './scene';
import { withService } from './withService';

/** A note of many signs, so that its base64 has many, too. */
const note = String.fromCharCode(
	...Array.from({ length: 1_501 }, (_, at) => 1 + ((at * at) % 251)),
);
const whole = plainPng('answer', note);
const base64 = whole.toString('base64');
const half = whole.subarray(0, whole.length >> 1);
const cut = half.toString('base64');
const json = (value: unknown): Instead => ({ status: 200, body: JSON.stringify(value) });
const picture: Instead = { status: 200, body: whole };

interface Seen {
	redeems: number;
	links: number;
}

/** A service that answers a paid request with `answers`, one after the other, and links with `links`. */
async function withAnswers(
	answers: readonly Instead[],
	links: readonly Instead[],
	work: (scene: Scene, baseUrl: string, seen: Seen) => Promise<void>,
): Promise<void> {
	const seen: Seen = { redeems: 0, links: 0 };
	const inTurn = (list: readonly Instead[], at: number) => list[Math.min(at, list.length - 1)];
	const instead = ({ path, hasProof }: Passed) => {
		if (hasProof) return inTurn(answers, seen.redeems++);
		return path.startsWith('/api/') ? undefined : inTurn(links, seen.links++);
	};
	await withService(instead, async (scene, baseUrl) => {
		await work(scene, baseUrl, seen);
		expect(scene.payCalls).toHaveLength(1);
	});
}

/** The whole picture comes of it, for one payment and so many requests. */
async function expectWhole(
	answers: readonly Instead[],
	links: readonly Instead[],
	wanted: Seen,
): Promise<void> {
	await withAnswers(answers, links, async (scene, baseUrl, seen) => {
		const { items, error } = await scene.run({ options: { baseUrl, requestTimeout: 20 } });
		expect(error).toBeUndefined();
		expect(outputBytes(items[0]).equals(whole)).toBe(true);
		expect(paymentOf(items[0]).status).toBe('paid');
		expect(seen).toEqual(wanted);
	});
}

describe('a picture that is damaged in the answer', () => {
	const damaged: ReadonlyArray<[string, unknown]> = [
		['cut', cut],
		['cut, as data URI', `data:image/png;base64,${cut}`],
		['escaped for a URL', encodeURIComponent(base64)],
		['of one sign too few', base64.slice(0, 900) + base64.slice(901)],
		['a path', '/9j/2026/out.png'],
		['a path that reads as base64', '/9j/2026/output/picture'],
		['of another encoding', 'not base64 at all, but long enough'],
		['of blanks for every plus', base64.replace(/\+/g, ' ')],
	];
	it.concurrent.each(damaged)(
		'is taken from the link beside it: %s',
		async (_name, base64Image) => {
			const answer = json({ imageUrl: '/out.png', base64Image });
			await expectWhole([answer], [picture], { redeems: 1, links: 1 });
		},
	);

	it.concurrent('and whole beside its link is taken at once', async () => {
		const answer = json({ imageUrl: '/out.png', base64Image: base64 });
		await expectWhole([answer], [], { redeems: 1, links: 0 });
	});

	const shapes: ReadonlyArray<[string, (bytes: Buffer) => Instead]> = [
		['raw', (bytes) => ({ status: 200, body: bytes })],
		['as base64', (bytes) => json({ base64Image: bytes.toString('base64') })],
		['as data URI', (bytes) => json(`data:image/png;base64,${bytes.toString('base64')}`)],
		[
			'deep inside',
			(bytes) => json({ body: { images: [{ b64_json: bytes.toString('base64') }] } }),
		],
	];
	it.concurrent.each(shapes)('is asked for again with the same proof: %s', async (_name, shape) => {
		await expectWhole([shape(half), shape(half), shape(whole)], [], { redeems: 3, links: 0 });
	});

	it.concurrent.each(shapes)(
		'and stays so is handed on, like behind a link: %s',
		async (_name, shape) => {
			await withAnswers([shape(half)], [], async (scene, baseUrl, seen) => {
				const { items } = await scene.run({ options: { baseUrl } });
				expect(outputBytes(items[0]).equals(half)).toBe(true);
				expect(seen).toEqual({ redeems: 3, links: 0 });
			});
		},
	);

	it.concurrent('is handed on where the proof is used up', async () => {
		const used: Instead = { status: 401, body: JSON.stringify({ error: 'Already used' }) };
		await withAnswers([{ status: 200, body: half }, used], [], async (scene, baseUrl, seen) => {
			const { items } = await scene.run({ options: { baseUrl, requestTimeout: 60 } });
			expect(outputBytes(items[0]).equals(half)).toBe(true);
			expect(seen.redeems).toBe(2);
		});
	});

	it.concurrent('right at its beginning is no picture', async () => {
		await withAnswers([json({ image: base64.slice(0, 24) })], [], async (scene, baseUrl, seen) => {
			const failure = await scene.failure({ options: { baseUrl } });
			expect(failure).toMatchObject({ code: 'RESULT_INVALID', spent: 'yes' });
			expect(seen.redeems).toBe(1);
		});
	});

	it.concurrent('and free is told, since nothing was owed', async () => {
		await withService(
			({ path }) => (path.startsWith('/api/') ? { status: 200, body: half } : undefined),
			async (scene, baseUrl) => {
				const failure = await scene.failure({ options: { baseUrl } });
				expect(failure).toMatchObject({ code: 'RESULT_INVALID', spent: 'no' });
				expect(failure.message).toContain('its end is missing');
				expect(scene.payCalls).toEqual([]);
			},
		);
	});
});

describe('an answer of another shape', () => {
	const text = (body: string): Instead => ({ status: 200, body });
	const inside: ReadonlyArray<[string, Instead]> = [
		['a data URI after a line break', text(`\ndata:image/png;base64,${base64}`)],
		['the same in JSON', json(`\ndata:image/png;base64,${base64}`)],
		['a data URI in capitals', text(`DATA:IMAGE/PNG;BASE64,${base64}`)],
		['a data URI in capitals under a key', json({ image_url: `DATA:image/png;base64,${base64}` })],
		['base64 in lines', json({ image: base64.replace(/.{76}/g, '$&\r\n') })],
		['URL-safe base64 without padding', json({ b64_json: whole.toString('base64url') })],
		['base64 escaped for a URL', json({ base64Image: encodeURIComponent(base64) })],
		['a mark before JSON', text(`\uFEFF${JSON.stringify({ base64Image: base64 })}`)],
		['a list of base64', json({ output: [base64] })],
		['a list of objects', json({ data: [{ b64_json: base64 }] })],
		[
			'a list with words first',
			json({ output: [{ type: 'text', text: 'Here' }, { image: base64 }] }),
		],
		['artifacts', json({ artifacts: [{ base64, finishReason: 'SUCCESS' }] })],
	];
	it.concurrent.each(inside)('is understood: %s', async (_name, answer) => {
		await expectWhole([answer], [], { redeems: 1, links: 0 });
	});

	const linked: ReadonlyArray<[string, unknown]> = [
		['images', { images: [{ url: '/out.png' }] }],
		['a list of links', { output: ['/out.png'] }],
		['a link as output', { output: '/out.png' }],
		['a link under image', { image: '/out.png' }],
		['a link in place of base64', { base64Image: '/9j/2026/out.png' }],
		['an object under image_url', { image_url: { url: '/out.png' } }],
		['a list on its own', [{ url: '/out.png' }]],
		[
			'all of it wrapped',
			{ status: 200, body: { result: { images: [{ image_url: '/out.png' }] } } },
		],
	];
	it.concurrent.each(linked)('leads to its link: %s', async (_name, answer) => {
		await expectWhole([json(answer)], [picture], { redeems: 1, links: 1 });
	});

	it.concurrent.each([
		['BM and words', 'BM is the abbreviation of bitmap, and this is a text'],
		['GIF and words', 'GIF89a is a format, and this is a text about it'],
		['zeros', '\0'.repeat(400)],
	])('is no picture: %s', async (_name, body) => {
		await withAnswers([text(body)], [], async (scene, baseUrl) => {
			const failure = await scene.failure({ options: { baseUrl } });
			expect(failure).toMatchObject({ code: 'RESULT_INVALID', spent: 'yes' });
			expect(failure.payment?.preimage).toBeDefined();
		});
	});
});

describe('a link that is not ready', () => {
	const link = json({ image_url: '/out.png' });
	const early: ReadonlyArray<[string, Instead]> = [
		['nothing', { status: 200, body: '' }],
		['204', { status: 204, body: '' }],
		['an empty 202', { status: 202, body: '' }],
		['a 202 with words', { status: 202, body: 'Still being painted' }],
		['a few bytes', { status: 200, body: whole.subarray(0, 5) }],
		['its signature', { status: 200, body: whole.subarray(0, 20) }],
		['404', { status: 404, body: '' }],
		['half of it', { status: 200, body: half }],
	];
	it.concurrent.each(early)('is asked again: %s', async (_name, first) => {
		await expectWhole([link], [first, picture], { redeems: 1, links: 2 });
		await expectWhole([link], [first, first, first, picture], { redeems: 1, links: 4 });
	});

	it.concurrent('leads to half of a JPEG with a thumbnail in its EXIF', async () => {
		const thumbnail = await sharp(whole).jpeg().toBuffer();
		const exif = Buffer.concat([Buffer.from('Exif\0\0'), thumbnail]);
		const length = Buffer.alloc(2);
		length.writeUInt16BE(exif.length + 2);
		const jpeg = await sharp({ create: { width: 90, height: 90, channels: 3, background: '#369' } })
			.jpeg()
			.toBuffer();
		const photograph = Buffer.concat([
			...[jpeg.subarray(0, 2), Buffer.from('ffe1', 'hex'), length, exif, jpeg.subarray(2)],
		]);
		const part: Instead = { status: 200, body: photograph.subarray(0, photograph.length - 90) };
		const links = [part, part, { status: 200, body: photograph }];
		await withAnswers([link], links, async (scene, baseUrl, seen) => {
			const { items } = await scene.run({ options: { baseUrl } });
			expect(outputBytes(items[0]).equals(photograph)).toBe(true);
			expect(seen).toEqual({ redeems: 1, links: 3 });
		});
	});

	it.concurrent('for ever keeps the purchase open, with its link', async () => {
		const links: Instead[] = [];
		const empty: Instead = { status: 200, body: '' };
		links.push(empty, empty, empty, empty, empty, picture);
		await withAnswers([link], links, async (scene, baseUrl, seen) => {
			const failure = await scene.failure({ options: { baseUrl, requestTimeout: 30 } });
			expect(failure).toMatchObject({
				code: 'REDEEM_FAILED',
				spent: 'yes',
				imageUrl: `${baseUrl}/out.png`,
			});
			expect(seen).toEqual({ redeems: 1, links: 5 });
			const { items } = await scene.run({ options: { baseUrl } });
			expect(outputBytes(items[0]).equals(whole)).toBe(true);
			expect(seen).toEqual({ redeems: 1, links: 6 });
		});
	});
});

describe('the words of the service', () => {
	const dark = 'The photo is too dark';
	const words: ReadonlyArray<[string, Instead]> = [
		['an error', json({ error: dark })],
		['an error as an object', json({ error: { message: dark, code: 'DARK' } })],
		['a message', json({ success: false, message: dark })],
		['a detail', json({ detail: dark })],
		['a list of details', json({ detail: [{ loc: ['image'], msg: dark }] })],
		['a list of errors', json({ errors: [{ message: dark }] })],
		['wrapped', json({ status: 200, body: { error: dark } })],
		['plain text', { status: 200, headers: { 'content-type': 'text/plain' }, body: dark }],
	];
	it.concurrent.each(words)('in a 200 are in the message: %s', async (_name, answer) => {
		await withAnswers([answer], [], async (scene, baseUrl) => {
			const failure = await scene.failure({ options: { baseUrl } });
			expect(failure).toMatchObject({ code: 'RESULT_INVALID', spent: 'yes' });
			expect(failure.message).toContain(dark);
			expect(failure.service?.message).toBe(dark);
		});
	});

	it.concurrent('in a 200 that asks for nothing are in the message', async () => {
		await withService(
			({ path }) => (path.startsWith('/api/') ? json({ error: dark }) : undefined),
			async (scene, baseUrl) => {
				const failure = await scene.failure({ options: { baseUrl } });
				expect(failure).toMatchObject({ code: 'RESULT_INVALID', spent: 'no' });
				expect(failure.message).toContain(dark);
				expect(scene.payCalls).toEqual([]);
			},
		);
	});

	const page = { status: 413, body: '<html><h1>413 Request Entity Too Large</h1></html>' };
	it.concurrent('of a picture that is too large say how large it is', async () => {
		await withService(
			({ path }) => (path.startsWith('/api/') ? page : undefined),
			async (scene, baseUrl) => {
				const large = Buffer.concat([whole, Buffer.alloc(2_000_000, 0xa5)]).toString('base64');
				const items = [{ json: {}, binary: { data: { data: large, mimeType: 'image/png' } } }];
				const failure = await scene.failure({ items, options: { baseUrl } });
				expect(failure).toMatchObject({
					code: 'SERVICE_ERROR',
					spent: 'no',
					message: 'The picture is too large for the service: 2.7 MB were sent',
				});
				expect(scene.payCalls).toEqual([]);
			},
		);
	});

	it.concurrent('of a picture that is too large after the payment do, too', async () => {
		await withAnswers([page], [], async (scene, baseUrl) => {
			const failure = await scene.failure({ options: { baseUrl } });
			expect(failure).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
			expect(failure.message).toMatch(/too large for the service: 0\.1 MB were sent/);
		});
	});
});
