import { badInputs, generate, itemWith, redeem } from './cases/badInputs';
import { thrownReport } from './outcome';
import { photo, pictureBytes } from './photo';
import { Scene } from './scene';

let scene: Scene;

beforeEach(async () => {
	scene = await Scene.open();
});
afterEach(async () => {
	await scene.close();
});

describe('is refused before any request', () => {
	it.each(badInputs)('%s, naming %s', async (_name, named, call) => {
		const failure = await scene.failure(call);
		expect(failure).toEqual({
			code: 'INPUT_INVALID',
			spent: 'no',
			message: expect.stringContaining(named),
			hint: expect.stringMatching(/\S/),
		});
		expect(failure.hint).toContain('Nothing was');
		scene.expectNoRequests();

		const thrown = await scene.run(call);
		expect(thrownReport(thrown)).toEqual(failure);
		scene.expectNoRequests();
	});
});

describe('is refused by n8n itself', () => {
	it.each([
		['Prompt', { ...generate, prompt: '' }],
		['Token', { ...redeem, token: '' }],
		['Preimage', { ...redeem, preimage: '' }],
	])('a required field left empty: %s', async (field, parameters) => {
		await expect((async () => await scene.run({ parameters }))()).rejects.toThrow(
			`Parameter "${field}" is required`,
		);
		scene.expectNoRequests();
	});
});

describe('is fine', () => {
	it.each([
		['a fee limit of nothing, where nothing is paid', { payment: 'invoiceOnly' }, { maxFeeSat: 0 }],
		[
			'a price limit of nothing, where nothing is paid',
			{ payment: 'invoiceOnly', maxPriceSat: 0 },
			{},
		],
	])('%s', async (_name, parameters, options) => {
		const { error } = await scene.run({ parameters, options, credential: null });
		expect(error).toBeUndefined();
	});

	it('no wallet, where the invoice is wanted or was paid elsewhere', async () => {
		const asked = await scene.run({ parameters: { payment: 'invoiceOnly' }, credential: null });
		expect(asked.error).toBeUndefined();
		const redeemed = await scene.failure({
			parameters: { ...redeem },
			options: { requestTimeout: 1 },
			credential: null,
		});
		expect(redeemed.code).not.toBe('INPUT_INVALID');
		expect(scene.sandbox.wallet.requests).toEqual([]);
	});

	it('a source of pictures that the item decides', async () => {
		const parameters = {
			imageSource: '={{ $json.base64 ? "base64" : "binary" }}',
			imageBase64: '={{ $json.base64 }}',
		};
		const written = { json: { base64: pictureBytes('text').toString('base64') } };
		const { error } = await scene.run({ items: [photo('file'), written], parameters });
		expect(error).toBeUndefined();
		expect(scene.paid).toHaveLength(2);
	});

	it('a picture in a format nobody here knows', async () => {
		const unknown = Buffer.concat([Buffer.from([0, 1, 2, 0xff, 0xfe]), pictureBytes()]);
		const { error } = await scene.run({ items: [itemWith(unknown.toString('base64'))] });
		expect(error).toBeUndefined();
	});
});

describe('a bad item', () => {
	it('stops nothing but itself with Continue On Fail, and costs nothing', async () => {
		const items = [photo('a'), { json: {} }, photo('c')];
		const outcome = await scene.run({ items, settings: { onError: 'continueRegularOutput' } });
		expect(outcome.items.map(({ json }) => 'error' in json)).toEqual([false, true, false]);
		expect(outcome.items[1]?.pairedItem).toEqual({ item: 1 });
		expect(scene.paid).toHaveLength(2);
	});
});
