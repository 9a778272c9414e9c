import { Readable } from 'node:stream';
import { readBody } from '../../nodes/Sats4Ai/n8n/streamedBody';

const never = new AbortController().signal;
const stream = (...chunks: string[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));

test('a body within its limit is read to the end', async () => {
	const { body, isCut } = await readBody(stream('one\n', 'two'), { maxBytes: 7 }, never);
	expect({ text: String(body), isCut }).toEqual({ text: 'one\ntwo', isCut: false });
});

test('a body above its limit is left, and the connection closed', async () => {
	const endless = stream(...Array.from({ length: 1_000 }, () => 'x'.repeat(100)));
	const { body, isCut } = await readBody(endless, { maxBytes: 250 }, never);
	expect({ length: body.length, isCut }).toEqual({ length: 250, isCut: true });
	expect(endless.destroyed).toBe(true);
});

test('a stream is read until it is enough, and the connection closed', async () => {
	const open = stream('one\n', 'two\n', 'three');
	const measure = { maxBytes: 100, isLastLine: (line: string) => line === 'two' };
	expect(String((await readBody(open, measure, never)).body)).toBe('one\ntwo\n');
	expect(open.destroyed).toBe(true);
});

test.each([
	[true, 3, 3],
	[true, 2, undefined],
	[false, 3, undefined],
])('a long body stays in its pieces where it is to: %s, %d MB', async (inPieces, count, kept) => {
	const pieces = Array.from({ length: count }, () => 'x'.repeat(1024 * 1024));
	const measure = { maxBytes: 4 * 1024 * 1024, inPieces };
	const read = await readBody(stream(...pieces), measure, never);
	expect(read.pieces?.length).toBe(kept);
	expect(read.body.length).toBe(kept === undefined ? count * 1024 * 1024 : 4_096);
});

test('a body that comes as a whole has its limit too', async () => {
	const { body, isCut } = await readBody(Buffer.from('12345'), { maxBytes: 3 }, never);
	expect({ text: String(body), isCut }).toEqual({ text: '123', isCut: true });
});

test.each(['an end', 'a break', 'a limit'])(
	'after %s nobody listens to the signal',
	async (how) => {
		const listeners = new Set<unknown>();
		const { signal } = new AbortController();
		const add = signal.addEventListener.bind(signal);
		const remove = signal.removeEventListener.bind(signal);
		signal.addEventListener = (type: string, listener: () => void) => {
			listeners.add(listener);
			add(type, listener);
		};
		signal.removeEventListener = (type: string, listener: () => void) => {
			listeners.delete(listener);
			remove(type, listener);
		};
		async function* chunks() {
			yield Buffer.from('some bytes');
			if (how === 'a break') throw new Error('reset');
		}
		const maxBytes = how === 'a limit' ? 3 : 100;
		await readBody(Readable.from(chunks()), { maxBytes }, signal).catch(() => null);
		expect(listeners.size).toBe(0);
	},
);
