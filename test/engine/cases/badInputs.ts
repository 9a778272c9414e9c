import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Call } from '../scene';

export const generate = { operation: 'generateImage', prompt: 'A lighthouse' };
const edit = { operation: 'editImage', prompt: 'sunset' };
export const redeem = { payment: 'redeem', token: 'AgEG', preimage: '00'.repeat(32) };
const text = (content: string) => Buffer.from(content).toString('base64');

export function itemWith(base64: string): INodeExecutionData {
	return { json: {}, binary: { data: { data: base64, mimeType: 'image/png' } } };
}

/** What is wrong, and the field as users see it, which the message must name. */
const parameterCases: ReadonlyArray<[string, string, IDataObject]> = [
	['an empty prompt', 'Prompt', { ...generate, prompt: '={{ "" }}' }],
	['a blank prompt', 'Prompt', { ...edit, prompt: ' \n ' }],
	['no prompt out of an expression', 'Prompt', { ...edit, prompt: '={{ $json.nothing }}' }],
	['no objects', 'Objects', { operation: 'removeObject', objects: '={{ "" }}' }],
	['a narrow picture', 'Width', { ...generate, width: 255 }],
	['a wide picture', 'Width', { ...generate, width: 1441 }],
	['a flat picture', 'Height', { ...generate, height: 0 }],
	['a tall picture', 'Height', { ...generate, height: 1440.5 }],
	['a width in words', 'Width', { ...generate, width: '={{ "wide" }}' }],
	['no width', 'Width', { ...generate, width: '={{ $json.nothing }}' }],
	['an endless width', 'Width', { ...generate, width: '={{ Infinity }}' }],
	['an unknown model', 'Model', { ...generate, model: '={{ "Worst" }}' }],
	['too much fidelity', 'Fidelity', { operation: 'restoreFace', fidelity: 1.01 }],
	['too little fidelity', 'Fidelity', { operation: 'restoreFace', fidelity: -0.01 }],
	['fidelity in words', 'Fidelity', { operation: 'restoreFace', fidelity: '={{ "high" }}' }],
	['a scale of 3', 'Scale', { operation: 'upscaleImage', scale: '={{ 3 }}' }],
	['a scale of nothing', 'Scale', { operation: 'upscaleImage', scale: '={{ "" }}' }],
	['a negative price', 'Max Price', { maxPriceSat: -1 }],
	['a price in words', 'Max Price', { maxPriceSat: '={{ "cheap" }}' }],
	['no price', 'Max Price', { maxPriceSat: '={{ $json.nothing }}' }],
	['an unknown way to pay', 'Payment', { ...redeem, payment: '={{ "later" }}' }],
	['no binary field name', 'Input Data Field Name', { binaryPropertyName: ' ' }],
	['a missing binary field', 'photo', { binaryPropertyName: 'photo' }],
	['an unknown source', 'Image Source', { imageSource: '={{ "fax" }}' }],
	['no base64', 'Image (Base64)', { imageSource: 'base64', imageBase64: '' }],
	['no base64 out of it', 'Image (Base64)', { imageSource: 'base64', imageBase64: 'äöü' }],
	[
		'a data URI of text',
		'Image (Base64)',
		{ imageSource: 'base64', imageBase64: 'data:image/svg+xml,<svg/>' },
	],
	['base64 of text', 'not a picture', { imageSource: 'base64', imageBase64: text('just words') }],
	['no URL', 'Image URL', { imageSource: 'url', imageUrl: '' }],
	['a URL without scheme', 'Image URL', { imageSource: 'url', imageUrl: 'example.com/a.png' }],
	['a file as URL', 'Image URL', { imageSource: 'url', imageUrl: 'file:///etc/passwd' }],
	['no token', 'Token', { ...redeem, token: '={{ "" }}' }],
	['a token with a line break', 'Token', { ...redeem, token: 'AgEG\nX-Evil: 1' }],
	['a token of signs only', 'Token', { ...redeem, token: '===' }],
	['no preimage', 'Preimage', { ...redeem, preimage: '  ' }],
];

const optionCases: ReadonlyArray<[string, string, IDataObject, IDataObject?]> = [
	['an unknown aspect ratio', 'Aspect Ratio', { aspectRatio: '={{ "2:1" }}' }, edit],
	['an unknown format', 'Output Format', { outputFormat: '={{ "gif" }}' }, edit],
	['an unknown model size', 'Model Size', { modelSize: '={{ "huge" }}' }],
	[
		'a wordy switch',
		'Face Enhance',
		{ faceEnhance: '={{ "yes" }}' },
		{ operation: 'upscaleImage' },
	],
	['a model that is a list', 'Model ID', { modelId: '={{ [1] }}' }, { operation: 'upscaleImage' }],
	['an unknown task', 'Task', { taskType: '={{ "Sharpen" }}' }, { operation: 'deblurImage' }],
	['an upscale of 0', 'Upscale', { upscale: 0 }, { operation: 'restoreFace' }],
	['an upscale of 5', 'Upscale', { upscale: 5 }, { operation: 'restoreFace' }],
	['a wrong base URL', 'Base URL', { baseUrl: 'sats4ai.com' }],
	['another scheme', 'Base URL', { baseUrl: 'ftp://sats4ai.com' }],
	['a base URL with a question', 'Base URL', { baseUrl: 'https://sats4ai.com?x=' }],
	['a base URL with a mark', 'Base URL', { baseUrl: 'https://sats4ai.com#' }],
	['a base URL with a user', 'Base URL', { baseUrl: 'https://me:secret@sats4ai.com' }],
	['a negative fee', 'Max Fee', { maxFeeSat: -1 }],
	['a fee in words', 'Max Fee', { maxFeeSat: '={{ "none" }}' }],
	['a negative budget', 'Max Total', { maxTotalSat: -1 }],
	['a budget in words', 'Max Total', { maxTotalSat: '={{ "some" }}' }],
	['no time to pay', 'Payment Timeout', { paymentTimeout: 0 }],
	['no time for the request', 'Request Timeout', { requestTimeout: -5 }],
	['a time in words', 'Request Timeout', { requestTimeout: '={{ "long" }}' }],
	['a file name that is none', 'File Name', { fileName: '={{ [1, 2] }}' }],
	['a field that is none', 'Put Output File in Field', { binaryPropertyOutput: '={{ {a: 1} }}' }],
];

const itemCases: ReadonlyArray<[string, string, INodeExecutionData]> = [
	['no binary data', 'no binary data', { json: {} }],
	['an empty picture', 'empty', itemWith('')],
	['a PDF', 'not a picture', itemWith(text('%PDF-1.7 \u0000\u0001'))],
	['a web page', 'not a picture', itemWith(text('<!doctype html><p>Hello</p>'))],
	[
		'a drawing in SVG',
		'not a picture',
		itemWith(text('<svg xmlns="http://www.w3.org/2000/svg"/>')),
	],
	['an archive', 'not a picture', itemWith(text('PK\u0003\u0004\u0000\u0000'))],
];

const credentialCases: ReadonlyArray<[string, string, Call['credential']]> = [
	['none', 'wallet', null],
	['no key', 'Admin Key', { adminKey: '' }],
	['no URL', 'URL', { url: '' }],
	['a URL without scheme', 'URL', { url: 'lnbits.example.com' }],
	['an unknown wallet', 'wallet', { wallet: 'piggyBank' }],
	['an unknown network', 'Network', { network: 'moonnet' }],
	['a limit in words', 'Max Payment', { maxPaymentSat: 'plenty' }],
];

/** What is wrong, and what the message must name. */
export const badInputs: ReadonlyArray<[string, string, Call]> = [
	...parameterCases.map(([name, field, parameters]): [string, string, Call] => [
		`parameter: ${name}`,
		field,
		{ parameters },
	]),
	...optionCases.map(([name, field, options, parameters = {}]): [string, string, Call] => [
		`option: ${name}`,
		field,
		{ options, parameters },
	]),
	...itemCases.map(([name, field, item]): [string, string, Call] => [
		`item: ${name}`,
		field,
		{ items: [item] },
	]),
	...credentialCases.map(([name, field, credential]): [string, string, Call] => [
		`credential: ${name}`,
		field,
		{ credential },
	]),
];
