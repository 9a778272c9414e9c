import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { demo as buyPictures } from '../../demo/buyPictures';
import { run } from '../../demo/run';

const ROOT = resolve(__dirname, '../..');

interface Ended {
	readonly exitCode: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** The demo as people start it, but for npm. */
async function startedDemo(...args: string[]): Promise<Ended> {
	const command = ['--import', 'tsx', join(ROOT, 'demo/demo.ts'), ...args];
	const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
	let stdout = '';
	let stderr = '';
	child.stdout.on('data', (chunk) => (stdout += String(chunk)));
	child.stderr.on('data', (chunk) => (stderr += String(chunk)));
	const exitCode = await new Promise<number | null>((done) => child.on('close', done));
	return { exitCode, stdout, stderr };
}

/** The same without a process of its own, which takes seconds to load n8n. */
async function demo(...args: string[]): Promise<Ended> {
	const said = { stdout: '', stderr: '' };
	const out = { write: (text: string) => (said.stdout += text) };
	const problems = { write: (text: string) => (said.stderr += text) };
	const exitCode = await run(args, out, problems, async () => await Promise.resolve(buyPictures));
	return { exitCode, ...said };
}

let folder: string;
let output: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'demo-'));
	output = join(folder, 'output');
});

afterEach(async () => {
	await rm(folder, { recursive: true, force: true });
});

interface Receipts {
	readonly payments: ReadonlyArray<{
		readonly file: string;
		readonly operation: string;
		readonly madeFrom: string | null;
		readonly priceSat: number;
		readonly feeMsat: number;
		readonly paymentHash: string;
		readonly preimage: string;
		readonly width: number;
		readonly height: number;
		readonly sha256: string;
	}>;
	readonly total: { readonly priceSat: number; readonly feeMsat: number };
	readonly wallet: { readonly balanceBeforeMsat: number; readonly balanceAfterMsat: number };
	readonly problems: readonly string[];
}

/** Reads the receipts, and holds each against its picture and its proof of payment. */
async function checkedReceipts(): Promise<Receipts> {
	const receipts = JSON.parse(await readFile(join(output, 'receipts.json'), 'utf8')) as Receipts;
	for (const { file, sha256, width, height, paymentHash, preimage } of receipts.payments) {
		const bytes = await readFile(join(output, file));
		const { info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
		expect([info.width, info.height]).toEqual([width, height]);
		expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
		const hash = createHash('sha256').update(Buffer.from(preimage, 'hex')).digest('hex');
		expect(hash).toBe(paymentHash);
	}
	const { payments, total, wallet } = receipts;
	expect(new Set(payments.map(({ paymentHash }) => paymentHash)).size).toBe(payments.length);
	expect(payments.reduce((sum, { priceSat }) => sum + priceSat, 0)).toBe(total.priceSat);
	expect(wallet.balanceBeforeMsat - wallet.balanceAfterMsat).toBe(
		total.priceSat * 1000 + total.feeMsat,
	);
	return receipts;
}

const GENERATED = [
	'1-generate.jpg',
	'2-edit.jpg',
	'3-colorize.jpg',
	'4-restore.jpg',
	'5-upscale.jpg',
];

test('buys one picture after the other and accounts for every payment', async () => {
	const { exitCode, stdout, stderr } = await startedDemo('--output', output);
	expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
	const receipts = await checkedReceipts();
	expect(receipts.problems).toEqual([]);
	expect(receipts.payments.map(({ file }) => file)).toEqual(GENERATED);
	expect(receipts.payments.map(({ priceSat }) => priceSat)).toEqual([200, 200, 5, 5, 5]);
	expect(receipts.total).toEqual({ priceSat: 415, feeMsat: 5000 });
	expect((await readdir(output)).sort()).toEqual(
		[...GENERATED, 'contact-sheet.jpg', 'index.html', 'receipts.json'].sort(),
	);
	const page = await readFile(join(output, 'index.html'), 'utf8');
	for (const file of GENERATED) {
		expect(page).toContain(`src="${file}"`);
		expect(stdout).toContain(file);
	}
	expect(stdout).toContain('5/5  Upscale Image   asked 5 sats · paid · delivered');
	expect(stdout).toContain('Spent 420 sats');
	expect(stdout).toContain('The wallet held 100,000 sats and holds 99,580.');
});

test('buys every operation there is with --all', async () => {
	const { exitCode, stdout, stderr } = await demo('--all', '--output', output);
	expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
	const { problems, payments, total } = await checkedReceipts();
	expect(problems).toEqual([]);
	expect(payments.map(({ file }) => file)).toEqual([
		...GENERATED,
		'6-deblur.jpg',
		'7-remove-object.jpg',
		'8-remove-background.png',
	]);
	expect(total).toEqual({ priceSat: 699, feeMsat: 8000 });
	expect(stdout).toContain('8/8  Remove Background  asked 44 sats · paid · delivered');
});

test('pays each picture once although service and wallet fail on the way', async () => {
	const { exitCode, stdout } = await demo('--trouble', '--output', output);
	expect(exitCode).toBe(0);
	const receipts = await checkedReceipts();
	expect(receipts.payments.map(({ file }) => file)).toEqual(GENERATED);
	expect(receipts.total).toEqual({ priceSat: 415, feeMsat: 5000 });
	expect(stdout).toContain('Trouble ahead');
});

test('improves several photographs in one execution and leaves other files out', async () => {
	const gray = await sharp({
		create: { width: 60, height: 40, channels: 3, background: '#808080' },
	})
		.png()
		.toBuffer();
	await writeFile(join(folder, 'gray.png'), gray);
	await writeFile(join(folder, 'my holiday.JPG'), await sharp(gray).jpeg().toBuffer());
	await writeFile(join(folder, 'README.md'), '# Photographs\n');
	await mkdir(join(folder, 'more'));
	const named = ['README.md', 'gray.png', 'more', 'my holiday.JPG'];
	const paths = named.map((name) => join(folder, name));
	const { exitCode, stdout } = await demo('--output', output, ...paths);
	expect(exitCode).toBe(0);
	expect(stdout).toMatch(/Left out: .*README\.md: is no picture/);
	expect(stdout).toMatch(/Left out: .*more: is a folder/);
	const receipts = await checkedReceipts();
	expect(receipts.payments.map(({ file, madeFrom, width }) => [file, madeFrom, width])).toEqual([
		['1-gray-1-colorize.png', 'gray.png', 60],
		['1-gray-2-restore.png', 'gray.png', 60],
		['1-gray-3-upscale.png', 'gray.png', 120],
		['2-my-holiday-1-colorize.jpg', 'my holiday.JPG', 60],
		['2-my-holiday-2-restore.jpg', 'my holiday.JPG', 60],
		['2-my-holiday-3-upscale.jpg', 'my holiday.JPG', 120],
	]);
	expect(receipts.total).toEqual({ priceSat: 30, feeMsat: 6000 });
	expect(await readFile(join(output, '1-gray-0-original.png'))).toEqual(gray);
});

test.each<[string, string, string]>([
	['a missing file', 'nowhere.jpg', 'nowhere.jpg: there is no such file'],
	['a damaged picture', 'damaged.png', 'damaged.png: is no picture that can be read'],
	['no picture', 'notes.txt', 'notes.txt: is no picture that can be read'],
	['an unknown option', '--nonsense', "Unknown option '--nonsense'"],
])('refuses %s before anything is bought', async (_, argument, message) => {
	const whole = await sharp({
		create: { width: 64, height: 64, channels: 3, background: '#c04020' },
	})
		.png({ compressionLevel: 0 })
		.toBuffer();
	await writeFile(join(folder, 'damaged.png'), whole.subarray(0, whole.length / 2));
	await writeFile(join(folder, 'notes.txt'), 'No photograph at all.\n');
	const named = argument.startsWith('-') ? argument : join(folder, argument);
	const { exitCode, stdout, stderr } = await demo('--output', output, named);
	expect(exitCode).toBe(2);
	expect(stderr).toContain(message);
	expect(stderr).toContain('Usage: npm run demo');
	expect(stdout).toBe('');
	await expect(readdir(output)).rejects.toThrow('ENOENT');
});

test('ends with an error, and says what happened to the money, when the service refuses', async () => {
	const noise = Buffer.alloc(3000 * 2200 * 3);
	for (let at = 0; at < noise.length; at += 1) noise[at] = (at * 7919 + (at >> 9) * 104729) & 255;
	const tooLarge = join(folder, 'tooLarge.png');
	await sharp(noise, { raw: { width: 3000, height: 2200, channels: 3 } })
		.png({ compressionLevel: 0 })
		.toFile(tooLarge);
	const { exitCode, stdout, stderr } = await demo('--output', output, tooLarge);
	expect(exitCode).toBe(1);
	expect(stderr).toMatch(/^Colorize Image: The picture is too large for the service/m);
	expect(stderr).toContain('Nothing was paid.');
	expect(stdout).toContain('Spent 0 sats');
	expect(stdout).toContain('0 of 3 pictures came');
});
