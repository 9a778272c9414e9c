import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	IWorkflowSettings,
} from 'n8n-workflow';
import { execute, type Execution } from '../../sandbox/engine/engine';
import type { SandboxOptions } from '../../sandbox/options';
import { startSandbox, type Sandbox } from '../../sandbox/startSandbox';
import { outcomeOf, reportOf, STEP, type ErrorReport, type Outcome } from './outcome';
import { photo } from './photo';
import { startedNode } from './startedNode';

/** A request body as the service read it. */
export interface ArrivedBody {
	readonly place: 'ask' | 'redeem';
	readonly bytes: Buffer;
}

/** One run of the node. What is left out comes from the scene. */
export interface Call {
	readonly parameters?: IDataObject;
	readonly options?: IDataObject;
	readonly items?: INodeExecutionData[];
	readonly settings?: Partial<INode>;
	/** Why n8n cannot read the chosen credential; absent: it can. */
	readonly credentialTrouble?: string;
	/** Changes to the credential; null: none is chosen. */
	readonly credential?: Partial<ICredentialDataDecryptedObject> | null;
	readonly credentialId?: string;
	readonly workflowId?: string;
	/** Contexts of an earlier execution, as saved with it. */
	readonly contextData?: Record<string, IDataObject>;
	readonly workflowSettings?: IWorkflowSettings;
}

export const CONTINUE = { onError: 'continueRegularOutput' } as const;
export const RETRY = { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 } as const;

/**
 * The sandbox, the built node in a process that has just started, and what arrived where. Timeouts
 * are short; whoever needs others says so.
 */
export class Scene {
	node: INodeType = startedNode();
	readonly bodies: ArrivedBody[] = [];

	private constructor(readonly sandbox: Sandbox) {
		for (const place of ['ask', 'redeem'] as const) {
			// The log keeps digests alone; a fault that never strikes sees the bytes.
			sandbox.faults.push({
				at: place,
				fault: { kind: 'hang' },
				match: ({ body }) => {
					if (body.length > 0) this.bodies.push({ place, bytes: body });
					return false;
				},
			});
		}
	}

	static async open(options: SandboxOptions = {}): Promise<Scene> {
		return new Scene(await startSandbox({ pictures: 'plain', ...options }));
	}

	async close(): Promise<void> {
		await this.sandbox.close();
	}

	/** A process that starts anew: all that was in memory is gone. */
	restart(): void {
		this.node = startedNode();
	}

	credential(
		changes: Partial<ICredentialDataDecryptedObject> = {},
	): ICredentialDataDecryptedObject {
		return {
			wallet: 'lnbits',
			url: this.sandbox.walletUrl,
			adminKey: this.sandbox.adminKey,
			network: 'regtest',
			...changes,
		};
	}

	start(call: Call = {}): Execution {
		const { parameters = {}, options = {}, items = [photo()], credential = {} } = call;
		return execute({
			node: this.node,
			items,
			...(credential === null ? {} : { credential: this.credential(credential) }),
			...(call.credentialTrouble === undefined
				? {}
				: { credentialTrouble: call.credentialTrouble }),
			...(call.credentialId === undefined ? {} : { credentialId: call.credentialId }),
			...(call.workflowId === undefined ? {} : { workflowId: call.workflowId }),
			...(call.contextData === undefined ? {} : { contextData: call.contextData }),
			...(call.workflowSettings === undefined ? {} : { workflowSettings: call.workflowSettings }),
			steps: [
				{
					name: STEP,
					parameters: {
						operation: 'colorizeImage',
						...parameters,
						options: {
							baseUrl: this.sandbox.serviceUrl,
							paymentTimeout: 10,
							requestTimeout: 10,
							...options,
						},
					},
					...(call.settings === undefined ? {} : { settings: call.settings }),
				},
			],
		});
	}

	async run(call: Call = {}): Promise<Outcome> {
		return outcomeOf(await this.start(call).run);
	}

	/** The error report of a run in which the first item fails, with *Continue On Fail*. */
	async failure(call: Call = {}): Promise<ErrorReport> {
		const { items } = await this.run({ ...call, settings: { ...CONTINUE, ...call.settings } });
		return reportOf(items[0]);
	}

	/** Invoices that were paid. */
	get paid() {
		return this.sandbox.ledger.filter(({ paidAt }) => paidAt !== null);
	}

	/** Sats that left the wallet, in thousandths. */
	get spentMsat(): number {
		return this.sandbox.wallet.payments
			.filter(({ status }) => status !== 'failed')
			.reduce((sum, { amountMsat, feeMsat }) => sum + amountMsat + feeMsat, 0);
	}

	/** Requests to the five paid endpoints, `Authorization` present or not. */
	paidRequests(authorized: boolean) {
		return this.sandbox.requests.filter(
			({ path, authorizationPresent }) =>
				path.startsWith('/api/l402/') && authorizationPresent === authorized,
		);
	}

	/** Calls of the wallet that send money. */
	get payCalls() {
		return this.sandbox.wallet.requests.filter(({ method }) => method === 'POST');
	}

	/** Nothing reached the service or the wallet. */
	expectNoRequests(): void {
		expect(this.sandbox.requests).toEqual([]);
		expect(this.sandbox.wallet.requests).toEqual([]);
	}

	/** What must hold after everything: no double payment, no secret astray, no stranger called. */
	expectHonest(mostPayCalls = 1): void {
		expect(this.sandbox.leaks).toEqual([]);
		expect(this.sandbox.stranger.requests).toEqual([]);
		for (const { payCalls } of this.sandbox.wallet.payments) {
			expect(payCalls).toBeLessThanOrEqual(mostPayCalls);
		}
	}
}

/** Opens a scene, works in it, checks that nothing went astray, and closes it. */
export async function inScene(
	options: SandboxOptions | undefined,
	work: (scene: Scene) => Promise<void>,
	/** How often the wallet may be told to pay one invoice, of which it pays it once. */
	mostPayCalls = 1,
): Promise<void> {
	const scene = await Scene.open(options);
	try {
		await work(scene);
		scene.expectHonest(mostPayCalls);
	} finally {
		await scene.close();
	}
}
