import type { Bench } from '../benches/bench';
import type { CannotHappen } from '../benches/extremes';
import { HeldForwards } from '../lab/heldForwards';
import type { Lnd } from '../lab/lnd';
import { rejoinNetwork, returnToNetwork } from '../lab/network';
import { note } from '../report/notes';
import { enter, expectBoughtOnce } from './counter';
import { pressTest } from './pressTest';
import { unless } from './unless';

/** A wallet that is not there for a while. */
export function restartCases(
	title: string,
	cannot: CannotHappen,
	opened: () => Bench,
	middle: () => Lnd,
): void {
	unless(cannot.locked)('its node locked: nothing spent, and bought once unlocked', async () => {
		const { payer, locked, described } = opened();
		if (locked === undefined) throw new Error('No bench can be without, unless its plan says so');
		const { staysOpen = false } = locked;
		const counter = await enter(opened());
		const { buyer, paid } = counter;
		await payer.stop();
		await payer.restartLocked();
		try {
			const { message } = await pressTest(described);
			const { error } = await buyer.buy({
				operation: 'colorizeImage',
				options: { paymentTimeout: 10 },
			});
			note(`${title}, locked: ${message} / ${String(error?.code)}: ${String(error?.message)}`);
			expect(message).toMatch(locked.tested);
			expect(error).toMatchObject({
				code: expect.stringMatching(locked.code),
				spent: expect.stringMatching(locked.spent),
				message: expect.stringMatching(locked.says),
			});
		} finally {
			await payer.unlock();
			await rejoinNetwork(payer, [middle()]);
		}
		expect(await paid()).toEqual([]);
		await payer.post('/v2/router/mc/reset', {});
		const options = { paymentTimeout: 10 };
		const again = await buyer.buy({
			operation: 'colorizeImage',
			...(staysOpen ? { options } : {}),
		});
		if (!staysOpen) {
			await expectBoughtOnce(opened(), counter, again);
			return;
		}
		expect(again.error).toMatchObject({ code: 'PAYMENT_UNKNOWN', spent: 'unknown' });
		expect(await paid()).toEqual([]);
		const another = await enter(opened());
		const bought = await another.buyer.buy({ operation: 'colorizeImage' });
		await expectBoughtOnce(opened(), another, bought);
	});

	test('restarted in the middle of a payment: followed to its end, paid once', async () => {
		const { server, line, payer } = opened();
		const counter = await enter(opened());
		const forwards = await HeldForwards.at(middle());
		const held = async () =>
			await payer.until('held payment', async () => (forwards.count > 0 ? true : null));
		try {
			const buying = counter.buyer.buy({
				operation: 'colorizeImage',
				credential: line.credential,
				options: { paymentTimeout: 100 },
			});
			await held();
			await server.stop();
			await server.start();
			forwards.resolve('RESUME');
			await forwards.close();
			await expectBoughtOnce(opened(), counter, await buying);
		} finally {
			await forwards.close();
		}
	});

	unless(cannot.killed)(
		'its node killed in the middle of a payment: followed to its end, paid once',
		async () => {
			const { payer } = opened();
			const counter = await enter(opened());
			const forwards = await HeldForwards.at(middle());
			try {
				const buying = counter.buyer.buy({
					operation: 'colorizeImage',
					options: { paymentTimeout: 100 },
				});
				await payer.until('held payment', async () => (forwards.count > 0 ? true : null));
				await payer.kill();
				await returnToNetwork(payer, [middle()]);
				forwards.resolve('RESUME');
				await forwards.close();
				await expectBoughtOnce(opened(), counter, await buying);
			} finally {
				await forwards.close();
			}
		},
	);
}
