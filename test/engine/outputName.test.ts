import { outputFileName } from '../../nodes/Sats4Ai/n8n/outputName';
import { photo } from './photo';
import { inScene } from './scene';

const ENDING = 'colorizeImage.png';
const named = (inputName: string) => outputFileName('', inputName, ENDING);
const bytes = (text: string) => Buffer.byteLength(text);

describe('the name of an output', () => {
	test.each([
		['portrait.jpeg', 'portrait-colorizeImage.png'],
		['two.dots.jpg', 'two.dots-colorizeImage.png'],
		['SCAN.TIFF', 'SCAN-colorizeImage.png'],
		['IMG_1.HEIC', 'IMG_1-colorizeImage.png'],
		['St. Mary', 'St. Mary-colorizeImage.png'],
		['12.03.1954', '12.03.1954-colorizeImage.png'],
		['12.03.1961', '12.03.1961-colorizeImage.png'],
		['v1.2', 'v1.2-colorizeImage.png'],
		['Oma/Opa.jpg', 'Oma_Opa-colorizeImage.png'],
		['C:\\scans\\oma.bmp', 'C:_scans_oma-colorizeImage.png'],
		['../../etc/passwd', '.._.._etc_passwd-colorizeImage.png'],
		['Oma\0\r\n\tOpa\u2028.jpg', 'OmaOpa-colorizeImage.png'],
		['\u202Egpj.amO', 'gpj.amO-colorizeImage.png'],
		['half \ud83d sign.png', 'half  sign-colorizeImage.png'],
		['  photo.jpg  ', 'photo-colorizeImage.png'],
		['.jpg', 'colorizeImage.png'],
		['.', 'colorizeImage.png'],
		['..', 'colorizeImage.png'],
		['...jpg', 'colorizeImage.png'],
		['\0', 'colorizeImage.png'],
		['', 'colorizeImage.png'],
	])('made of %j is %j', (input, output) => {
		expect(named(input)).toBe(output);
	});

	test.each([
		['chosen.img', 'chosen.img'],
		['a/b\\c.png', 'a_b_c.png'],
		['line\r\nbreak\0.png', 'linebreak.png'],
		['no extension', 'no extension'],
		['..', 'Oma-colorizeImage.png'],
		['\n', 'Oma-colorizeImage.png'],
	])('chosen as %j is %j', (chosen, output) => {
		expect(outputFileName(chosen, 'Oma.jpg', ENDING)).toBe(output);
	});

	test.each([
		['letters', 'a'],
		['umlauts', 'ä'],
		['signs of three bytes', '写'],
		['faces', '😀'],
		['families', '👨‍👩‍👧‍👦'],
		['letters with marks', 'e\u0301'],
	])('is cut to 255 bytes between %s', (_name, sign) => {
		const made = named(`${sign.repeat(250)}.jpg`);
		const chosen = outputFileName(`${sign.repeat(2_000)}.webp`, '', ENDING);
		for (const [name, ending] of [
			[made, '-colorizeImage.png'],
			[chosen, '.webp'],
		] as const) {
			expect(name.endsWith(ending)).toBe(true);
			expect(bytes(name)).toBeLessThanOrEqual(255);
			expect(bytes(name) + bytes(sign)).toBeGreaterThan(255);
			expect(name.slice(0, -ending.length).replaceAll(sign, '')).toBe('');
		}
	});

	test('is kept where it has 255 bytes', () => {
		const stem = 'a'.repeat(255 - ENDING.length - 1);
		expect(named(`${stem}.png`)).toBe(`${stem}-${ENDING}`);
		expect(outputFileName(`${'b'.repeat(251)}.png`, '', ENDING)).toBe(`${'b'.repeat(251)}.png`);
	});
});

test('the item and its file have the same name, and two scans have two', async () => {
	await inScene({}, async (scene) => {
		const names = ['12.03.1954', '12.03.1961', 'Oma/Opa.jpg', `${'ä'.repeat(250)}.jpg`];
		const { items } = await scene.run({ items: names.map((name, at) => photo(`p${at}`, name)) });
		const outputs = items.map(({ json }) => String(json.fileName));
		expect(items.map(({ binary }) => binary?.data?.fileName)).toEqual(outputs);
		expect(new Set(outputs).size).toBe(names.length);
		expect(outputs.slice(0, 3)).toEqual([
			'12.03.1954-colorizeImage.png',
			'12.03.1961-colorizeImage.png',
			'Oma_Opa-colorizeImage.png',
		]);
		expect(scene.paid).toHaveLength(names.length);
	});
});
