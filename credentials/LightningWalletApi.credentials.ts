import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { shownFor, urlField } from './walletFields';

/**
 * A Lightning wallet that pays. No `authenticate`: it would send the wallet's secret to whatever
 * host a request of the node goes to. The node's `lightningWalletApiTest` tests it, without paying.
 */
export class LightningWalletApi implements ICredentialType {
	name = 'lightningWalletApi';
	displayName = 'Lightning Wallet API';

	icon: Icon = { light: 'file:lightningWallet.svg', dark: 'file:lightningWallet.dark.svg' };

	documentationUrl = 'https://github.com/sats4ai/n8n-nodes-sats4ai/blob/main/docs/wallets.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Wallet',
			name: 'wallet',
			type: 'options',
			noDataExpression: true,
			// The easiest first.
			options: [
				{
					name: 'Nostr Wallet Connect',
					value: 'nwc',
					description:
						'A wallet on the phone or the web: Alby Hub, Coinos, Primal, Zeus and others',
				},
				{ name: 'LNbits', value: 'lnbits', description: 'A wallet on an LNbits server' },
				{ name: 'Phoenixd', value: 'phoenixd', description: 'Your phoenixd, beside n8n' },
				{ name: 'LND', value: 'lnd', description: 'Your node, over its REST API' },
				{ name: 'Core Lightning', value: 'cln', description: 'Your node, over clnrest' },
			],
			default: 'nwc',
			hint: 'The easiest to set up comes first',
		},
		{
			displayName: 'Connection String',
			name: 'connectionString',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: shownFor('nwc'),
			required: true,
			default: '',
			placeholder: 'e.g. nostr+walletconnect://…?relay=wss://…&secret=…',
			hint: 'In the wallet: add an app or connection, allow it to pay and to look up, give it a budget, copy its text',
			description: 'What the wallet shows for a new app. Needs n8n on Node.js 22 or later.',
		},
		urlField(
			'lnbits',
			'https://lnbits.example.com',
			'The address of the server, as in the browser',
		),
		urlField('phoenixd', 'http://127.0.0.1:9740', 'Usually port 9740 on the machine of n8n'),
		urlField('lnd', 'https://192.168.1.20:8080', 'The REST API, usually port 8080; 10009 is gRPC'),
		urlField('cln', 'https://192.168.1.20:3010', 'The clnrest plugin, usually port 3010'),
		{
			displayName: 'Admin Key',
			name: 'adminKey',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: shownFor('lnbits'),
			required: true,
			default: '',
			placeholder: 'e.g. 9c5e1f0b…',
			hint: 'In LNbits: open the wallet, then API docs or Node URL, API keys. The invoice key cannot pay.',
			description: 'The key that may pay from this wallet',
		},
		{
			displayName: 'Macaroon',
			name: 'macaroon',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: shownFor('lnd'),
			required: true,
			default: '',
			placeholder: 'e.g. 0201036c6e64…',
			hint: 'One that may only pay and look up: the documentation of this credential has the command',
			description: 'Content of the macaroon file, as hex or base64',
		},
		{
			displayName: 'Rune',
			name: 'rune',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: shownFor('cln'),
			required: true,
			default: '',
			placeholder: 'e.g. b2xkIG1hc3RlciBydW5l…',
			hint: 'One with limits: the documentation of this credential has the command',
			description: 'The rune that lightning-cli createrune gives',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: shownFor('phoenixd'),
			required: true,
			default: '',
			placeholder: 'e.g. 3c1d5e7f…',
			hint: 'The line http-password of phoenix.conf. The limited-access password cannot pay.',
			description: 'The password of the API of phoenixd',
		},
		{
			displayName: 'CA Certificate',
			name: 'caCertificate',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			displayOptions: shownFor('cln', 'lnd'),
			default: '',
			placeholder: 'e.g. -----BEGIN CERTIFICATE-----',
			hint: 'For a self-signed node: tls.cert of LND, ca.pem of Core Lightning',
			description: 'Certificate of the node, as PEM. Needs n8n 2.20 or later.',
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSslIssues',
			type: 'boolean',
			displayOptions: shownFor('cln', 'lnd'),
			default: false,
			hint: 'Only for a node on the same machine, or in a network you trust',
			description: 'Whether to connect whatever certificate the node shows',
		},
		{
			displayName: 'Network',
			name: 'network',
			type: 'options',
			options: [
				{ name: 'Mainnet (Real Money)', value: 'mainnet' },
				{ name: 'Regtest (Sandbox)', value: 'regtest' },
				{ name: 'Signet', value: 'signet' },
				{ name: 'Testnet', value: 'testnet' },
			],
			default: 'mainnet',
			hint: 'An invoice of another network is refused',
		},
		{
			displayName: 'Max Payment (Sats)',
			name: 'maxPaymentSat',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1000,
			hint: 'No payment above this is made with this wallet, whatever a workflow says',
		},
		{
			displayName: 'Max per Day (Sats)',
			name: 'maxPerDaySat',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			hint: 'No more than this leaves the wallet within 24 hours, whoever pays, fees included. 0 for no limit.',
			description: 'The wallet must be allowed to list its payments',
		},
	];
}
