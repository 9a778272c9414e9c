import '../../../sandbox/engine/environment';
import 'reflect-metadata';
import { getRequestHelperFunctions } from 'n8n-core/dist/execution-engine/node-execution-context/utils/request-helpers/index.js';
import {
	Workflow,
	type INode,
	type IWorkflowExecuteAdditionalData,
	type RequestHelperFunctions,
} from 'n8n-workflow';

const node: INode = {
	id: 'requests',
	name: 'Requests',
	type: 'sats4Ai',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** n8n's own request helpers, as a node and as a credential test are given them. */
export function n8nRequests(): RequestHelperFunctions {
	const nodeTypes = {
		getByName: () => {
			throw new Error('No node is run here');
		},
		getByNameAndVersion: () => ({ description: { properties: [] } }) as never,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({
		id: 'requests',
		nodes: [node],
		connections: {},
		nodeTypes,
		active: false,
	});
	const additionalData = {} as unknown as IWorkflowExecuteAdditionalData;
	return getRequestHelperFunctions(workflow, node, additionalData);
}
