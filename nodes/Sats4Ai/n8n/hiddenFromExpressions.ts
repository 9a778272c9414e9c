import type { ICredentialsDisplayOptions, INodeProperties } from 'n8n-workflow';

/**
 * What the engine of declarative nodes gets in the wallet's place. It reads every parameter once
 * with `$credentials` in scope, so that whoever writes an expression could read the wallet's
 * secret. Of several credentials it takes the one shown for the parameter `authentication`: this
 * one, whose type no package defines, so that nobody can have it; and no version of the node shows
 * it, neither to the engine nor in the editor. `$credentials` is then undefined.
 * docs/decisions/0013-expressions-get-a-credential-nobody-has.md
 *
 * n8n says this name in its log when it starts.
 */
export const NOBODYS_CREDENTIAL = 'noneForExpressionsApi';

/** "@version" comes first: an expression in a condition before it would count as shown. */
export const shownToNobody: ICredentialsDisplayOptions = {
	show: { '@version': [], authentication: ['none'] },
};

/** The parameter that the engine chooses by. Another value than this one ends the run. */
export const authenticationField: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'hidden',
	default: 'none',
};
