import '../../../sandbox/engine/environment';
import 'reflect-metadata';
import { CredentialTestContext } from 'n8n-core';
import type { INodeCredentialTestResult, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { loadNode } from '../../../sandbox/engine/loadNode';
import type { Credential } from '../benches/credential';

/** The *Test* button of the credential, in n8n's own context for it. */
export async function pressTest(data: Credential): Promise<INodeCredentialTestResult> {
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
