import { randomBytes } from 'node:crypto';
import { mintMacaroon } from '../../sandbox/macaroon';
import { mintInvoice } from '../../sandbox/mintInvoice';
import { plainPicture } from '../../sandbox/pictures/plainPicture';
import type { HttpOutcome } from '../../nodes/Sats4Ai/l402/http';
import { buy } from '../../nodes/Sats4Ai/purchase/buy';
import { emptyLedgerState, Ledger } from '../../nodes/Sats4Ai/purchase/ledger';
import type { OpenPurchase } from '../../nodes/Sats4Ai/purchase/openPurchase';
import { PurchaseMemory } from '../../nodes/Sats4Ai/purchase/purchaseMemory';
import { orderDigest } from '../../nodes/Sats4Ai/purchase/requestBody';
import { SavedShelf } from '../../nodes/Sats4Ai/purchase/shelf';

const URL_A = 'https://sats4ai.com/api/l402/colorize-image';

describe('the digest of an order', () => {
	const picture = randomBytes(100_000);

	it('is the same for the same URL, JSON and picture', async () => {
		const digest = await orderDigest(URL_A, { scale: 2 }, picture);
		expect(digest).toMatch(/^[0-9a-f]{64}$/);
		expect(await orderDigest(URL_A, { scale: 2 }, Buffer.from(picture))).toBe(digest);
	});

	it('is another where anything of it is', async () => {
		const changed = Buffer.from(picture);
		changed[99_999] = (changed[99_999] ?? 0) ^ 1;
		const digests = await Promise.all([
			orderDigest(URL_A, {}, picture),
			orderDigest(`${URL_A}2`, {}, picture),
			orderDigest(URL_A, { scale: 2 }, picture),
			orderDigest(URL_A, {}, changed),
			orderDigest(URL_A, {}, picture.subarray(1)),
			orderDigest(URL_A, {}, undefined),
		]);
		expect(new Set(digests).size).toBe(digests.length);
	});
});

describe('a purchase whose digest is not known yet', () => {
	it('is asked for, and neither written down nor paid before it is', async () => {
		const scene = newScene();
		const bought = scene.buy();
		await passes();
		expect(scene.events).toEqual(['ask']);
		expect(scene.state.open).toEqual({});
		scene.setDigest('d');
		await bought;
		expect(scene.events).toEqual(['ask', 'pay d', 'redeem']);
	});

	it('is not even asked for where an open purchase waits for somebody to finish it', async () => {
		const scene = newScene();
		scene.memory.put(scene.paid('d'));
		const bought = scene.buy();
		await passes();
		expect(scene.events).toEqual([]);
		scene.setDigest('d');
		await bought;
		expect(scene.events).toEqual(['redeem']);
	});

	it('nor where a failed execution has delivered something for the item', async () => {
		const scene = newScene();
		scene.state.delivered[0] = { digest: 'd', item: { name: 'kept' } };
		const bought = scene.buy();
		await passes();
		expect(scene.events).toEqual([]);
		scene.setDigest('d');
		expect(await bought).toEqual({ name: 'kept' });
		expect(scene.events).toEqual([]);
	});

	it('waits for nothing that another item is at work on', async () => {
		const scene = newScene();
		scene.memory.put(scene.paid('other'));
		scene.memory.claim(scene.paid('other').paymentHash);
		const bought = scene.buy();
		await passes();
		expect(scene.events).toEqual(['ask']);
		scene.setDigest('d');
		await bought;
		expect(scene.events).toEqual(['ask', 'pay d', 'redeem']);
	});
});

/** All that can go on without the digest has gone on. */
async function passes(): Promise<void> {
	for (let turn = 0; turn < 5; turn++) {
		await new Promise<void>((resolve) => setImmediate(resolve));
	}
}

function newScene() {
	const events: string[] = [];
	const state = emptyLedgerState();
	const memory = new PurchaseMemory();
	const terms = { network: 'regtest', amountMsat: 5_000, description: 'One picture' } as const;
	const minted = { createdAt: Date.now(), expirySeconds: 3_600 };
	const invoice = mintInvoice({ ...terms, ...minted }, randomBytes(32));
	const other = mintInvoice({ ...terms, ...minted }, randomBytes(32));
	const token = mintMacaroon(randomBytes(32), invoice.paymentHash, []);
	const offer = `L402 token="${token}", invoice="${invoice.text}"`;
	let setDigest: (digest: string) => void = () => undefined;
	const digest = new Promise<string>((resolve) => {
		setDigest = resolve;
	});
	const answer = (status: number, body: Buffer): HttpOutcome => ({
		kind: 'answer',
		status,
		headers: { 'www-authenticate': offer },
		body,
	});
	const order = {
		operation: 'colorizeImage',
		url: URL_A,
		body: Buffer.from('{}'),
		digest,
		itemIndex: 0,
		skipDedup: false,
	};
	const limits = { maxPriceMsat: 50_000n, maxPaymentMsat: 50_000n, maxFeeMsat: 10_000n };
	const times = { paymentTimeoutMs: 1_000, requestTimeoutMs: 1_000 };
	const ports = {
		ledger: new Ledger(state, memory, () => Date.now()),
		shelf: new SavedShelf<object>(state, () => true),
		clock: { now: () => Date.now(), sleep: async () => undefined, cancelled: () => false },
		service: {
			ask: async () => {
				events.push('ask');
				return answer(402, Buffer.alloc(0));
			},
			redeem: async () => {
				events.push('redeem');
				return answer(200, plainPicture(1).bytes);
			},
			fetchPicture: async () => answer(404, Buffer.alloc(0)),
		},
		serviceUrl: URL_A,
		wallet: 'lnd' as const,
		walletKey: 'wallet',
		payer: {
			notFoundIsFinal: true,
			refusesDuplicates: true,
			lookupPayment: async () => ({ status: 'notFound' }) as const,
			payInvoice: async () => {
				events.push(`pay ${state.open[invoice.paymentHash]?.digest ?? 'unwritten'}`);
				return { status: 'paid', preimage: invoice.preimage, feeMsat: 0n } as const;
			},
		},
		store: async () => ({ name: 'bought' }),
	};
	return {
		events,
		state,
		memory,
		setDigest,
		buy: async () =>
			await buy<object>(
				order,
				{ network: 'regtest', maxTotalMsat: null, ...limits, ...times },
				ports,
			),
		paid: (ofDigest: string): OpenPurchase => ({
			digest: ofDigest,
			itemIndex: 0,
			scheme: 'L402',
			token,
			invoice: other.text,
			paymentHash: other.paymentHash,
			amountMsat: '5000',
			maxFeeMsat: '10000',
			expiresAt: Date.now() + 3_600_000,
			wallet: 'lnd',
			walletKey: 'wallet',
			openedAt: Date.now(),
			status: 'paid',
			preimage: other.preimage,
			feeMsat: '0',
			paidAt: new Date().toISOString(),
			imageUrl: null,
			refusedAt: null,
		}),
	};
}
