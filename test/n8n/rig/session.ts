import type { IRunExecutionData } from 'n8n-workflow';
import { setTimeout as wait } from 'node:timers/promises';
import { parseFlatted } from './flatted';
import { Refused, RestCalls } from './restCalls';
import { ENDED, type Execution, type StoredExecution } from './execution';
import type { Workflow } from '../workflows/workflow';

const OWNER = {
	email: 'owner@example.com',
	firstName: 'Olga',
	lastName: 'Owner',
	password: 'Correct-horse-1',
};
/** The status is there before the data are; a killed execution may never get them. */
const DATA_WITHIN_MS = 3_000;

export type OwnerLogin = Pick<typeof OWNER, 'email' | 'password'>;

/** The owner of an n8n, logged in to its REST API as the editor does it. */
export class Session extends RestCalls {
	readonly login: OwnerLogin = OWNER;

	/** Makes the owner's account, or logs in where it is there. */
	async open(): Promise<void> {
		const { email, password } = OWNER;
		await this.call('POST', '/rest/owner/setup', OWNER).catch(async (cause: unknown) => {
			if (!(cause instanceof Refused)) throw cause;
			await this.call('POST', '/rest/login', { emailOrLdapLoginId: email, password });
		});
	}

	async createCredential(
		name: string,
		data: object,
		type = 'lightningWalletApi',
	): Promise<{ id: string; name: string }> {
		const credential = { name, type, data };
		return (await this.call('POST', '/rest/credentials', credential)) as {
			id: string;
			name: string;
		};
	}

	async testCredential(
		credential: { id: string; name: string },
		data: object,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		const credentials = { ...credential, type: 'lightningWalletApi', data };
		return (await this.call('POST', '/rest/credentials/test', { credentials })) as {
			status: 'OK' | 'Error';
			message: string;
		};
	}

	/** Answers what n8n saved: with an ID. */
	async createWorkflow(workflow: Workflow): Promise<SavedWorkflow> {
		const saved = await this.call('POST', '/rest/workflows', { ...workflow, id: undefined });
		return saved as SavedWorkflow;
	}

	/** Presses *Execute workflow*. Answers the ID of the execution. */
	async start(workflow: SavedWorkflow, trigger: string): Promise<string> {
		const body = { workflowData: workflow, triggerToStartFrom: { name: trigger } };
		const { executionId } = (await this.call(
			'POST',
			`/rest/workflows/${workflow.id}/run`,
			body,
		)) as { executionId: string };
		return executionId;
	}

	async activate({ id, versionId }: SavedWorkflow): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	async deactivate({ id }: SavedWorkflow): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	async stop(executionId: string): Promise<void> {
		await this.call('POST', `/rest/executions/${executionId}/stop`, {});
	}

	/** *Retry with original workflow*, and waits for its end. */
	async retry(executionId: string, withinMs?: number): Promise<Execution> {
		const { id } = (await this.call('POST', `/rest/executions/${executionId}/retry`, {
			loadWorkflow: false,
		})) as { id: string };
		return await this.ended(id, withinMs);
	}

	/** Executions of a workflow, oldest first. */
	async executionsOf({ id }: SavedWorkflow): Promise<string[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		const { results } = (await this.call('GET', `/rest/executions?filter=${filter}&limit=100`)) as {
			results: Array<{ id: string }>;
		};
		return results.map((result) => result.id).sort((a, b) => Number(a) - Number(b));
	}

	/** Whether n8n counts an execution as ended. */
	async hasEnded(executionId: string): Promise<boolean> {
		return ENDED.includes((await this.stored(executionId)).status);
	}

	/** An execution as n8n has it, whether it has ended or not. */
	async stored(executionId: string): Promise<StoredExecution> {
		return (await this.call('GET', `/rest/executions/${executionId}`)) as StoredExecution;
	}

	/** Waits for the end of an execution. Throws where it does not end. */
	async ended(executionId: string, withinMs = 120_000): Promise<Execution> {
		const deadline = Date.now() + withinMs;
		let wholeBy = Infinity;
		for (;;) {
			const stored = await this.stored(executionId);
			const data = parseFlatted(stored.data) as Partial<IRunExecutionData> | undefined;
			if (ENDED.includes(stored.status)) {
				wholeBy = Math.min(wholeBy, Date.now() + DATA_WITHIN_MS);
				const { error, lastNodeExecuted } = data?.resultData ?? {};
				const isWhole = (stored.status === 'error' ? error : lastNodeExecuted) !== undefined;
				if (data?.resultData !== undefined && (isWhole || Date.now() > wholeBy)) {
					return { id: stored.id, status: stored.status, data } as Execution;
				}
			}
			if (Date.now() > deadline) throw new Error(`Execution ${executionId} does not end`);
			await wait(100);
		}
	}

	/** The bytes that the editor downloads for a binary field. */
	async download(binaryId: string): Promise<Buffer> {
		const query = `id=${encodeURIComponent(binaryId)}&action=download`;
		const answer = await this.fetch('GET', `/rest/binary-data?${query}`);
		return Buffer.from(await answer.arrayBuffer());
	}
}

export type SavedWorkflow = Workflow & { readonly id: string; readonly versionId: string };
