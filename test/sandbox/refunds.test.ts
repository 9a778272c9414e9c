import { bytesExactly, decodeBech32 } from '../../nodes/Sats4Ai/bolt11/words';
import { startSandbox, type Sandbox } from '../../sandbox/startSandbox';
import { payFor, paths, post, wallet } from './buyer';

let sandbox: Sandbox;
const path = paths.colorizeImage;
const body = JSON.stringify({ image: Buffer.from('a photo').toString('base64') });

beforeEach(async () => {
	sandbox = await startSandbox({ pictures: 'plain' });
});

afterEach(async () => {
	await sandbox.close();
});

interface Withdrawal {
	readonly callback: string;
	readonly k1: string;
	readonly minWithdrawable: number;
	readonly maxWithdrawable: number;
}

const get = async (url: string): Promise<Record<string, unknown>> =>
	(await (await fetch(url)).json()) as Record<string, unknown>;

/** A paid call that fails, and the address that its refund's link stands for. */
async function refundLink(): Promise<string> {
	const { authorization } = await payFor(sandbox, path, body);
	const fault = { kind: 'status', status: 422, refund: true } as const;
	sandbox.faults.push({ at: 'redeem', fault });
	const response = await post(sandbox, path, body, { authorization });
	const { refund } = (await response.json()) as { refund: { lnurl_withdraw: string } };
	return bytesExactly(decodeBech32(refund.lnurl_withdraw).words).toString('utf8');
}

async function makeInvoice(amount: number) {
	const wanted = { out: false, amount, unit: 'sat', memo: 'Refund', expiry: 600 };
	const { json } = await wallet(sandbox, '/api/v1/payments', { body: wanted });
	return json as { bolt11: string; payment_hash: string };
}

const handIn = async ({ callback, k1 }: Withdrawal, invoice: string) =>
	await get(`${callback}?k1=${k1}&pr=${invoice}`);

test('a refund is paid into the wallet once, and the second claim is refused', async () => {
	const before = sandbox.wallet.balanceMsat;
	const url = await refundLink();
	const offer = (await get(url)) as unknown as Withdrawal;
	expect(offer).toMatchObject({
		tag: 'withdrawRequest',
		minWithdrawable: 1_000,
		maxWithdrawable: 5_000,
	});
	const { bolt11, payment_hash: hash } = await makeInvoice(5);
	expect(await handIn(offer, bolt11)).toEqual({ status: 'OK' });
	expect(sandbox.wallet.balanceMsat).toBe(before);
	const looked = await wallet(sandbox, `/api/v1/payments/${hash}`);
	expect(looked.json).toMatchObject({
		paid: true,
		details: { payment_hash: hash, amount: 5_000, status: 'success' },
	});
	const other = await makeInvoice(5);
	for (const invoice of [bolt11, other.bolt11]) {
		expect(await handIn(offer, invoice)).toMatchObject({ status: 'ERROR' });
	}
	expect(await get(url)).toMatchObject({ status: 'ERROR' });
	expect(sandbox.ledger[0]).toMatchObject({
		refundClaims: 3,
		refundPaidAt: expect.any(Number),
	});
	expect(sandbox.wallet.balanceMsat).toBe(before);
});

test('another withdrawal, another amount and another invoice are refused', async () => {
	const offer = (await get(await refundLink())) as unknown as Withdrawal;
	const fits = await makeInvoice(5);
	const dear = await makeInvoice(6);
	expect(await handIn({ ...offer, k1: '00' }, fits.bolt11)).toMatchObject({ status: 'ERROR' });
	expect(await handIn(offer, dear.bolt11)).toMatchObject({ status: 'ERROR' });
	expect(await handIn(offer, 'lnbcrt1nonsense')).toMatchObject({ status: 'ERROR' });
	expect(sandbox.ledger[0]).toMatchObject({ refundClaims: 3, refundPaidAt: null });
	expect(await handIn(offer, fits.bolt11)).toEqual({ status: 'OK' });
});
