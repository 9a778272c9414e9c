import type { INodeParameters } from 'n8n-workflow';
import type { Step, StepSettings } from './workflow';

export const SATS4AI = 'Sats4AI';
export const SATS4AI_TYPE = 'n8n-nodes-sats4ai.sats4Ai';

export interface Sats4AiStep {
	readonly serviceUrl: string;
	/** The credential; null: none is chosen. */
	readonly credential: { readonly id: string; readonly name: string } | null;
	readonly parameters?: INodeParameters;
	readonly options?: INodeParameters;
	readonly settings?: StepSettings;
}

/** Our node. Colorizes what is in `data`, unless told otherwise. */
export function sats4Ai(step: Sats4AiStep): Step {
	const { serviceUrl, credential, parameters, options, settings } = step;
	return {
		name: SATS4AI,
		type: SATS4AI_TYPE,
		typeVersion: 1,
		parameters: {
			operation: 'colorizeImage',
			...parameters,
			options: { baseUrl: serviceUrl, ...options },
		},
		settings: {
			...(credential === null ? {} : { credentials: { lightningWalletApi: credential } }),
			...settings,
		},
	};
}
