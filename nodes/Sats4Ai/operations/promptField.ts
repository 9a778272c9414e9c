import type { INodeProperties } from 'n8n-workflow';

/** Where it is empty. */
export const PROMPT_HINT = 'Write what the picture should show.';

/** The `prompt` of an operation, sent under `bodyKey`. */
export function promptField(
	bodyKey: string,
	placeholder: string,
	description = 'What the picture should show, in plain words',
): INodeProperties {
	return {
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		required: true,
		placeholder,
		description,
		routing: { send: { type: 'body', property: bodyKey } },
	};
}
