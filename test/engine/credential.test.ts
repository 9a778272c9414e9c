import '../../sandbox/engine/environment';
import 'reflect-metadata';
import { CredentialTestContext } from 'n8n-core';
import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { standInFront } from './inFront';
import { inScene, type Scene } from './scene';

/** What the *Test* button of the credential does, in n8n's own context for it. */
async function pressTest(scene: Scene, changes: Parameters<Scene['credential']>[0] = {}) {
	const [declared] = scene.node.description.credentials ?? [];
	const test = scene.node.methods?.credentialTest?.[String(declared?.testedBy)];
	if (test === undefined) throw new Error('The credential has no test');
	const context = new CredentialTestContext({} as IWorkflowExecuteAdditionalData);
	return await test.call(context, {
		id: 'wallet',
		name: 'Wallet',
		type: 'lightningWalletApi',
		data: scene.credential(changes),
	});
}

describe('the test of the credential', () => {
	it('reaches the wallet, says what is in it, and pays nothing', async () => {
		await inScene({ balanceSat: 1234 }, async (scene) => {
			const { status, message } = await pressTest(scene);
			expect(status).toBe('OK');
			expect(message).toContain('1234 sats');
			expect(scene.sandbox.wallet.requests.length).toBeGreaterThan(0);
			expect(scene.payCalls).toEqual([]);
			expect(scene.sandbox.requests).toEqual([]);
		});
	});

	it.each([
		['the invoice key', ({ sandbox }: Scene) => ({ adminKey: sandbox.invoiceKey }), /cannot pay/],
		['an unknown key', () => ({ adminKey: 'f'.repeat(32) }), /does not know this key/],
		['no key', () => ({ adminKey: '' }), /Admin Key/],
		['a wallet that is not there', () => ({ url: 'http://127.0.0.1:1' }), /could not be reached/],
		[
			'another path',
			({ sandbox }: Scene) => ({ url: `${sandbox.walletUrl}/not` }),
			/no LNbits API/,
		],
		['no URL', () => ({ url: '' }), /URL/],
		['a URL without scheme', () => ({ url: 'lnbits.example.com' }), /http/],
		['an unknown wallet', () => ({ wallet: 'piggyBank' }), /wallet/],
		['an unknown network', () => ({ network: 'moonnet' }), /Network/],
		['a limit in words', () => ({ maxPaymentSat: 'plenty' }), /Max Payment/],
	])('says what is wrong with %s', async (_name, changes, says) => {
		await inScene({}, async (scene) => {
			const { status, message } = await pressTest(scene, changes(scene));
			expect(status).toBe('Error');
			expect(message).toMatch(says);
			expect(message).not.toContain(scene.sandbox.adminKey);
			expect(message).not.toContain(scene.sandbox.invoiceKey);
			expect(scene.payCalls).toEqual([]);
			expect(scene.sandbox.requests).toEqual([]);
		});
	});

	it.each(['its answer', 'silence'])(
		'gives up in time on a wallet that trickles %s',
		async (what) => {
			const patience = AbortSignal.timeout.bind(AbortSignal);
			const spied = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => patience(300));
			await inScene({}, async (scene) => {
				const front = await standInFront(scene.sandbox.walletUrl, () => ({
					status: 200,
					body: (response) => {
						if (what === 'silence') return;
						const drip = setInterval(() => response.write(' '), 20);
						response.on('close', () => clearInterval(drip));
					},
				}));
				const { status, message } = await pressTest(scene, { url: front.url });
				expect({ status, message }).toMatchObject({
					status: 'Error',
					message: expect.stringContaining('no answer in time') as string,
				});
				await front.close();
			}).finally(() => spied.mockRestore());
		},
	);

	it('follows no redirect with the key', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'wallet', fault: { kind: 'redirect' }, times: 2 });
			const { status, message } = await pressTest(scene);
			expect(status).toBe('Error');
			expect(message).toMatch(/redirects/);
			expect(scene.sandbox.stranger.requests).toEqual([]);
		});
	});

	it('says that a wallet broke down', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'wallet', fault: { kind: 'cut' }, times: 2 });
			expect((await pressTest(scene)).status).toBe('Error');
		});
	});
});
