import assert from 'node:assert/strict';
import { CredentialForm } from '../editor/credentialForm';
import type { Editor } from '../editor/editor';
import { withEditor } from '../editor/withEditor';
import type { Scenario } from './scenario';

const FROM_BINARY = ['imageSource', 'binaryPropertyName'];

/** What each operation shows: parameters, and options that no other operation need have. */
const OPERATIONS: Readonly<Record<string, { fields: string[]; options: string[] }>> = {
	'Colorize Image': { fields: FROM_BINARY, options: ['Model Size'] },
	'Deblur Image': { fields: FROM_BINARY, options: ['Task'] },
	'Edit Image': {
		fields: [...FROM_BINARY, 'prompt'],
		options: ['Aspect Ratio', 'Model ID', 'Output Format'],
	},
	'Generate Image': { fields: ['prompt', 'model', 'width', 'height'], options: [] },
	'Remove Background': { fields: FROM_BINARY, options: [] },
	'Remove Object': { fields: [...FROM_BINARY, 'objects'], options: [] },
	'Restore Face': {
		fields: [...FROM_BINARY, 'fidelity'],
		options: ['Background Enhance', 'Face Upsample', 'Model ID', 'Upscale'],
	},
	'Upscale Image': { fields: [...FROM_BINARY, 'scale'], options: ['Face Enhance', 'Model ID'] },
};
const MAX_PRICE_SAT: Readonly<Record<string, string>> = {
	'Colorize Image': '50',
	'Deblur Image': '300',
	'Edit Image': '500',
	'Generate Image': '500',
	'Remove Background': '100',
	'Remove Object': '300',
	'Restore Face': '50',
	'Upscale Image': '50',
};
const PAYING_OPTIONS = [
	'Claim Refunds',
	'Max Fee (Sats)',
	'Max Total (Sats)',
	'Payment Timeout (Seconds)',
];
const SHARED_OPTIONS = [
	'Service Address (Base URL)',
	'Pictures at Once (Concurrency)',
	'File Name',
	'Put Output File in Field',
	'Request Timeout (Seconds)',
	'Always Make Anew (Skip Dedup)',
];
/** What people type who do not know the node. */
const WORDS = [
	...['remove background', 'restore photo', 'photo restoration', 'old photo', 'generate image'],
	...['image generator', 'edit image', 'AI image', 'upscaler', 'upscale', 'colorize', 'unblur'],
	...['remove object', 'black and white', 'text to image', 'enhance photo', 'face restoration'],
];
const SOURCES: Readonly<Record<string, string>> = {
	Base64: 'imageBase64',
	URL: 'imageUrl',
	'Binary File': 'binaryPropertyName',
};
const NEEDS_A_WALLET = /Needs a wallet/;
const TLS = ['caCertificate', 'ignoreSslIssues'];
const WALLETS: Readonly<Record<string, string[]>> = {
	'Core Lightning': ['url', 'rune', ...TLS],
	LNbits: ['url', 'adminKey'],
	LND: ['url', 'macaroon', ...TLS],
	'Nostr Wallet Connect': ['connectionString'],
	Phoenixd: ['url', 'password'],
};
const SECRETS = ['rune', 'adminKey', 'macaroon', 'connectionString', 'password'];

/** A new workflow with the node, opened. */
async function addNode(editor: Editor): Promise<void> {
	await editor.newWorkflow();
	await editor.search('sats4ai');
	await editor.pick(/^Sats4AI$/);
	await editor.pick(/^Colorize image$/);
	await editor.parameters.waitFor();
}

/** The forms in the editor: what is found, and what is asked for. */
export const formScenarios: readonly Scenario[] = [
	{
		name: 'found by colorize, sats4ai, bitcoin and lightning; eight actions',
		part: 'editor',
		run: async (app, screenshots) => {
			for (const theme of ['light', 'dark'] as const) {
				await withEditor(app, theme, async (editor) => {
					await editor.newWorkflow();
					for (const word of ['sats4ai', 'bitcoin', 'lightning', 'colorize']) {
						assert.ok((await editor.search(word)).includes('Sats4AI'), word);
					}
					await screenshots.take(editor.page, `find-${theme}`);
					await editor.pick(/^Sats4AI$/);
					assert.deepEqual((await editor.actions()).slice(-8), [
						'Colorize image',
						'Deblur image',
						'Edit image',
						'Generate image',
						'Remove background',
						'Remove object',
						'Restore face',
						'Upscale image',
					]);
					await screenshots.take(editor.page, `actions-${theme}`);
				});
			}
		},
	},
	{
		name: 'found by the words people type, for most of them alone',
		part: 'editor',
		run: async (app) => {
			await withEditor(app, 'light', async (editor) => {
				await editor.newWorkflow();
				const alone: string[] = [];
				for (const words of WORDS) {
					const found = await editor.search(words);
					assert.ok(found.includes('Sats4AI'), `${words} finds ${found.join(', ')}`);
					if (found.length === 1) alone.push(words);
					else process.stdout.write(`      ${words}: ${found.join(', ')}\n`);
				}
				process.stdout.write(`      alone for ${alone.length} of ${WORDS.length}\n`);
				assert.ok(alone.length > WORDS.length / 2, `alone only for ${alone.join(', ')}`);
			});
		},
	},
	{
		name: 'each operation, source and payment shows its own fields only',
		part: 'editor',
		run: async (app) => {
			await withEditor(app, 'light', async (editor) => {
				await addNode(editor);
				for (const [name, { fields, options }] of Object.entries(OPERATIONS)) {
					await editor.choose(editor.parameters, 'operation', name);
					const shown = await editor.shownParameters();
					assert.deepEqual(shown, ['operation', ...fields, 'payment', 'maxPriceSat'], name);
					const all = [...options, ...PAYING_OPTIONS, ...SHARED_OPTIONS];
					assert.deepEqual((await editor.offeredOptions()).sort(), all.sort(), name);
					const maxPrice = editor.parameters.getByTestId('parameter-input-maxPriceSat');
					const value = await maxPrice.locator('input').first().inputValue();
					assert.equal(value, MAX_PRICE_SAT[name], name);
				}
				assert.ok(await editor.parameters.getByText(NEEDS_A_WALLET).isVisible());
				for (const [name, field] of Object.entries(SOURCES)) {
					await editor.choose(editor.parameters, 'imageSource', name);
					const shown = await editor.shownParameters();
					const expected = ['operation', 'imageSource', field, 'scale', 'payment', 'maxPriceSat'];
					assert.deepEqual(shown, expected, name);
				}
				for (const [name, fields] of [
					['Get Invoice Only', []],
					['Redeem a Paid Invoice', ['token', 'preimage']],
				] as const) {
					await editor.choose(editor.parameters, 'payment', name);
					const shown = await editor.shownParameters();
					const expected = ['operation', 'imageSource', 'binaryPropertyName', 'scale', 'payment'];
					assert.deepEqual(shown, [...expected, ...fields], name);
					assert.equal(await editor.parameters.getByText(NEEDS_A_WALLET).count(), 0, name);
					const offered = await editor.offeredOptions();
					assert.ok(!offered.some((option) => PAYING_OPTIONS.includes(option)), name);
					assert.equal(await editor.parameters.getByText('Lightning Wallet').count(), 0, name);
				}
			});
		},
	},
	{
		name: 'each wallet shows its own fields only, its secret masked',
		part: 'editor',
		run: async (app) => {
			await withEditor(app, 'light', async (editor) => {
				await addNode(editor);
				const form = new CredentialForm(editor);
				await form.openNew();
				for (const [name, fields] of Object.entries(WALLETS)) {
					await form.choose('wallet', name);
					const expected = ['wallet', ...fields, 'network', 'maxPaymentSat', 'maxPerDaySat'];
					assert.deepEqual(await form.shownParameters(), expected, name);
					const secret = SECRETS.find((field) => fields.includes(field)) ?? '';
					assert.equal(await form.typeOf(secret), 'password', name);
				}
			});
		},
	},
];
