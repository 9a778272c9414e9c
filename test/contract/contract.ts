import type {
	ICredentialType,
	INodeProperties,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import { SPENT_BY_CODE } from '../../nodes/Sats4Ai/purchase/report/failure';

/** What users' saved workflows depend on, each entry a line of text: its path and what it holds. */
export type Contract = Readonly<Record<string, unknown>>;

/** Reads it off the built node and credential, and off items of real runs. */
export function contractOf(
	node: INodeType,
	credential: ICredentialType,
	outputs: Readonly<Record<string, unknown>>,
): Contract {
	return Object.fromEntries([
		['node.name', node.description.name],
		['node.version', node.description.version],
		['credential.name', credential.name],
		...properties('node', node.description.properties),
		...properties('credential', credential.properties),
		...Object.entries(outputs).flatMap(([name, item]) => keys(`output.${name}`, item)),
		...Object.entries(SPENT_BY_CODE).map(([code, spent]) => [`error.${code}`, spent]),
	]);
}

/** Notices and hidden fields hold nothing that a workflow saves on purpose. */
function properties(path: string, fields: readonly INodeProperties[]): Array<[string, unknown]> {
	return fields
		.filter(({ type }) => !['notice', 'hidden', 'credentials'].includes(type))
		.flatMap((field) => {
			const own = `${path}.${field.name}${conditions(field)}`;
			const entry: [string, unknown] = [own, { type: field.type, default: field.default }];
			const inner = (field.options ?? []) as Array<INodePropertyOptions | INodeProperties>;
			if (field.type === 'collection') return [entry, ...properties(own, inner.filter(isField))];
			return [
				entry,
				...inner
					.filter((option) => 'value' in option)
					.map(({ value }): [string, unknown] => [`${own}=${String(value)}`, true]),
			];
		});
}

/** The operations that one name is shown for, where it has a default for each. */
function conditions({ displayOptions }: INodeProperties): string {
	const operations = displayOptions?.show?.operation ?? displayOptions?.show?.wallet;
	return operations?.length === 1 ? `(${String(operations[0])})` : '';
}

function isField(option: INodePropertyOptions | INodeProperties): option is INodeProperties {
	return 'type' in option;
}

/** Every key of an item's JSON, and the kind of what it holds. */
function keys(path: string, value: unknown): Array<[string, unknown]> {
	if (typeof value !== 'object' || value === null)
		return [[path, value === null ? 'null' : typeof value]];
	return Object.entries(value).flatMap(([key, inner]) => keys(`${path}.${key}`, inner));
}

/** What is gone or different, and what is new. */
export function compare(saved: Contract, current: Contract): { broken: string[]; added: string[] } {
	const same = (path: string) => JSON.stringify(saved[path]) === JSON.stringify(current[path]);
	return {
		broken: Object.keys(saved).filter((path) => !same(path)),
		added: Object.keys(current).filter((path) => !(path in saved)),
	};
}
