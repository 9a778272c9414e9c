import type { INodeParameters } from 'n8n-workflow';
import assert from 'node:assert/strict';
import type { App } from '../rig/app';
import type { Execution } from '../rig/execution';
import type { SavedWorkflow } from '../rig/session';
import { sats4Ai } from '../workflows/sats4Ai';
import { manualTrigger, readFiles, writeFiles } from '../workflows/steps';
import {
	workflow,
	type Connection,
	type Step,
	type StepSettings,
	type Workflow,
} from '../workflows/workflow';
import { photographs } from './photographs';

export interface PurchaseWishes {
	/** How many photographs. Default 1. */
	readonly count?: number;
	readonly parameters?: INodeParameters;
	readonly options?: INodeParameters;
	readonly settings?: StepSettings;
	/** Default: *When clicking Execute workflow*. */
	readonly trigger?: Step;
	readonly connections?: readonly Connection[];
	readonly pinData?: Workflow['pinData'];
	/** What is filled into the credential otherwise than usual. */
	readonly walletChanges?: object;
	/** More nodes, before the one that writes the pictures. */
	readonly more?: readonly Step[];
}

/** A saved workflow that reads photographs, buys for them, and writes the pictures to `output`. */
export interface Purchase {
	readonly workflow: SavedWorkflow;
	readonly output: string;
}

/** A wallet of n8n's that pays from the sandbox's. */
export async function savedWallet(app: App, changes: object = {}) {
	return await app.session.createCredential('Sandbox', app.walletFields(changes));
}

export async function savedPurchase(app: App, wishes: PurchaseWishes = {}): Promise<Purchase> {
	const { selector, output } = photographs(app.home, wishes.count ?? 1);
	const { parameters, options, settings, more = [], pinData } = wishes;
	const steps = [
		wishes.trigger ?? manualTrigger,
		readFiles(selector),
		sats4Ai({
			serviceUrl: app.sandbox.serviceUrl,
			credential: await savedWallet(app, wishes.walletChanges),
			...(parameters === undefined ? {} : { parameters }),
			...(options === undefined ? {} : { options }),
			...(settings === undefined ? {} : { settings }),
		}),
		...more,
		writeFiles(output),
	];
	const plan = workflow('Purchase', steps, wishes.connections);
	const saved = await app.session.createWorkflow({
		...plan,
		...(pinData === undefined ? {} : { pinData }),
	});
	return { workflow: saved, output };
}

/** Presses *Execute workflow* and waits for the end. */
export async function execute(app: App, saved: SavedWorkflow): Promise<Execution> {
	const started = await app.session.start(saved, manualTrigger.name);
	return await app.session.ended(started);
}

/** An execution that has to succeed. */
export async function executeWell(app: App, saved: SavedWorkflow): Promise<Execution> {
	const execution = await execute(app, saved);
	assert.equal(execution.status, 'success', errorOf(execution));
	return execution;
}

/** Message of a failed execution, for people. */
export function errorOf({ data }: Execution): string {
	const { error } = data.resultData;
	return error === undefined ? 'no error' : `${error.message}\n${error.description ?? ''}`;
}

/** What the node says of a failure in the error of an execution. */
export function reportOf({ data }: Execution): Record<string, unknown> {
	const { error } = data.resultData;
	const context = error !== undefined && 'context' in error ? error.context : {};
	const report = (context as { data?: Record<string, unknown> }).data;
	assert.ok(report, `no report in ${JSON.stringify(error)}`);
	return report;
}
