import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

const shownFor = (...wallet: string[]) => ({ show: { wallet } });

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
			options: [
				{ name: 'Core Lightning', value: 'cln', description: 'Your node, over clnrest' },
				{ name: 'LNbits', value: 'lnbits', description: 'A wallet on an LNbits server' },
				{ name: 'LND', value: 'lnd', description: 'Your node, over its REST API' },
				{
					name: 'Nostr Wallet Connect',
					value: 'nwc',
					description: 'Alby Hub, Coinos, Primal, Zeus and others',
				},
				{ name: 'Phoenixd', value: 'phoenixd', description: 'Your phoenixd server' },
			],
			default: 'nwc',
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
			description:
				'The connection string the wallet shows for a new app. It needs the permissions to pay and to look up payments. Needs n8n on Node.js 22 or later.',
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			displayOptions: shownFor('cln', 'lnbits', 'lnd', 'phoenixd'),
			required: true,
			default: '',
			placeholder: 'e.g. https://192.168.1.20:8080',
			description:
				'Address of the API of the wallet, as n8n reaches it: port 8080 for LND, 3010 for Core Lightning, 9740 for phoenixd; for LNbits without the part that begins with /wallet',
		},
		{
			displayName: 'Admin Key',
			name: 'adminKey',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: shownFor('lnbits'),
			required: true,
			default: '',
			placeholder: 'e.g. 9c5e1f0b…',
			description: 'Admin key of the LNbits wallet. The invoice key cannot pay.',
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
			description: 'The http-password of phoenix.conf. The limited-access password cannot pay.',
		},
		{
			displayName: 'CA Certificate',
			name: 'caCertificate',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			displayOptions: shownFor('cln', 'lnd'),
			default: '',
			placeholder: 'e.g. -----BEGIN CERTIFICATE-----',
			description:
				'Certificate of the node, as PEM: tls.cert of LND, ca.pem of Core Lightning. Not needed behind a public certificate. Needs n8n 2.20 or later.',
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSslIssues',
			type: 'boolean',
			displayOptions: shownFor('cln', 'lnd'),
			default: false,
			description:
				'Whether to connect whatever certificate the node shows. Only for a node on the same machine or in a network you trust.',
		},
		{
			displayName: 'Network',
			name: 'network',
			type: 'options',
			options: [
				{ name: 'Mainnet', value: 'mainnet' },
				{ name: 'Regtest', value: 'regtest' },
				{ name: 'Signet', value: 'signet' },
				{ name: 'Testnet', value: 'testnet' },
			],
			default: 'mainnet',
			description: 'An invoice of another network is refused',
		},
		{
			displayName: 'Max Payment (Sats)',
			name: 'maxPaymentSat',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1000,
			description: 'No payment above this is made with this wallet, whatever a workflow says',
		},
	];
}
