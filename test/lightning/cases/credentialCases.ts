import type { Bench, Credential } from '../benches/bench';
import { note } from '../report/notes';
import { startSpending } from './accounts';
import { pressTest } from './pressTest';

/** The *Test* button of the credential, in n8n's own context for it, against the real wallet. */
export function credentialCases(title: string, opened: () => Bench): void {
	test('credential test', async () => {
		const { described, connected, network, wrongSecrets, secrets } = opened();
		const { unreachable, untrusted, trusted } = opened();
		const spending = await startSpending(opened());
		const messages: string[] = [];
		const press = async (what: string, tried: Credential) => {
			const result = await pressTest(tried);
			note(`${title}, credential test, ${what}: ${result.status}: ${result.message}`);
			messages.push(result.message);
			return result;
		};
		const right = await press('right', described);
		expect(right).toEqual({ status: 'OK', message: expect.stringMatching(connected) });
		for (const tried of trusted) {
			const again = await press('right, trusted in another way', {
				...tried,
				network: described.network ?? '',
			});
			expect(again).toEqual(right);
		}
		for (const { what, credential: tried, tested } of [...wrongSecrets, unreachable, untrusted]) {
			expect((await press(what, tried)).message).toMatch(tested);
		}
		const other = described.network === 'mainnet' ? 'testnet' : 'mainnet';
		const elsewhere = await press('another network', { ...described, network: other });
		expect(elsewhere.status).toBe(network === null ? 'OK' : 'Error');
		for (const secret of secrets) expect(messages.join('\n')).not.toContain(secret);
		expect((await spending()).paid).toEqual([]);
	});
}
