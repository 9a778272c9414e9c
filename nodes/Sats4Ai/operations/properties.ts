import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { exchangeFor } from '../purchase/exchange';
import { operations } from './index';
import { bodyOptionFields, sharedOptionFields } from './optionFields';

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

const imageFields: INodeProperties[] = [
	{
		displayName: 'Image Source',
		name: 'imageSource',
		type: 'options',
		options: [
			{ name: 'Base64', value: 'base64', description: 'Text: base64 or a data URI' },
			{ name: 'Binary File', value: 'binary', description: 'A file that comes with the item' },
			{ name: 'URL', value: 'url', description: 'A picture on the web' },
		],
		default: 'binary',
		description: 'Where the picture to work on comes from',
	},
	{
		displayName: 'Input Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the input field containing the picture',
		displayOptions: { show: { imageSource: ['binary'] } },
	},
	{
		displayName: 'Image (Base64)',
		name: 'imageBase64',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. iVBORw0KGgo…',
		description: 'The picture as base64 text, with or without a data URI in front',
		displayOptions: { show: { imageSource: ['base64'] } },
	},
	{
		displayName: 'Image URL',
		name: 'imageUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/photo.jpg',
		description: 'Address of the picture, fetched by this node',
		displayOptions: { show: { imageSource: ['url'] } },
	},
];

const paymentFields: INodeProperties[] = [
	{
		displayName: 'Payment',
		name: 'payment',
		type: 'options',
		options: [
			{
				name: 'Get Invoice Only',
				value: 'invoiceOnly',
				description: 'Ask the price and get an invoice with QR code, pay nothing',
			},
			{
				name: 'Pay with Wallet',
				value: 'wallet',
				description: 'Pay with the wallet of the credential',
			},
			{
				name: 'Redeem',
				value: 'redeem',
				description: 'Use an invoice that was paid elsewhere, by its token and preimage',
			},
		],
		default: 'wallet',
		description: 'Who pays for the picture',
	},
	{
		displayName: 'Token',
		name: 'token',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		description: 'The token that came with the invoice',
		displayOptions: { show: { payment: ['redeem'] } },
	},
	{
		displayName: 'Preimage',
		name: 'preimage',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 64 characters from 0 to 9 and a to f',
		description: 'The proof of payment that the paying wallet shows',
		displayOptions: { show: { payment: ['redeem'] } },
	},
];

/** The same parameter once per default, each shown for the operations that have that default. */
const maxPriceFields: INodeProperties[] = [
	...new Set(operations.map(({ defaultMaxPriceSat }) => defaultMaxPriceSat)),
].map((defaultSat) => ({
	displayName: 'Max Price (Sats)',
	name: 'maxPriceSat',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: defaultSat,
	required: true,
	description: 'A picture that costs more is not bought',
	displayOptions: {
		show: {
			operation: valuesWhere(({ defaultMaxPriceSat }) => defaultMaxPriceSat === defaultSat),
			payment: ['wallet'],
		},
	},
}));

const optionFields: INodeProperties[] = [
	...bodyOptionFields.map((field) => ({
		...field,
		displayOptions: {
			show: { '/operation': valuesWhere(({ optionNames }) => optionNames.includes(field.name)) },
		},
	})),
	...sharedOptionFields,
].sort((a, b) => a.displayName.localeCompare(b.displayName));

/** All parameters of the node. */
export const properties: INodeProperties[] = [
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
];
