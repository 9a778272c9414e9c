import type { IDataObject } from 'n8n-workflow';
import type { Step } from './workflow';

/** Nodes of n8n's own that the workflows here are made of. */

export const manualTrigger: Step = {
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	parameters: {},
};

export const everySecond: Step = {
	name: 'Start',
	type: 'n8n-nodes-base.scheduleTrigger',
	typeVersion: 1.2,
	parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] } },
};

/** Called by *Execute Workflow*, with all of its data. */
export const calledByWorkflow: Step = {
	name: 'Start',
	type: 'n8n-nodes-base.executeWorkflowTrigger',
	typeVersion: 1.1,
	parameters: { inputSource: 'passthrough' },
};

/** Reads files into `data`, one item for each that fits. */
export function readFiles(selector: string): Step {
	return {
		name: 'Read Photographs',
		type: 'n8n-nodes-base.readWriteFile',
		typeVersion: 1,
		parameters: { operation: 'read', fileSelector: selector, options: {} },
	};
}

/** Writes `data` into a folder, under the file name it has. */
export function writeFiles(folder: string): Step {
	return {
		name: 'Write Pictures',
		type: 'n8n-nodes-base.readWriteFile',
		typeVersion: 1,
		parameters: {
			operation: 'write',
			fileName: `=${folder}/{{ $binary.data.fileName }}`,
			dataPropertyName: 'data',
			options: {},
		},
	};
}

/** One item with this JSON, and the binary fields of the item before it. */
export function editFields(json: IDataObject): Step {
	return {
		name: 'Edit Fields',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'raw',
			jsonOutput: JSON.stringify(json),
			includeOtherFields: false,
			options: { stripBinary: false },
		},
	};
}

/** One item after the other: output 1 leads into the loop, output 0 out of it. */
export const loopOverItems: Step = {
	name: 'Loop Over Items',
	type: 'n8n-nodes-base.splitInBatches',
	typeVersion: 3,
	parameters: { batchSize: 1, options: {} },
};

export function executeWorkflow(workflowId: string): Step {
	return {
		name: 'Execute Workflow',
		type: 'n8n-nodes-base.executeWorkflow',
		typeVersion: 1.2,
		parameters: {
			source: 'database',
			workflowId: { __rl: true, mode: 'id', value: workflowId },
			workflowInputs: { mappingMode: 'defineBelow', value: {} },
			mode: 'once',
			options: { waitForSubWorkflow: true },
		},
	};
}
