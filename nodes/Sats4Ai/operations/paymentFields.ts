import type { INodeProperties } from 'n8n-workflow';

/** Who pays, and what is needed where somebody else has paid. */
export const paymentFields: INodeProperties[] = [
	{
		displayName: 'Payment',
		name: 'payment',
		type: 'options',
		// As an expression it would show, and require, the fields of all its choices at once.
		noDataExpression: true,
		options: [
			{
				name: 'Get Invoice Only',
				value: 'invoiceOnly',
				description: 'Ask the price and get an invoice with QR code, pay nothing',
			},
			{
				name: 'Pay a Quote',
				value: 'payQuote',
				description: 'Pay exactly the invoice of a quote, at most once ever',
			},
			{
				name: 'Pay with Wallet',
				value: 'wallet',
				description: 'Pay with the wallet of the credential',
			},
			{
				name: 'Redeem a Paid Invoice',
				value: 'redeem',
				description: 'Use an invoice that was paid elsewhere, by its token and preimage',
			},
		],
		default: 'wallet',
		description: 'Who pays for the picture',
	},
	{
		// Where the editor asks for the credential: beside the choice that needs it.
		displayName: 'Credentials',
		name: 'credentials',
		type: 'credentials',
		default: '',
		displayOptions: { show: { payment: ['wallet', 'payQuote'] } },
	},
	{
		// n8n marks no missing credential that is not `required`, and that would break the other choices.
		displayName:
			'Needs a wallet: choose or create one above. Without one: <i>Get Invoice Only</i>, and pay by phone.',
		name: 'walletNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { payment: ['wallet', 'payQuote'] } },
	},
	{
		displayName: 'Quote',
		name: 'quote',
		type: 'json',
		default: '={{ $json.payment }}',
		required: true,
		hint: 'Give the same operation, picture and parameters as for the quote',
		description: "The payment object that 'Get Invoice Only' put out: token, invoice and order",
		displayOptions: { show: { payment: ['payQuote'] } },
	},
	{
		displayName: 'Token',
		name: 'token',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		placeholder: 'e.g. AgEPc2F0czRhaS…',
		hint: 'payment.token of the item that holds the invoice, not the invoice itself',
		description: 'The token that came with the invoice',
		displayOptions: { show: { payment: ['redeem'] } },
	},
	{
		displayName: 'Preimage',
		name: 'preimage',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 05597d45bf8ce684…',
		hint: 'What the wallet shows of the payment, under its details: 64 digits from 0 to 9 and a to f',
		description: 'The proof of payment that the paying wallet shows',
		displayOptions: { show: { payment: ['redeem'] } },
	},
];
