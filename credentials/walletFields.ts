import type { INodeProperties } from 'n8n-workflow';

/** Shown where one of these wallets is chosen. */
export const shownFor = (...wallet: string[]) => ({ show: { wallet } });

/** The same field for each wallet that has an address, with an example of its own. */
export function urlField(wallet: string, example: string, hint: string): INodeProperties {
	return {
		displayName: 'URL',
		name: 'url',
		type: 'string',
		displayOptions: shownFor(wallet),
		required: true,
		default: '',
		placeholder: `e.g. ${example}`,
		hint,
		description: 'Address of the API of the wallet, as n8n reaches it',
	};
}
