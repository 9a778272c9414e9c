import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { sampled } from '../depth';
import { builtFiles } from '../pictures/built';
import { drawnFiles, type PictureFile } from '../pictures/drawn';
import { reportOf } from './outcome';
import { photo, pictureBytes } from './photo';
import { inScene, type Scene } from './scene';

let files: PictureFile[] = [];
beforeAll(async () => {
	files = [...(await drawnFiles()), ...builtFiles];
});

const BASE64 = { imageSource: 'base64', imageBase64: '={{ $json.text }}' };
const CONTINUE = { onError: 'continueRegularOutput' } as const;
const ASK = { payment: 'invoiceOnly' };

function file(bytes: Buffer): INodeExecutionData {
	return { json: {}, binary: { data: { data: bytes.toString('base64'), mimeType: 'image/png' } } };
}

const text = (value: unknown): INodeExecutionData => ({ json: { text: value } as IDataObject });

/** The pictures that were sent, in base64, each as often as it was. */
function sent(scene: Scene): string[] {
	return scene.bodies.map(({ bytes }) => {
		const body = JSON.parse(bytes.toString()) as { image: string };
		return body.image;
	});
}

/** Asks the price for each item, and tells what was sent for it. */
async function expectSent(
	items: INodeExecutionData[],
	parameters: IDataObject,
	pictures: Buffer[],
) {
	await inScene({}, async (scene) => {
		const asked = { items, parameters: { ...ASK, ...parameters }, credential: null };
		const outcome = await scene.run({ ...asked, options: { concurrency: 1 } });
		expect(outcome.error).toBeUndefined();
		expect(sent(scene)).toEqual(pictures.map((bytes) => bytes.toString('base64')));
	});
}

/** Every item fails before anything is asked or paid. */
async function expectRefused(items: INodeExecutionData[], parameters: IDataObject, says: RegExp) {
	await inScene({}, async (scene) => {
		const { items: output } = await scene.run({ items, parameters, settings: CONTINUE });
		expect(output).toHaveLength(items.length);
		for (const item of output) {
			expect(reportOf(item)).toMatchObject({ code: 'INPUT_INVALID', spent: 'no' });
			expect(reportOf(item).message).toMatch(says);
			expect(JSON.stringify(item).length).toBeLessThan(3_000);
		}
		scene.expectNoRequests();
	});
}

describe('pictures in more than seventy forms', () => {
	it('go through as files, to the byte, paid once each', async () => {
		await inScene({}, async (scene) => {
			const items = files.map(([, bytes]) => file(bytes));
			const { items: output, error } = await scene.run({ items, options: { concurrency: 1 } });
			expect(error).toBeUndefined();
			expect(output).toHaveLength(files.length);
			expect(scene.payCalls).toHaveLength(files.length);
			const twice = files.flatMap(([, bytes]) => [bytes, bytes]);
			expect(sent(scene)).toEqual(twice.map((bytes) => bytes.toString('base64')));
		});
	});

	const forms: ReadonlyArray<[string, (base64: string) => string]> = [
		['as base64', (base64) => base64],
		['in lines', (base64) => base64.replace(/.{76}/g, '$&\r\n')],
		[
			'URL-safe, without padding',
			(base64) => base64.replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, ''),
		],
		['as data URI', (base64) => `data:image/png;base64,${base64}`],
		[
			'as data URI with a long name',
			(base64) => `data:image/png;name=${'a'.repeat(3_000)}.png;base64,${base64}`,
		],
		['as data URI, shouted, with blanks', (base64) => `\n DATA:IMAGE/PNG; BASE64, ${base64}`],
		['escaped for a URL', (base64) => encodeURIComponent(base64)],
		['escaped for a URL, twice', (base64) => encodeURIComponent(encodeURIComponent(base64))],
		['escaped for HTML', (base64) => base64.replace(/\+/g, '&#43;').replace(/=/g, '&#x3D;')],
		['escaped for JSON', (base64) => JSON.stringify(base64).replace(/\//g, '\\/')],
		['with every plus lost to a form', (base64) => base64.replace(/\+/g, ' ')],
		[
			'with every plus lost, as data URI',
			(base64) => `data:image/png;base64,${base64.replace(/\+/g, ' ')}`,
		],
		['in groups of eight', (base64) => base64.replace(/.{8}/g, '$& ')],
	];
	// What a picture is and how it is written have little to do with each other.
	it.each(forms.map(([name, form], index) => [name, form, index] as const))(
		'go through as text %s',
		async (_name, form, index) => {
			const chosen = sampled(files, 23, index).map(([, bytes]) => bytes);
			const items = chosen.map((bytes) => text(form(bytes.toString('base64'))));
			await expectSent(items, BASE64, chosen);
		},
	);
});

describe('a file that an expression gives', () => {
	const kept = { json: { _files: { data: photo('kept').binary?.data } } as unknown as IDataObject };

	it.each([
		['of this item', '={{ $binary.data }}', photo('own'), 'own'],
		['of a node before', '={{ $("Start").item.binary.data }}', photo('start'), 'start'],
		['of this item, by way of its node', '={{ $input.item.binary.data }}', photo('in'), 'in'],
	])('is taken as it is: %s', async (_name, binaryPropertyName, item, mark) => {
		await expectSent([item], { binaryPropertyName }, [pictureBytes(mark)]);
	});

	it('is taken as it is with Binary Mode: Combined', async () => {
		await inScene({}, async (scene) => {
			const names = ['={{ $json._files.data }}', '_files.data'];
			for (const binaryPropertyName of names) {
				const { error } = await scene.run({
					items: [kept],
					parameters: { ...ASK, binaryPropertyName },
					workflowSettings: { binaryMode: 'combined' },
				});
				expect(error).toBeUndefined();
			}
			const base64 = pictureBytes('kept').toString('base64');
			expect(sent(scene)).toEqual([base64, base64]);
		});
	});

	it('is the right one of two', async () => {
		const item = photo('a');
		const other = photo('b', 'other.jpg').binary?.data;
		item.binary = { ...item.binary, ...(other === undefined ? {} : { other }) };
		const parameters = { binaryPropertyName: '={{ $binary.other }}' };
		await expectSent([item], parameters, [pictureBytes('b')]);
	});

	it('keeps its name', async () => {
		await inScene({}, async (scene) => {
			const parameters = { binaryPropertyName: '={{ $binary.data }}' };
			const { items } = await scene.run({ items: [photo('x', 'Oma.jpg')], parameters });
			expect(items[0]?.json.fileName).toBe('Oma-colorizeImage.png');
		});
	});

	it.each([
		['a Buffer as JSON', (bytes: Buffer) => bytes.toJSON()],
		['a Buffer as text of JSON', (bytes: Buffer) => JSON.stringify(bytes)],
		[
			'the content of a file',
			(bytes: Buffer) => ({ data: bytes.toString('base64'), mimeType: 'image/png' }),
		],
	])('may be %s in the field for base64', async (_name, form) => {
		await expectSent([text(form(pictureBytes()))], BASE64, [pictureBytes()]);
	});

	it('is refused where it is none, and never called empty', async () => {
		const values = [5, true, ['data'], { data: 1 }, null, undefined];
		for (const imageSource of ['base64', 'binary', 'url']) {
			const value = '={{ $json.text }}';
			const parameters = {
				imageSource,
				imageBase64: value,
				binaryPropertyName: value,
				imageUrl: value,
			};
			await expectRefused(values.map(text), parameters, /^(?!.*empty).*no (text|name)/);
		}
	});

	it('is not repeated in the message, where it is a long name', async () => {
		const parameters = { binaryPropertyName: '={{ $json.text }}' };
		const item = { ...photo(), ...text('x'.repeat(1_000_000)) };
		await expectRefused([item], parameters, /no binary field 'x{60}…'/);
	});
});

describe('text that is no picture', () => {
	const png = pictureBytes();
	const base64 = png.toString('base64');
	const jpeg = Buffer.from('ffd8ffdb0004000affda0004000001020304050607ffd9', 'hex');

	it.each([
		['filesystem-v2', 'filesystem', 's3', 'database', 'data:image/png;base64,filesystem-v2'],
		['filesystem-v2:workflows/1/executions/2/binary_data/3'],
	])(
		'%s is the name of a place, and the message says how to hand over the file',
		async (...words) => {
			await inScene({}, async (scene) => {
				const items = words.map(text);
				const output = await scene.run({ items, parameters: BASE64, settings: CONTINUE });
				for (const item of output.items) {
					expect(reportOf(item)).toMatchObject({
						code: 'INPUT_INVALID',
						hint: expect.stringMatching(
							/'Image Source' to 'Binary File'.*Nothing was sent or paid/,
						),
					});
				}
				scene.expectNoRequests();
			});
		},
	);

	it('is refused', async () => {
		const words = [
			'undefined',
			'null',
			'[object Object]',
			'/data/photos/oma',
			'iVBORw0KGgo=',
			'AAAA',
		];
		const unknown = Buffer.from('000102fffe89504e470d0a1a0a00', 'hex').toString('base64');
		const page = Buffer.from('<!doctype html><p>Log in</p>').toString('base64');
		const path = '/9j/2026/out';
		await expectRefused([...words, unknown, page, path].map(text), BASE64, /base64|picture/i);
	});

	it('is refused where the picture is damaged', async () => {
		const middle = base64.length >> 1;
		const damaged = [
			base64.slice(0, 4 * (middle >> 2)),
			base64.slice(0, -8),
			`${base64.slice(0, middle)}${base64.slice(middle + 4)}`,
			`${base64.replace(/=+$/, '')}A`.padEnd(4 * Math.ceil(base64.length / 4) + 1, 'A'),
			base64.replace(/=+$/, '').slice(0, -1).padEnd(5, 'A') + '?',
			jpeg.toString('base64').slice(0, -4),
			png.subarray(0, 8).toString('base64'),
			png.subarray(0, png.length - 12).toString('base64'),
		];
		await expectRefused(damaged.map(text), BASE64, /base64|picture/i);
	});
});

describe('a file that is no picture', () => {
	it('is refused where it is cut short', async () => {
		const cut = files
			.filter(([name]) => /^(PNG|JPEG(?! XL$)|GIF|WebP|AVIF|HEI|TIFF by)/.test(name))
			.map(([, bytes]) => file(bytes.subarray(0, bytes.length >> 1)));
		expect(cut.length).toBeGreaterThan(35);
		await expectRefused(cut, {}, /cut short or damaged/);
	});

	it('is refused where it is text, a document or nothing', async () => {
		const others = [
			Buffer.from(`${'a'.repeat(511)}é`),
			Buffer.from('<html>Größe</html>', 'latin1'),
			Buffer.from('<html>Größe</html>', 'utf16le'),
			Buffer.from('\r\n%PDF-1.4\n\0\x01\x02\x03'),
			Buffer.from('BM;Name;Ort\r\n1;Müller;Köln'),
			Buffer.alloc(2_000),
			Buffer.from('7e2965b2972b7a9a6d', 'hex'),
		];
		await expectRefused(others.map(file), {}, /not a picture/);
	});
});
