import { Readable } from 'node:stream';
import { bodyOf } from '../../nodes/Sats4Ai/n8n/streamedBody';

const never = new AbortController().signal;
const stream = (...chunks: string[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));

test('a body within its limit is read to the end', async () => {
	expect(String(await bodyOf(stream('one\n', 'two'), 7, never))).toBe('one\ntwo');
});

test('a body above its limit is left, and the connection closed', async () => {
	const endless = stream(...Array.from({ length: 1_000 }, () => 'x'.repeat(100)));
	expect(await bodyOf(endless, 250, never)).toBeNull();
	expect(endless.destroyed).toBe(true);
});

test('without a limit a stream is read up to its first line', async () => {
	expect(String(await bodyOf(stream('one\n', 'two'), undefined, never))).toBe('one\n');
});
