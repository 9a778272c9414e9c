import { inspect } from 'node:util';
import type { Bench } from '../benches/bench';
import { note } from '../report/notes';
import { enter } from './counter';
import { pressTest } from './pressTest';

/** As long as a purchase waits for a payment: what ends at once ends long before. */
const PATIENT = { paymentTimeout: 60 };
const AT_ONCE_MS = 30_000;

/** Credentials that lead elsewhere, or that may do too little. */
export function reachCases(title: string, opened: () => Bench): void {
	test('wrong port: said at once, nothing spent', async () => {
		const { wrongPorts, secrets } = opened();
		for (const { what, credential, says } of wrongPorts) {
			const { buyer, paid } = await enter(opened());
			const { message } = await pressTest({ ...credential, network: 'regtest' });
			const startedAt = performance.now();
			const { error } = await buyer.buy({
				operation: 'colorizeImage',
				credential,
				options: PATIENT,
			});
			const tookMs = performance.now() - startedAt;
			note(`${title}, ${what}: ${String(error?.message)} (${Math.round(tookMs)} ms)`);
			const unreachable = { code: 'WALLET_UNREACHABLE', spent: 'no' };
			const words = { message: expect.stringMatching(says) };
			expect({ what, message }).toMatchObject({ what, ...words });
			expect({ what, ...error }).toMatchObject({ what, ...unreachable, ...words });
			expect(tookMs).toBeLessThan(AT_ONCE_MS);
			for (const secret of secrets) expect(inspect([message, error])).not.toContain(secret);
			expect(await paid()).toEqual([]);
		}
	});

	test('too few rights: the missing one is named, nothing spent', async () => {
		for (const { what, credential, tested, bought } of opened().lacking) {
			const { buyer, paid } = await enter(opened());
			const { status, message } = await pressTest(credential);
			note(`${title}, credential test, ${what}: ${status}: ${message}`);
			const refused = { status: 'Error', message: expect.stringMatching(tested) };
			expect({ what, status, message }).toMatchObject({ what, ...refused });
			if (bought !== null) {
				const { error } = await buyer.buy({ operation: 'colorizeImage', credential });
				const unauthorized = { code: 'WALLET_UNAUTHORIZED', spent: 'no' };
				const words = { message: expect.stringMatching(bought) };
				expect({ what, ...error }).toMatchObject({ what, ...unauthorized, ...words });
			}
			expect(await paid()).toEqual([]);
		}
	});
}
