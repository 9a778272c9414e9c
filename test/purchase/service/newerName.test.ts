import { addressOf, byNewerName, isGone } from '../../../nodes/Sats4Ai/purchase/service/newerName';
import { isUnready } from '../../../nodes/Sats4Ai/purchase/service/unready';
import { storeFree, storePaid } from '../../../nodes/Sats4Ai/purchase/service/storePicture';
import { NOT_CHARGED } from '../../../nodes/Sats4Ai/purchase/report/receipt';
import { PICTURE } from '../../model/simulatedService';
import { answer, lost, orderOf } from '../bench';

const order = { ...orderOf(), newerName: 'image-generate' };
const renamed = { ...order, isByNewerName: true };
const NEWER = 'https://service.example/api/l402/image-generate';

describe('the newer name of an endpoint', () => {
	it.each([404, 405, 410])('is tried after %d', (status) => {
		expect(byNewerName(order, answer(status))).toEqual(renamed);
		expect(isGone(answer(status))).toBe(true);
	});

	it.each([200, 400, 402, 403, 411, 500])('is not tried after %d', (status) => {
		expect(byNewerName(order, answer(status))).toBeNull();
		expect(isGone(answer(status))).toBe(false);
	});

	it('is tried once, where there is one, and after an answer', () => {
		expect(byNewerName({ ...renamed, isByNewerName: true }, answer(404))).toBeNull();
		expect(byNewerName(orderOf(), answer(404))).toBeNull();
		expect(byNewerName(order, lost)).toBeNull();
		expect(isGone(lost)).toBe(false);
	});

	it.each([301, 302, 303, 307, 308])('is where %d leads, on the same host', (status) => {
		for (const location of [NEWER, `${NEWER}/`, '/api/l402/image-generate', 'image-generate?x=1']) {
			expect(byNewerName(order, answer(status, '', { location }))).toEqual(renamed);
		}
		for (const location of [
			'https://other.example/api/l402/image-generate',
			'/api/l402/other',
			'/image-generate',
			'http://[',
		]) {
			expect(byNewerName(order, answer(status, '', { location }))).toBeNull();
		}
		expect(byNewerName(order, answer(status))).toBeNull();
	});

	it('is not where another status leads', () => {
		expect(byNewerName(order, answer(300, '', { location: NEWER }))).toBeNull();
	});

	it('is the address once it is in use', () => {
		expect(addressOf(order)).toBe(order.url);
		expect(addressOf({ ...order, isByNewerName: true })).toBe(NEWER);
		expect(addressOf({ ...orderOf(), isByNewerName: true })).toBe(order.url);
	});
});

describe('a link whose picture is not there yet', () => {
	it.each([
		[answer(204, 'x'.repeat(40)), true],
		[answer(200, ''), true],
		[answer(299, ''), true],
		[answer(199, ''), false],
		[answer(300, ''), false],
		[answer(200, PICTURE.subarray(0, 31)), true],
		[answer(200, PICTURE.subarray(0, 32)), false],
		[answer(200, PICTURE), false],
		[answer(200, 'x'.repeat(31)), true],
		[answer(200, 'x'.repeat(32)), false],
		[answer(200, '{}'), false],
		[answer(200, '  [1]'), false],
		[answer(200, '"x"'), false],
		[answer(200, '<p>'), false],
		[answer(200, 'a <p>'), true],
		[answer(200, 'P5 1 1 255 x'), false],
	])('%j: %s', (said, isNotYet) => {
		expect(isUnready(said)).toBe(isNotYet);
	});
});

describe('a picture that n8n cannot store', () => {
	const picture = {
		bytes: PICTURE,
		mimeType: 'image/png',
		extension: 'png',
		width: 1,
		height: 1,
		imageUrl: null,
	};
	const linked = { ...picture, imageUrl: 'https://service.example/p.png' };
	const receipt = { ...NOT_CHARGED, status: 'paid' } as const;
	const payment = { token: 'QUJD', invoice: null, paymentHash: 'ab' };
	const full = async () => await Promise.reject(new Error('disk full'));
	const message = 'The picture came, but n8n could not store it: disk full';

	it('and is paid is handed to whoever keeps it', async () => {
		const kept: unknown[] = [];
		const stored = storePaid(full, linked, receipt, payment, (each) => kept.push(each));
		await expect(stored).rejects.toMatchObject({
			report: {
				code: 'REDEEM_FAILED',
				spent: 'yes',
				message,
				hint: 'The picture is paid. Make room for binary data and run again: it is not paid a second time.',
				payment,
				imageUrl: linked.imageUrl,
			},
		});
		expect(kept).toEqual([linked]);
		const linkless = storePaid(full, picture, receipt, payment, () => undefined);
		await expect(linkless).rejects.not.toHaveProperty('details.imageUrl');
	});

	it('and cost nothing is told as such', async () => {
		await expect(storeFree(full, linked)).rejects.toMatchObject({
			report: {
				code: 'RESULT_INVALID',
				spent: 'no',
				message,
				hint: 'Nothing was owed or paid. Make room for binary data and run again.',
				imageUrl: linked.imageUrl,
			},
		});
	});

	it('is the exception', async () => {
		const store = async (...given: unknown[]) => given;
		const keep = jest.fn();
		expect(await storePaid(store, picture, receipt, payment, keep)).toEqual([picture, receipt]);
		expect(await storeFree(store, picture)).toEqual([picture, NOT_CHARGED]);
		expect(keep).not.toHaveBeenCalled();
	});
});
