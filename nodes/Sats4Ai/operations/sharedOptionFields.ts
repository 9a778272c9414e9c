import type { INodeProperties } from 'n8n-workflow';

const PAID_HERE = { show: { '/payment': ['wallet', 'payQuote'] } };

/** Options of every operation: where the service is, what comes out, how much may be spent. */
export const sharedOptionFields: INodeProperties[] = [
	{
		displayName: 'Service Address (Base URL)',
		name: 'baseUrl',
		type: 'string',
		default: 'https://sats4ai.com',
		placeholder: 'e.g. http://127.0.0.1:4402',
		description: 'Where the service is, for trying things out against the sandbox',
	},
	{
		displayName: 'Claim Refunds',
		name: 'claimRefunds',
		type: 'boolean',
		default: false,
		description:
			'Whether the wallet takes the money back where the service could not deliver and offers that. It must be allowed to make invoices.',
		displayOptions: PAID_HERE,
	},
	{
		displayName: 'Pictures at Once (Concurrency)',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 3,
		description: 'How many items are in work at once',
	},
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '',
		placeholder: 'e.g. portrait.png',
		description: 'Name of the output file. By default the input name with the operation added.',
	},
	{
		displayName: 'Max Fee (Sats)',
		name: 'maxFeeSat',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 10,
		description: 'Most that the Lightning network may charge for routing one payment',
		displayOptions: PAID_HERE,
	},
	{
		displayName: 'Max Total (Sats)',
		name: 'maxTotalSat',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'Most that this node may spend in one execution, fees included. 0 means no limit if typed; an expression that gives 0 is refused.',
		displayOptions: PAID_HERE,
	},
	{
		displayName: 'Payment Timeout (Seconds)',
		name: 'paymentTimeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description: 'How long to wait for a payment to be confirmed',
		displayOptions: PAID_HERE,
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyOutput',
		type: 'string',
		default: 'data',
		hint: 'The name of the output field that receives the picture',
		description: 'Name of the binary field of the output item',
	},
	{
		displayName: 'Request Timeout (Seconds)',
		name: 'requestTimeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 300,
		description: 'How long to wait for the picture once it is paid, all attempts together',
	},
	{
		displayName: 'Always Make Anew (Skip Dedup)',
		name: 'skipDedup',
		type: 'boolean',
		default: false,
		description: 'Whether to ask for a fresh picture where the service has just made the same one',
	},
];
