import { NodeHelpers, type INode, type INodeParameters } from 'n8n-workflow';
import { loadNode } from '../../sandbox/engine/loadNode';
import manifest from '../../package.json';
import { runAgent } from './agent';
import { secretsIn } from './expressions/everything';
import { sweep } from './expressions/sweep';
import { theftsOf } from './expressions/thefts';
import { photo } from './photo';
import { times } from '../depth';
import { inScene } from './scene';

const WALLETS = ['cln', 'lnbits', 'lnd', 'nwc', 'phoenixd'];
/** isolated-vm, n8n's own engine, is made for Node.js 24; before it there is the other sandbox. */
const SANDBOXED = Number.parseInt(process.versions.node, 10) >= 24 ? 'vm' : 'quickjs';
/** The other one takes a quarter of a second and more for a run. */
const EVERY = times(1, 2) * (SANDBOXED === 'vm' ? 53 : 307);

describe('the secret of the wallet', () => {
	// At full depth the five together try every expression in every place.
	it.each(WALLETS)('of %s is out of reach of expressions', async (wallet) => {
		const every = times(5, 71);
		const { runs, leaks } = await sweep({ engine: 'legacy', wallets: [wallet], every });
		expect(leaks).toEqual([]);
		expect(runs).toBeGreaterThan(750 / every);
	});

	it(`is out of reach of expressions in the engine ${SANDBOXED}`, async () => {
		const plan = { engine: SANDBOXED, wallets: WALLETS, every: EVERY } as const;
		const { runs, leaks } = await sweep(plan);
		expect(leaks).toEqual([]);
		expect(runs).toBeGreaterThan(5);
	});

	it.each(['legacy', SANDBOXED] as const)(
		'would be within reach of them without the second credential: %s',
		async (engine) => {
			const plan = { engine, wallets: ['lnbits'], every: 97, unprotected: true } as const;
			expect((await sweep(plan)).leaks.length).toBeGreaterThan(0);
		},
	);

	it('is out of reach of the tool of an agent', async () => {
		await inScene({}, async (scene) => {
			const { adminKey } = scene.sandbox;
			for (const prompt of theftsOf('adminKey')) {
				const tool = { name: 'Paint', parameters: { operation: 'generateImage', prompt } };
				await runAgent(scene, [tool], [photo()], async (call) => {
					expect(secretsIn(await call('Paint', { prompt: 'a cat' }), [adminKey])).toEqual([]);
				});
			}
			expect(secretsIn([scene.sandbox.requests, scene.bodies], [adminKey])).toEqual([]);
		});
	});
});

describe('the credential that nobody has', () => {
	const { description } = loadNode();
	const [wallet, nobodys, ...others] = description.credentials ?? [];

	it('is one, after the wallet, and no package has its type', () => {
		expect(wallet?.name).toBe('lightningWalletApi');
		expect(others).toEqual([]);
		expect(nobodys?.name).toBe('noneForExpressionsApi');
		expect(nobodys).not.toHaveProperty('required');
		expect(nobodys).not.toHaveProperty('testedBy');
		expect(manifest.n8n.credentials).toHaveLength(1);
	});

	it.each<[string, INodeParameters, number]>([
		['as it is', { authentication: 'none' }, 1],
		['by an expression', { authentication: "={{ 'none' }}" }, 1],
		['in another version', { authentication: 'none' }, 2],
		['without a version', { authentication: 'none' }, 0],
	])('is shown to nobody: %s', (_how, parameters, typeVersion) => {
		const node = { typeVersion, parameters } as unknown as INode;
		if (nobodys === undefined) throw new Error('There is none');
		const isShown = NodeHelpers.displayParameter(parameters, nobodys, node, description);
		expect(isShown).toBe(false);
	});

	it('cannot be set to the wallet by hand', async () => {
		await inScene({}, async (scene) => {
			const entry = { id: 'wallet', name: 'Wallet' };
			const credentials = { lightningWalletApi: entry, noneForExpressionsApi: entry };
			for (const authentication of ['none', "={{ 'none' }}", 'wallet', '', null]) {
				for (const typeVersion of [0, 1, 2]) {
					const outcome = await scene.run({
						parameters: {
							authentication,
							operation: 'generateImage',
							prompt: '={{ JSON.stringify($credentials) }}',
						},
						settings: { credentials, typeVersion },
					});
					expect(secretsIn([outcome, scene.bodies], [scene.sandbox.adminKey])).toEqual([]);
				}
			}
		});
	});

	it('leaves lists no way to ask a server with it: n8n would fill in any request from the editor', () => {
		expect(description.requestDefaults).not.toHaveProperty('baseURL');
	});
});
