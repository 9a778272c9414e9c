import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { PurchaseSteps, StepsTask } from './step';

/** What one picture costs, step by step. */
export async function measureSteps(task: StepsTask): Promise<PurchaseSteps> {
	const child = fork(join(__dirname, 'stepsMain.ts'));
	const steps = new Promise<PurchaseSteps>((resolve, reject) => {
		child.once('message', (message) => resolve(message as PurchaseSteps));
		child.once('exit', () => reject(new Error('The steps were not measured')));
	});
	child.send(task);
	return await steps;
}
