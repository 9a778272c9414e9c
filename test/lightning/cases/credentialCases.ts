import '../../../sandbox/engine/environment';
import 'reflect-metadata';
import { CredentialTestContext } from 'n8n-core';
import type { INodeCredentialTestResult, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { loadNode } from '../../../sandbox/engine/loadNode';
import type { Bench, Credential } from '../benches/bench';
import { note } from '../report/notes';
import { startSpending } from './accounts';

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

async function pressTest(data: Credential): Promise<INodeCredentialTestResult> {
	const node = loadNode();
	const [declared] = node.description.credentials ?? [];
	const test = node.methods?.credentialTest?.[String(declared?.testedBy)];
	if (test === undefined) throw new Error('The credential has no test');
	const context = new CredentialTestContext({} as IWorkflowExecuteAdditionalData);
	return await test.call(context, {
		id: 'wallet',
		name: 'Wallet',
		type: 'lightningWalletApi',
		data,
	});
}
