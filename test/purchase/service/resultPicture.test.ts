import { findPicture } from '../../../nodes/Sats4Ai/purchase/service/resultPicture';
import { Pieces } from '../../../nodes/Sats4Ai/purchase/service/picture/pieces';
import { PICTURE } from '../../model/simulatedService';

const SERVICE = 'https://service.example';
const BASE64 = PICTURE.toString('base64');
const URI = `data:image/png;base64,${BASE64}`;
const CUT = PICTURE.subarray(0, 50);
const CUT64 = CUT.toString('base64');
const LINK = 'https://a.example/p.png';

const find = (value: unknown) => {
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return findPicture({ body: Buffer.from(text) }, SERVICE);
};
const whole = (imageUrl: string | null = null) => ({
	kind: 'bytes',
	bytes: PICTURE,
	isCut: false,
	imageUrl,
});
const part = { kind: 'bytes', bytes: CUT, isCut: true, imageUrl: null };
const link = (imageUrl = LINK) => ({ kind: 'link', imageUrl });
const job = (pollUrl: string | null = null) => ({ kind: 'job', pollUrl });
const none = (reason = 'the answer holds no picture') => ({ kind: 'none', reason });
const wrapped = (value: unknown, key: string, times: number): unknown =>
	times === 0 ? value : { [key]: wrapped(value, key, times - 1) };

describe('bytes', () => {
	it('are the picture, joined or not', () => {
		expect(findPicture({ body: PICTURE }, SERVICE)).toEqual(whole());
		const pieces = [PICTURE.subarray(0, 9), PICTURE.subarray(9)];
		const found = findPicture({ body: PICTURE.subarray(0, 9), pieces }, SERVICE);
		expect(found).toEqual({
			kind: 'bytes',
			bytes: new Pieces(pieces),
			isCut: false,
			imageUrl: null,
		});
	});

	it('may be a part of it, and are none where they have just begun', () => {
		expect(findPicture({ body: CUT }, SERVICE)).toEqual(part);
		const few = (length: number) => findPicture({ body: PICTURE.subarray(0, length) }, SERVICE);
		expect(few(31)).toEqual(none('the picture ends where it has just begun'));
		expect(few(32)).toMatchObject({ kind: 'bytes', isCut: true });
	});

	it('may be none at all', () => {
		expect(findPicture({ body: Buffer.alloc(0) }, SERVICE)).toEqual(none('the answer is empty'));
	});
});

describe('a text', () => {
	it.each([
		[URI, whole()],
		[BASE64, whole()],
		[` ${BASE64}\n`, whole()],
		[JSON.stringify(URI), whole()],
		[JSON.stringify(` ${URI} `), whole()],
		[CUT64, part],
		[LINK, link()],
		[` ${LINK}\n`, link()],
		['/p.png', link(`${SERVICE}/p.png`)],
		['some words', none('the answer is no picture')],
		['{"broken', none('the answer is no picture')],
		['5', none('the answer is no picture')],
	])('%s', (text, found) => {
		expect(find(text)).toEqual(found);
	});

	it('may be text in text, but not for ever', () => {
		const deep = (times: number): string => (times === 0 ? LINK : JSON.stringify(deep(times - 1)));
		expect(find(deep(7))).toEqual(link());
		expect(find(deep(9)).kind).toBe('none');
	});
});

describe('an object', () => {
	it.each([
		['base64Image'],
		['base64_image'],
		['image_base64'],
		['imageBase64'],
		['image'],
		['b64_json'],
		['base64'],
		['b64'],
		['data'],
		['image_data'],
		['imageData'],
	])('with the picture under %s', (key) => {
		expect(find({ [key]: BASE64 })).toEqual(whole());
		expect(find({ [key]: URI })).toEqual(whole());
	});

	it.each([
		[{ base64Image: BASE64, imageUrl: LINK }, whole(LINK)],
		[{ base64Image: CUT64, imageUrl: LINK }, link()],
		[{ base64Image: CUT64 }, part],
		[{ base64Image: 'not base64 at all!', imageUrl: LINK }, link()],
		[{ image_url: LINK, status: 'failed' }, link()],
		[{ image: '/uploads/p.png' }, link(`${SERVICE}/uploads/p.png`)],
		[{ data: { url: LINK } }, link()],
		[{ something: LINK }, none()],
		[{}, none()],
		[[], none()],
		[null, none('the answer is no picture')],
		[true, none('the answer is no picture')],
	])('%j', (value, found) => {
		expect(find(value)).toEqual(found);
	});

	it.each([
		'body',
		'result',
		'results',
		'output',
		'outputs',
		'data',
		'image',
		'images',
		'image_url',
		'imageUrl',
		'artifacts',
		'response',
		'picture',
		'pictures',
		'file',
		'files',
	])('may have it wrapped in %s, in a list or not', (key) => {
		expect(find({ [key]: { url: LINK } })).toEqual(link());
		expect(find({ [key]: [{ url: LINK }] })).toEqual(link());
	});

	it.each(['image_url', 'url'])('with the picture as a data URI under %s', (key) => {
		expect(find({ [key]: URI })).toEqual(whole());
	});

	it('may be wrapped six times, and no more', () => {
		expect(find(wrapped({ url: LINK }, 'result', 6))).toEqual(link());
		expect(find(wrapped({ url: LINK }, 'result', 7))).toEqual(none());
		expect(find(wrapped({ image: CUT64 }, 'result', 6))).toEqual(part);
	});

	it('in a list is looked for in the first sixteen', () => {
		const list = (before: number) => [...Array.from({ length: before }, () => ({})), { url: LINK }];
		expect(find(list(15))).toEqual(link());
		expect(find(list(16))).toEqual(none());
	});

	it('with several takes the first that is whole, or else the first part', () => {
		expect(find([{ image: BASE64 }, { url: LINK }])).toEqual(whole());
		expect(find([{ image: CUT64 }, { url: LINK }])).toEqual(link());
		expect(find([{ image: CUT64 }, { status: 'queued' }])).toEqual(job());
		expect(find([{}, { image: CUT64 }, {}])).toEqual(part);
		const longer = PICTURE.subarray(0, 55).toString('base64');
		expect(find([{ image: CUT64 }, { image: longer }])).toEqual(part);
		expect(find({ base64: CUT64, image: longer })).toMatchObject({
			bytes: PICTURE.subarray(0, 55),
		});
	});
});

describe('a job', () => {
	it.each([
		'in_queue',
		'in_progress',
		'queued',
		'pending',
		'processing',
		'running',
		'started',
		'RUNNING',
	])('that is %s is waited for', (status) => {
		expect(find({ status })).toEqual(job());
		expect(find({ status, poll_url: '/jobs/1' })).toEqual(job(`${SERVICE}/jobs/1`));
	});

	it.each(['failed', 'failure', 'error', 'cancelled', 'canceled', 'expired', 'FAILED'])(
		'that is %s has no picture',
		(status) => {
			expect(find({ status, poll_url: '/jobs/1' })).toEqual({ kind: 'failed' });
		},
	);

	it.each([
		[{ status: 'not queued' }, none()],
		[{ status: 'queued up' }, none()],
		[{ status: 'has failed' }, none()],
		[{ status: 'failed not' }, none()],
		[{ status: 'done' }, none()],
		[{ status: ['queued'] }, none()],
		[{ poll_url: '/jobs/1' }, job(`${SERVICE}/jobs/1`)],
		[{ poll_url: 5 }, none()],
		[{ poll_url: 'http://[' }, none()],
		[{ status: 'done', result: { status: 'queued' } }, job()],
	])('%j', (value, found) => {
		expect(find(value)).toEqual(found);
	});
});
