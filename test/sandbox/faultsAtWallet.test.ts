import { createHash } from 'node:crypto';
import type { Sandbox } from '../../sandbox/startSandbox';
import {
	isSilent,
	lookUp,
	pay,
	paths,
	post,
	provenPreimage,
	wallet,
	type Challenge,
} from './buyer';
import { BODY, openWithOffer } from './openSandbox';

let sandbox: Sandbox;
let challenge: Challenge;
beforeEach(async () => {
	({ sandbox, challenge } = await openWithOffer(100));
});

const lookup = async (fault?: string, key?: string) =>
	await lookUp(sandbox, challenge.paymentHash, fault, key);
const isPaid = () => sandbox.ledger[0]?.paidAt !== null;

describe('faults at pay', () => {
	it('pending, then success at the look-up named', async () => {
		const paid = await pay(sandbox, challenge.invoice, 'pay:pending=3');
		expect(paid).toMatchObject({ status: 201, json: { status: 'pending', preimage: null } });
		expect(sandbox.wallet.balanceMsat).toBe(93_000);
		expect((await pay(sandbox, challenge.invoice)).json).toEqual({
			detail: 'Payment is still pending.',
			status: 'pending',
		});
		const open = { paid: false, status: 'pending', preimage: null };
		expect((await lookup()).json).toMatchObject(open);
		expect((await lookup()).json).toMatchObject(open);
		expect(isPaid()).toBe(false);
		const { json } = await lookup();
		expect(json).toMatchObject({ paid: true });
		provenPreimage(json, challenge.paymentHash);
		expect(sandbox.wallet.balanceMsat).toBe(95_000);
	});

	it('pending, then failed', async () => {
		await pay(sandbox, challenge.invoice, 'pay:pending=1;then=failed');
		expect((await lookup()).json).toMatchObject({ paid: false, status: 'failed' });
		expect((await pay(sandbox, challenge.invoice)).json).toEqual({
			detail: 'Payment is failed node, retrying is not possible.',
			status: 'failed',
		});
		expect([isPaid(), sandbox.wallet.balanceMsat]).toEqual([false, 100_000]);
	});

	it.each([
		['cut', false],
		['cutBeforeReading', false],
		['cutAfter', true],
	])('%s: no answer; paid: %s', async (kind, paid) => {
		await expect(pay(sandbox, challenge.invoice, `pay:${kind}`)).rejects.toThrow();
		expect(isPaid()).toBe(paid);
		expect((await lookup()).status).toBe(paid ? 200 : 404);
	});

	it.each([
		['hang', false],
		['hangAfter', true],
	])('%s: silence; paid: %s', async (kind, paid) => {
		const silent = await isSilent(
			async (signal) =>
				await fetch(`${sandbox.walletUrl}/api/v1/payments`, {
					method: 'POST',
					headers: { 'x-api-key': sandbox.adminKey, 'x-sandbox-fault': `pay:${kind}` },
					body: JSON.stringify({ out: true, bolt11: challenge.invoice }),
					signal,
				}),
			() => sandbox.wallet.requests[0]?.fault === kind,
		);
		expect([silent, isPaid()]).toEqual([true, paid]);
	});

	it.each([
		['failed', 201, { status: 'failed', preimage: null }],
		['insufficient', 520, { detail: 'Insufficient balance.', status: 'failed' }],
		['noRoute', 520, { detail: 'Payment failed: no route', status: 'failed' }],
		['unauthorized', 401, { detail: 'Invalid adminkey.' }],
		['status=500', 500, { detail: 'The sandbox was told to fail with 500.' }],
	])('%s', async (fault, status, json) => {
		const answer = await pay(sandbox, challenge.invoice, `pay:${fault}`);
		expect(answer).toMatchObject({ status, json });
		expect([isPaid(), sandbox.wallet.balanceMsat]).toEqual([false, 100_000]);
	});

	it.each([
		['null', null],
		['zeros', '0'.repeat(64)],
		['wrong', expect.stringMatching(/^[0-9a-f]{64}$/)],
		['missing', undefined],
	])('preimage=%s, and the right one at the look-up', async (kind, told) => {
		const { status, json } = await pay(sandbox, challenge.invoice, `pay:preimage=${kind}`);
		const { preimage } = json as { preimage?: string | null };
		expect([status, preimage]).toEqual([201, told]);
		expect(() => provenPreimage(json, challenge.paymentHash)).toThrow();
		expect(isPaid()).toBe(true);
		provenPreimage((await lookup()).json, challenge.paymentHash);
	});

	it('preimage can stay as it was told', async () => {
		await pay(sandbox, challenge.invoice, 'pay:preimage=zeros;onLookup=same');
		expect((await lookup()).json).toMatchObject({ paid: true, preimage: '0'.repeat(64) });
	});

	it('lie: says success, pays nothing', async () => {
		const { status, json } = await pay(sandbox, challenge.invoice, 'pay:lie');
		expect([status, json]).toEqual([201, expect.objectContaining({ status: 'success' })]);
		expect([isPaid(), sandbox.wallet.balanceMsat]).toEqual([false, 100_000]);
		expect((await lookup()).status).toBe(404);
		const real = await pay(sandbox, challenge.invoice, 'pay:lie=real');
		const preimage = provenPreimage(real.json, challenge.paymentHash);
		const authorization = `L402 ${challenge.token}:${preimage}`;
		const response = await post(sandbox, paths.colorizeImage, BODY, { authorization });
		expect(response.status).toBe(401);
	});

	it('redirect leads to the stranger, not followed here', async () => {
		const answer = await fetch(`${sandbox.walletUrl}/fault/pay:redirect/api/v1/payments`, {
			method: 'POST',
			headers: { 'x-api-key': sandbox.adminKey },
			body: '{}',
			redirect: 'manual',
		});
		expect(answer.headers.get('location')).toBe(`${sandbox.stranger.url}/api/v1/payments`);
	});
});

describe('faults at the wallet’s other calls', () => {
	it.each([
		['lookup:status=404', 404],
		['lookup:status=500', 500],
		['lookup:unauthorized', 401],
	])('%s', async (fault, status) => {
		await pay(sandbox, challenge.invoice);
		expect((await lookup(fault)).status).toBe(status);
	});

	it('lookup:cut', async () => {
		await expect(lookup('lookup:cut')).rejects.toThrow();
	});

	it('feeReserve:amount, and its errors', async () => {
		const path = `/api/v1/payments/fee-reserve?invoice=${challenge.invoice}`;
		const dear = await wallet(sandbox, path, { fault: 'feeReserve:amount=250000' });
		expect(dear.json).toEqual({ fee_reserve: 250_000 });
		sandbox.faults.push({ at: 'feeReserve', fault: { kind: 'status', status: 500 } });
		expect((await wallet(sandbox, path)).status).toBe(500);
		expect((await wallet(sandbox, path)).status).toBe(200);
	});

	it('list:status and list:unauthorized', async () => {
		const path = '/api/v1/payments';
		expect((await wallet(sandbox, path, { fault: 'list:status=500' })).status).toBe(500);
		expect((await wallet(sandbox, path, { fault: 'list:unauthorized' })).status).toBe(401);
		expect((await wallet(sandbox, path)).status).toBe(200);
	});

	it('wallet:unauthorized', async () => {
		const answer = await wallet(sandbox, '/api/v1/wallet', { fault: 'wallet:unauthorized' });
		expect(answer.status).toBe(401);
	});
});

it('proofs are real: every preimage of the ledger hashes to its payment hash', () => {
	for (const { preimage, paymentHash } of sandbox.ledger) {
		expect(createHash('sha256').update(preimage, 'hex').digest('hex')).toBe(paymentHash);
	}
	expect(sandbox.ledger).toHaveLength(1);
});
