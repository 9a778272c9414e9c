import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { exchangeFor } from '../n8n/exchange';
import { authenticationField } from '../n8n/hiddenFromExpressions';
import { operations } from './index';
import { bodyOptionFields } from './bodyOptionFields';
import { imageFields } from './imageFields';
import type { Operation } from './operation';
import { paymentFields } from './paymentFields';
import { sharedOptionFields } from './sharedOptionFields';

const valuesWhere = (condition: (index: (typeof operations)[number]) => boolean): string[] =>
	operations.filter(condition).map(({ value }) => value);

const operationSelector: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: operations.map((operation) => ({
		name: operation.name,
		value: operation.value,
		action: operation.action,
		description: operation.description,
		routing: {
			request: { method: 'POST' as const, url: operation.path },
			send: { paginate: true },
			operations: { pagination: exchangeFor(operation) },
		},
	})),
	default: 'colorizeImage',
};

/** What a published price is in US cents, where a bitcoin costs 100,000 dollars: a measure, no rate. */
function usCents(publishedSats: string): string {
	return publishedSats.replace(/\d+/g, (sats) => String(Number(sats) / 10));
}

/** The price, and where to look for what else concerns it: nobody opens a list of options by chance. */
function priceHint({
	publishedSats,
	isPricedByModel,
	optionNames,
}: Pick<Operation, 'publishedSats' | 'isPricedByModel' | 'optionNames'>): string {
	const price = `${publishedSats} sats${isPricedByModel === true ? ' by model' : ''}`;
	const measure = `${usCents(publishedSats)} US cents at $100,000 a bitcoin`;
	const more = optionNames.includes('modelId')
		? 'Under Options: Model ID, Max Total'
		: 'For a whole run: Options, Max Total';
	return `Published price: ${price} (${measure}). ${more}`;
}

/** The same parameter once for each operation: each has its own default, and its own price. */
const maxPriceFields: INodeProperties[] = operations.map(
	({ value, defaultMaxPriceSat, ...priced }) => ({
		displayName: 'Max Price (Sats)',
		name: 'maxPriceSat',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: defaultMaxPriceSat,
		required: true,
		hint: priceHint(priced),
		description:
			"A picture that costs more is not bought. What a whole run may spend is limited by 'Max Total (Sats)' under Options.",
		displayOptions: { show: { operation: [value], payment: ['wallet', 'payQuote'] } },
	}),
);

/** What most look for comes first. */
const SOUGHT = ['maxTotalSat', 'modelId'];

const optionFields: INodeProperties[] = [
	...bodyOptionFields.map((field) => ({
		...field,
		displayOptions: {
			show: { '/operation': valuesWhere(({ optionNames }) => optionNames.includes(field.name)) },
		},
	})),
	...sharedOptionFields,
]
	// Not by locale: the collator alone would take longer to load than the rest of the node.
	.sort((a, b) => (a.displayName < b.displayName ? -1 : 1))
	.sort((a, b) => Number(SOUGHT.includes(b.name)) - Number(SOUGHT.includes(a.name)));

/** Agents hand over text alone, and pay with each call. */
const toolNotice: INodeProperties = {
	displayName:
		"As an agent's tool: choose <i>Generate Image</i>, or set <i>Image Source</i> to <i>URL</i>. Write the description of the tool yourself, and never let the model fill in <i>Max Price</i>.",
	name: 'toolNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { '@tool': [true] } },
};

/** All parameters of the node. */
export const properties: INodeProperties[] = [
	toolNotice,
	operationSelector,
	...updateDisplayOptions(
		{ show: { operation: valuesWhere(({ takesImage }) => takesImage) } },
		imageFields,
	),
	...operations.flatMap(({ value, fields }) =>
		updateDisplayOptions({ show: { operation: [value] } }, fields),
	),
	...paymentFields,
	...maxPriceFields,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: optionFields,
	},
	authenticationField,
];
