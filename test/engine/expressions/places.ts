import type { IDataObject, INodeProperties, INodeTypeDescription } from 'n8n-workflow';

/** A place in the node where an expression can stand, and the parameters that make n8n read it. */
export interface Place {
	readonly name: string;
	readonly parameters: (expression: string) => IDataObject;
	readonly options: (expression: string) => IDataObject;
}

/** What a parameter is shown for: the first choice of every condition. */
function shownFor({ displayOptions }: INodeProperties): IDataObject {
	const conditions = Object.entries(displayOptions?.show ?? {});
	return Object.fromEntries(
		conditions.map(([name, values]) => [name.replace('/', ''), values?.[0] as string]),
	);
}

/** What some operation insists on. */
const REQUIRED = { prompt: 'A boat', objects: 'the boat', token: 'x', preimage: 'x', quote: '{}' };

const asParameter = (
	property: INodeProperties,
	nested = (text: string): unknown => text,
): Place => ({
	name: property.name,
	parameters: (text) => ({
		...REQUIRED,
		...shownFor(property),
		payment: 'wallet',
		[property.name]: nested(text) as IDataObject,
	}),
	options: () => ({}),
});

const asOption = (property: INodeProperties, nested = (text: string): unknown => text): Place => ({
	name: `options.${property.name}`,
	parameters: () => ({ ...REQUIRED, ...shownFor(property) }),
	options: (text) => ({ [property.name]: nested(text) as IDataObject }),
});

/** As it stands in the field, or as somebody writes it down by hand where n8n expects a choice from a list. */
function nestingsOf({ name, type }: INodeProperties): ReadonlyArray<(text: string) => unknown> {
	const plain = (text: string): unknown => text;
	if (type !== 'resourceLocator' && name !== 'prompt' && name !== 'baseUrl') return [plain];
	const choice = { __rl: true, mode: 'id' };
	return [plain, (text) => ({ ...choice, value: text, cachedResultName: [{ deep: text }] })];
}

/** Every parameter and option of the node, n8n's own request options, and keys that nobody described. */
export function placesOf({ properties }: INodeTypeDescription): readonly Place[] {
	return onceEach(properties).flatMap((property): Place[] => {
		const { name, type, options = [] } = property;
		if (type !== 'collection')
			return nestingsOf(property).map((nested) => asParameter(property, nested));
		const inside = options.filter((option): option is INodeProperties => 'type' in option);
		const nobodys: INodeProperties = {
			name: 'nobodys',
			displayName: '',
			type: 'string',
			default: '',
		};
		return onceEach([...inside, nobodys]).flatMap((option) =>
			name === 'options'
				? nestingsOf(option).map((nested) => asOption(option, nested))
				: [asParameter(property, (text) => ({ [option.name]: text, batch: { batch: text } }))],
		);
	});
}

/** A parameter that is described for each operation is one place. */
function onceEach(properties: readonly INodeProperties[]): INodeProperties[] {
	return [...new Map(properties.map((property) => [property.name, property])).values()];
}
