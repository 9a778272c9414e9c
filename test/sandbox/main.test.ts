import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openPort } from '../../sandbox/openPort';

const root = join(__dirname, '..', '..');

/** Two neighboring ports that were free a moment ago. */
async function freePort(): Promise<number> {
	for (;;) {
		const first = await openPort('127.0.0.1', 0, async () => undefined);
		const port = Number(new URL(first.url).port);
		const second = await openPort('127.0.0.1', port + 1, async () => undefined).catch(() => null);
		await Promise.all([first.close(), second?.close()]);
		if (second !== null) return port;
	}
}

const children: ChildProcess[] = [];
afterEach(() => {
	for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(args: readonly string[]) {
	const command = ['--import', 'tsx', join(root, 'sandbox', 'main.ts'), ...args];
	const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
	children.push(child);
	return child;
}

/** Goes on reading afterward: a closed pipe would end the program. */
async function textUntil(stream: NodeJS.ReadableStream, end: RegExp): Promise<string> {
	return await new Promise((resolve, reject) => {
		let text = '';
		stream.on('data', (chunk: Buffer) => {
			text += chunk.toString();
			if (end.test(text)) resolve(text);
		});
		stream.on('end', () => reject(new Error(`Ended after: ${text}`)));
	});
}

it('says how to fill in the credential, answers, and stops at Ctrl-C', async () => {
	const port = await freePort();
	const child = start(['--port', String(port)]);
	const exit = once(child, 'exit');
	const text = await textUntil(child.stdout, /Ctrl-C/);
	expect(text).toContain(`Base URL    http://127.0.0.1:${port}\n`);
	expect(text).toContain(`URL         http://127.0.0.1:${port + 1}\n`);
	const adminKey = /Admin Key\s+(\S+)/.exec(text)?.[1] ?? '';
	const wallet = await fetch(`http://127.0.0.1:${port + 1}/api/v1/wallet`, {
		headers: { 'x-api-key': adminKey },
	});
	expect(await wallet.json()).toMatchObject({ balance: 100_000_000, id: expect.any(String) });
	child.kill('SIGINT');
	expect(await exit).toEqual([0, null]);
});

it('explains itself when called wrongly', async () => {
	const child = start(['--port', 'none']);
	const exit = once(child, 'exit');
	expect(await textUntil(child.stdout, /containers/)).toMatch(/^Usage: npm run sandbox/);
	expect(await exit).toEqual([2, null]);
});
