import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import {
	NodeHelpers,
	type ICredentialType,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { loadNode } from '../../sandbox/engine/loadNode';

const node = loadNode();
const { description } = node;

/** What a user sets: not the place where the editor asks for the credential, nor what it hides, nor notices. */
const parameters = description.properties.filter(
	({ type }) => !['credentials', 'hidden', 'notice'].includes(type),
);

/** The parameters that the editor shows, with the values they start with. */
function shown(chosen: INodeParameters): INodeParameters {
	const instance = { typeVersion: 1, parameters: chosen } as unknown as INode;
	const all = NodeHelpers.getNodeParameters(parameters, chosen, true, false, instance, description);
	return all ?? {};
}

/** Values of a list of choices. */
function valuesOf(name: string): unknown[] {
	const field = parameters.find((property) => property.name === name);
	return (field?.options ?? []).map((option) => ('value' in option ? option.value : undefined));
}

/** The options on offer for an operation, with the values they start with. */
function offered(operation: string): Record<string, unknown> {
	const collection = parameters.find(({ name }) => name === 'options');
	const options = (collection?.options ?? []) as INodeProperties[];
	const visible = options.filter(({ displayOptions }) => {
		const operations = displayOptions?.show?.['/operation'];
		return operations === undefined || operations.some((value) => value === operation);
	});
	return Object.fromEntries(visible.map((option) => [option.name, option.default]));
}

const image = { imageSource: 'binary', binaryPropertyName: 'data' };
const wallet = { payment: 'wallet', options: {} };
const own: ReadonlyArray<[string, INodeParameters, readonly string[]]> = [
	['colorizeImage', { ...image, maxPriceSat: 50 }, ['modelSize']],
	['deblurImage', { ...image, maxPriceSat: 300 }, ['taskType']],
	[
		'editImage',
		{ ...image, prompt: '', maxPriceSat: 500 },
		['aspectRatio', 'modelId', 'outputFormat'],
	],
	['generateImage', { prompt: '', model: 'Best', width: 1024, height: 1024, maxPriceSat: 500 }, []],
	['removeBackground', { ...image, maxPriceSat: 100 }, []],
	['removeObject', { ...image, objects: '', maxPriceSat: 300 }, []],
	[
		'restoreFace',
		{ ...image, fidelity: 0.5, maxPriceSat: 50 },
		['backgroundEnhance', 'faceUpsample', 'modelId', 'upscale'],
	],
	['upscaleImage', { ...image, scale: 4, maxPriceSat: 50 }, ['faceEnhance', 'modelId']],
];

describe('the node', () => {
	it('is called what saved workflows call it, and is declarative', () => {
		expect(description).toMatchObject({ name: 'sats4Ai', displayName: 'Sats4AI', version: 1 });
		expect(description.requestDefaults).toBeDefined();
		expect(node).not.toHaveProperty('execute');
		expect(valuesOf('operation')).toEqual(own.map(([operation]) => operation));
	});

	it.each(own)('has for %s the parameters it should, at their defaults', (operation, expected) => {
		expect(shown({ operation })).toEqual({ operation, ...expected, ...wallet });
	});

	it.each(own)('offers for %s the options it should', (operation, _parameters, names) => {
		const common = {
			baseUrl: 'https://sats4ai.com',
			binaryPropertyOutput: 'data',
			claimRefunds: false,
			concurrency: 3,
			fileName: '',
			maxFeeSat: 10,
			maxTotalSat: 0,
			paymentTimeout: 60,
			requestTimeout: 300,
			skipDedup: false,
		};
		const options = offered(operation);
		expect(options).toMatchObject(common);
		expect(Object.keys(options).sort()).toEqual([...Object.keys(common), ...names].sort());
	});

	it('shows the fields of what is chosen, and no others', () => {
		const colorize = { operation: 'colorizeImage' };
		const without = (chosen: INodeParameters) => Object.keys(shown(chosen)).sort();
		expect(without({ ...colorize, imageSource: 'base64', payment: 'invoiceOnly' })).toEqual(
			['imageBase64', 'imageSource', 'operation', 'options', 'payment'].sort(),
		);
		expect(without({ ...colorize, imageSource: 'url', payment: 'redeem' })).toEqual(
			['imageSource', 'imageUrl', 'operation', 'options', 'payment', 'preimage', 'token'].sort(),
		);
		const quoted = { ...colorize, imageSource: 'url', payment: 'payQuote' };
		expect(without(quoted)).toEqual(
			[
				...['imageSource', 'imageUrl', 'maxPriceSat', 'operation', 'options'],
				...['payment', 'quote'],
			].sort(),
		);
		expect(shown(quoted).quote).toBe('={{ $json.payment }}');
		expect(valuesOf('imageSource').sort()).toEqual(['base64', 'binary', 'url']);
		expect(valuesOf('payment').sort()).toEqual(['invoiceOnly', 'payQuote', 'redeem', 'wallet']);
		expect(valuesOf('model').sort()).toEqual(['Best', 'Better', 'Standard']);
		expect(valuesOf('scale')).toEqual([2, 4]);
	});

	it('says where it pays that a wallet is needed, since n8n marks none that is missing', () => {
		const notice = description.properties.find(({ name }) => name === 'walletNotice');
		expect(notice).toMatchObject({
			type: 'notice',
			displayOptions: { show: { payment: ['wallet', 'payQuote'] } },
		});
		expect(notice?.displayName).toMatch(/^Needs a wallet/);
	});

	it('offers first what most look for: the limit of a run, and the model', () => {
		const collection = parameters.find(({ name }) => name === 'options');
		const names = (collection?.options ?? []).map(({ name }) => name);
		expect(names.slice(0, 2).sort()).toEqual(['maxTotalSat', 'modelId']);
	});

	it('has hints of one line, each price with a measure', () => {
		const hints = parameters.flatMap(({ hint }) => (hint === undefined ? [] : [hint]));
		expect(hints.filter((hint) => hint.length > 120)).toEqual([]);
		const prices = parameters.filter(({ name }) => name === 'maxPriceSat');
		expect(prices).toHaveLength(own.length);
		for (const { hint } of prices) expect(hint).toMatch(/\d sats.*US cents.*Max Total$/);
	});

	it('wants a credential only where it pays, and does not insist', () => {
		expect(description.credentials?.[0]).toMatchObject({
			name: 'lightningWalletApi',
			displayOptions: { show: { payment: ['wallet', 'payQuote'] } },
		});
		expect(description.credentials?.[0]?.required ?? false).toBe(false);
	});
});

describe('the credential', () => {
	const file = resolve(__dirname, '../../dist/credentials/LightningWalletApi.credentials.js');
	const { LightningWalletApi } = createRequire(file)(file) as {
		LightningWalletApi: new () => ICredentialType;
	};
	const { name, properties, ...rest } = new LightningWalletApi();

	it('has the fields it should', () => {
		expect(name).toBe('lightningWalletApi');
		const wallets = {
			url: ['cln', 'lnbits', 'lnd', 'phoenixd'],
			macaroon: ['lnd'],
			adminKey: ['lnbits'],
			password: ['phoenixd'],
			rune: ['cln'],
			connectionString: ['nwc'],
			caCertificate: ['cln', 'lnd'],
			ignoreSslIssues: ['cln', 'lnd'],
			wallet: undefined,
			network: undefined,
			maxPaymentSat: undefined,
			maxPerDaySat: undefined,
		};
		const fields = new Map<string, unknown[] | undefined>();
		for (const { name, displayOptions } of properties) {
			const shown = displayOptions?.show?.wallet;
			fields.set(name, shown && [...(fields.get(name) ?? []), ...shown].sort());
		}
		expect(Object.fromEntries(fields)).toEqual(wallets);
		const defaults = new Map(properties.map((field) => [field.name, field.default]));
		expect(defaults.get('network')).toBe('mainnet');
		expect(defaults.get('maxPaymentSat')).toBe(1000);
		expect(defaults.get('maxPerDaySat')).toBe(0);
		const choices = (of: string) =>
			(properties.find((field) => field.name === of)?.options ?? [])
				.map((option) => ('value' in option ? option.value : undefined))
				.sort();
		expect(choices('wallet')).toEqual(['cln', 'lnbits', 'lnd', 'nwc', 'phoenixd']);
		expect(choices('network')).toEqual(['mainnet', 'regtest', 'signet', 'testnet']);
	});

	it('has for each field a hint on sight, and for each address an example of its own', () => {
		const without = properties.filter(({ hint = '' }) => hint === '' || hint.length > 120);
		expect(without.map((field) => field.name)).toEqual([]);
		const addresses = properties.filter((field) => field.name === 'url');
		expect(new Set(addresses.map(({ placeholder }) => placeholder)).size).toBe(addresses.length);
		for (const { placeholder } of addresses) expect(placeholder).toMatch(/^e\.g\. https?:\/\//);
	});

	it('lists the wallets with a line each, the easiest first, and names what is real money', () => {
		const options = (of: string) =>
			(properties.find((field) => field.name === of)?.options ?? []) as INodePropertyOptions[];
		expect(options('wallet').map(({ value }) => value)).toEqual([
			...['nwc', 'lnbits', 'phoenixd', 'lnd', 'cln'],
		]);
		for (const { description: line } of options('wallet')) expect(line).toMatch(/\w/);
		expect(options('network').map((option) => option.name)).toEqual(
			expect.arrayContaining(['Mainnet (Real Money)', 'Regtest (Sandbox)']),
		);
	});

	it('hides every secret, and hands none to the requests of the node', () => {
		for (const secret of ['macaroon', 'adminKey', 'password', 'rune', 'connectionString']) {
			const field = properties.find((property) => property.name === secret);
			expect([secret, field?.typeOptions?.password]).toEqual([secret, true]);
		}
		expect(rest).not.toHaveProperty('authenticate');
	});
});
