import type { NewFile } from './googleDrive';
import type { OutsideAnswer, OutsideRequest } from './request';

interface Begun {
	readonly folder: string;
	readonly name: string;
	readonly mimeType: string;
	readonly chunks: Buffer[];
}

/** A chunk was taken; `complete` once it was the last one. */
export interface Received {
	readonly answer: OutsideAnswer;
	readonly complete: { readonly folder: string; readonly file: NewFile } | null;
}

/** Google's resumable uploads: first the name and the folder, then the bytes, chunk by chunk. */
export class Uploads {
	private readonly begun: Begun[] = [];

	begin({ query, headers, body }: OutsideRequest): OutsideAnswer {
		if (query.get('uploadType') !== 'resumable') return { status: 400, body: 'only resumable' };
		const { name, parents } = JSON.parse(body.toString()) as { name: string; parents: [string] };
		const mimeType = String(headers['x-upload-content-type']);
		const uploadId = this.begun.push({ folder: parents[0], name, mimeType, chunks: [] }) - 1;
		const location = `https://www.googleapis.com/upload/drive/v3/files?uploadType=resumable&upload_id=${uploadId}`;
		return { status: 200, headers: { location }, body: {} };
	}

	receive({ query, headers, body }: OutsideRequest): Received {
		const begun = this.begun[Number(query.get('upload_id'))];
		const [, start, end, total] =
			/^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
		const received = begun?.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
		if (begun === undefined || Number(start) !== received) {
			return { answer: { status: 400, body: 'no such chunk' }, complete: null };
		}
		begun.chunks.push(body);
		if (Number(end) + 1 < Number(total)) {
			return { answer: { status: 308, body: {} }, complete: null };
		}
		const { folder, name, mimeType, chunks } = begun;
		const file = { name, mimeType, bytes: Buffer.concat(chunks) };
		return { answer: { status: 200, body: {} }, complete: { folder, file } };
	}
}
