import { createReadStream, mkdtempSync, rmSync, writeFileSync, type ReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { fileOnDisk } from '../../nodes/Sats4Ai/n8n/fileOnDisk';
import { BodyOfFile } from '../../nodes/Sats4Ai/purchase/service/order';

const LENGTH = 40_000_000;
const WAITING_BYTES = 5_000_000;

test('of a large picture little is held for a service that reads slowly', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'slow-reader-'));
	const path = join(folder, 'picture');
	writeFileSync(path, Buffer.alloc(LENGTH));
	const opened: ReadStream[] = [];
	const helpers = {
		getBinaryStream: async (_id: string, highWaterMark: number) => {
			const stream = createReadStream(path, { highWaterMark });
			opened.push(stream);
			return stream;
		},
	};
	const ctx = { helpers } as unknown as IExecuteSingleFunctions;
	const data = { id: 'filesystem-v2:x', data: '', mimeType: 'image/png' };
	try {
		const { file } = fileOnDisk(ctx, data, LENGTH, async () => Buffer.alloc(LENGTH));
		if (file === undefined) throw new Error('a large file on disk is to be read again');
		const body = await new BodyOfFile('{}', file).open();
		const reader = body[Symbol.asyncIterator]();
		await reader.next();
		const [stream] = opened;
		// It reads ahead, and then it stands still.
		let before = -1;
		while (before !== stream?.bytesRead) {
			before = stream?.bytesRead ?? 0;
			await sleep(200);
		}
		expect(before).toBeGreaterThan(0);
		expect(before).toBeLessThan(WAITING_BYTES);
		let sent = 0;
		for (let piece = await reader.next(); piece.done !== true; piece = await reader.next()) {
			sent += piece.value.length;
		}
		expect(sent).toBeGreaterThan((4 * LENGTH) / 3 - 1);
	} finally {
		opened.forEach((stream) => stream.destroy());
		rmSync(folder, { recursive: true });
	}
});
