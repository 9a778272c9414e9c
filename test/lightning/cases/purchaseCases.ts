import sharp from 'sharp';
import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../sandbox/service/endpoints';
import type { Bench } from '../benches/bench';
import { prices } from '../lab/aperture';
import { outgoing } from '../lab/books';
import { HeldForwards } from '../lab/heldForwards';
import type { Lnd } from '../lab/lnd';
import { enter, expectDelivered } from './counter';
import { PHOTOGRAPH_HEIGHT, PHOTOGRAPH_WIDTH, type Buyer } from './purchase';

interface Offer {
	readonly operation: Operation;
	readonly parameters: IDataObject;
	readonly width: number;
	readonly height: number;
}

const same = { width: PHOTOGRAPH_WIDTH, height: PHOTOGRAPH_HEIGHT };
const offers: readonly Offer[] = [
	{ operation: 'colorizeImage', parameters: {}, ...same },
	{ operation: 'editImage', parameters: { prompt: 'make it night' }, ...same },
	{
		operation: 'generateImage',
		parameters: { prompt: 'a lighthouse', width: 256, height: 320 },
		width: 256,
		height: 320,
	},
	{ operation: 'deblurImage', parameters: {}, ...same },
	{ operation: 'removeBackground', parameters: {}, ...same },
	{ operation: 'removeObject', parameters: { objects: 'a boat' }, ...same },
	{ operation: 'restoreFace', parameters: {}, ...same },
	{
		operation: 'upscaleImage',
		parameters: { scale: 2 },
		width: 2 * PHOTOGRAPH_WIDTH,
		height: 2 * PHOTOGRAPH_HEIGHT,
	},
];

/** The node buys from Aperture, on n8n's engine: from the button to the picture. */
export function purchaseCases(opened: () => Bench, middle: () => Lnd): void {
	test.each(offers)('$operation', async ({ operation, parameters, width, height }) => {
		const { buyer, paid, orders } = await enter(opened());
		const bought = await buyer.buy({ operation, parameters });
		await expectDelivered(opened(), bought);
		const [booked, ...others] = await paid();
		expect(others).toEqual([]);
		expect(booked?.amountMsat).toBe(BigInt(prices[operation]) * 1000n);
		expect(bought.payment).toMatchObject({
			status: 'paid',
			priceSat: prices[operation],
			feeMsat: Number(booked?.feeMsat),
			paymentHash: booked?.paymentHash,
			preimage: booked?.preimage,
			wallet: opened().credential.wallet,
		});
		expect(orders()).toHaveLength(1);
		// Aperture names the scheme by its old name to what stands behind it.
		expect(orders()[0]).toMatch(new RegExp(`^LSAT [^:]+:${booked?.preimage ?? 'none'}$`));
		expect(opened().shop.backend.leaks).toEqual([]);
		const metadata = await sharp(bought.bytes).metadata();
		expect({ width: metadata.width, height: metadata.height }).toEqual({ width, height });
	});

	test('line cut, delivered', async () => {
		const { buyer, paid, orders } = await enter(opened());
		const { proxy, credential } = opened().line;
		const faultsBefore = proxy.faults;
		proxy.failNext('cut');
		const bought = await buyer.buy({
			operation: 'colorizeImage',
			credential,
			options: { paymentTimeout: 8 },
		});
		expect(proxy.faults).toBe(faultsBefore + 1);
		await expectDelivered(opened(), bought);
		const booked = await paid();
		expect(booked).toHaveLength(1);
		expect(bought.payment.preimage).toBe(booked[0]?.preimage);
		expect(orders()).toHaveLength(1);
	});

	test('held, then delivered', async () => {
		const { buyer, paid, orders } = await enter(opened());
		const unknown = await heldPurchase(buyer, 'RESUME');
		await eventually(async () => (await paid()).length === 1);
		expect(orders()).toEqual([]);
		const bought = await buyer.buy({ operation: 'colorizeImage' });
		await expectDelivered(opened(), bought);
		expect(bought.payment.paymentHash).toBe(unknown.paymentHash);
		expect(await paid()).toMatchObject([{ paymentHash: unknown.paymentHash }]);
		expect(orders()).toHaveLength(1);
	});

	test('held, then refused', async () => {
		const { buyer, paid, orders } = await enter(opened());
		const unknown = await heldPurchase(buyer, 'FAIL');
		expect(await paid()).toEqual([]);
		await opened().payer.post('/v2/router/mc/reset', {});
		const bought = await buyer.buy({ operation: 'colorizeImage' });
		await expectDelivered(opened(), bought);
		expect(bought.payment.paymentHash).not.toBe(unknown.paymentHash);
		expect(await paid()).toMatchObject([{ paymentHash: bought.payment.paymentHash }]);
		expect(orders()).toHaveLength(1);
	});

	/** A purchase whose payment a node on the way holds until after the node has given up waiting. */
	async function heldPurchase(buyer: Buyer, action: 'RESUME' | 'FAIL'): Promise<IDataObject> {
		const isLong = action === 'RESUME' && opened().isHeldForAMinute === true;
		const options = isLong ? {} : { paymentTimeout: 3 };
		const forwards = await HeldForwards.at(middle());
		try {
			const { error } = await buyer.buy({ operation: 'colorizeImage', options });
			expect(error).toMatchObject({ code: 'PAYMENT_UNKNOWN', spent: 'unknown' });
			// A busy wallet may send it only now.
			await eventually(() => forwards.count === 1);
			forwards.resolve(action);
			await eventually(async () => {
				const payments = await outgoing(opened().payer);
				return payments.every(({ status }) => status !== 'IN_FLIGHT');
			});
			return error?.payment as IDataObject;
		} finally {
			await forwards.close();
		}
	}

	async function eventually(isTrue: () => Promise<boolean> | boolean): Promise<void> {
		await opened().payer.until('state', async () => ((await isTrue()) ? true : null));
	}
}
