import type { IDataObject } from 'n8n-workflow';
import type { Step } from '../sandbox/engine/engine';
import type { Operation } from '../sandbox/service/endpoints';

/** One node of the demo's workflow. */
export interface PlannedStep {
	readonly operation: Operation;
	/** Name of the node, as the selector of the node calls the operation. */
	readonly title: string;
	/** Stands in the names of the files. */
	readonly verb: string;
	readonly parameters: IDataObject;
}

const EDIT: PlannedStep = {
	operation: 'editImage',
	title: 'Edit Image',
	verb: 'edit',
	parameters: { prompt: 'Make it an old black-and-white photograph', maxPriceSat: 500 },
};

const GENERATE: PlannedStep = {
	operation: 'generateImage',
	title: 'Generate Image',
	verb: 'generate',
	parameters: {
		prompt: 'A windmill in a field, sunny day',
		model: 'Best',
		width: 768,
		height: 512,
		maxPriceSat: 500,
	},
};

const COLORIZE: PlannedStep = {
	operation: 'colorizeImage',
	title: 'Colorize Image',
	verb: 'colorize',
	parameters: { maxPriceSat: 50 },
};

const RESTORE: PlannedStep = {
	operation: 'restoreFace',
	title: 'Restore Face',
	verb: 'restore',
	parameters: { fidelity: 0.5, maxPriceSat: 50, options: { upscale: 1 } },
};

const UPSCALE: PlannedStep = {
	operation: 'upscaleImage',
	title: 'Upscale Image',
	verb: 'upscale',
	parameters: { scale: 2, maxPriceSat: 50 },
};

const DEBLUR: PlannedStep = {
	operation: 'deblurImage',
	title: 'Deblur Image',
	verb: 'deblur',
	parameters: { maxPriceSat: 300 },
};

const REMOVE_OBJECT: PlannedStep = {
	operation: 'removeObject',
	title: 'Remove Object',
	verb: 'remove-object',
	parameters: { objects: 'a bird', maxPriceSat: 300 },
};

const REMOVE_BACKGROUND: PlannedStep = {
	operation: 'removeBackground',
	title: 'Remove Background',
	verb: 'remove-background',
	parameters: { maxPriceSat: 100 },
};

/** Without photographs the first picture is made from words. */
export function planFor(photographs: readonly unknown[], all = false): readonly PlannedStep[] {
	const others = all ? [DEBLUR, REMOVE_OBJECT, REMOVE_BACKGROUND] : [];
	const improve = [COLORIZE, RESTORE, UPSCALE, ...others];
	return photographs.length === 0 ? [GENERATE, EDIT, ...improve] : improve;
}

/** The plan as nodes, each paying with the wallet of the credential. */
export function workflowSteps(plan: readonly PlannedStep[], serviceUrl: string): Step[] {
	return plan.map(({ title, operation, parameters }) => {
		const { options, ...others } = parameters;
		return {
			name: title,
			parameters: {
				operation,
				payment: 'wallet',
				...others,
				options: { baseUrl: serviceUrl, ...(options as IDataObject | undefined) },
			},
		};
	});
}
