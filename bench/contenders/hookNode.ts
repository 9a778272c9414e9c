import { execute } from '../../sandbox/engine/engine';
import {
	NodeConnectionTypes,
	type IExecutePaginationFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';
import { clearBinaryData, pictureItems } from '../engine/binaryData';
import { checkItems, itemsOf } from '../engine/outcome';
import type { Contender, ContenderName, Job } from './contender';

/** What a declarative node does with one item. */
export type Hook = (ctx: IExecutePaginationFunctions) => Promise<INodeExecutionData[]>;

const STEP = 'Hook';

/** A declarative node that has nothing but a hook, on the same engine as the node. */
export function hookContender(name: ContenderName, hookFor: (job: Job) => Hook): Contender {
	return {
		name,
		prepare: async (job) => {
			const items = await pictureItems(job.picture, job.items);
			const steps = [{ name: STEP, parameters: {} }];
			const node = hookNode(hookFor(job));
			return async () => {
				const run = await execute({ node, items, steps }).run;
				checkItems(itemsOf(run, STEP), job.items, job.picture.length);
			};
		},
		cleanUp: clearBinaryData,
	};
}

function hookNode(hook: Hook): INodeType {
	return {
		description: {
			displayName: 'Hook',
			name: 'hook',
			group: ['transform'],
			version: 1,
			description: 'Does what a hook says',
			defaults: { name: STEP },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			requestDefaults: {},
			properties: [
				{
					displayName: 'Operation',
					name: 'operation',
					type: 'options',
					options: [
						{
							name: 'Run',
							value: 'run',
							routing: {
								send: { paginate: true },
								operations: {
									async pagination(this: IExecutePaginationFunctions) {
										return await hook(this);
									},
								},
							},
						},
					],
					default: 'run',
				},
			],
		},
	};
}
