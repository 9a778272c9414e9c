import { sha256Hex } from '../../../sandbox/requestLog';
import { matches } from './driveQuery';
import { Uploads } from './driveUploads';
import type { OutsideAnswer, OutsideRequest } from './request';

export interface DriveFile {
	readonly id: string;
	name: string;
	readonly mimeType: string;
	parents: string[];
	/** ISO 8601. */
	readonly createdTime: string;
	readonly bytes: Buffer;
}

export type NewFile = Pick<DriveFile, 'name' | 'mimeType' | 'bytes'>;

/** Google Drive's API, as far as n8n's nodes use it, with the files of one account. */
export class GoogleDrive {
	/** Of the account. */
	readonly accessToken = 'play-access-token';
	/** How often somebody has looked for files. */
	searches = 0;
	/**
	 * Asked of each upload once its bytes are there. `hang`: it is neither stored nor answered;
	 * `hangAfter`: stored, and not answered.
	 */
	uploadFault: (file: NewFile) => 'hang' | 'hangAfter' | null = () => null;
	private readonly files: DriveFile[] = [];
	private lastId = 0;
	private readonly uploads = new Uploads();

	/** What lies in a folder, in the order it came there. */
	in(folder: string): readonly DriveFile[] {
		return this.files.filter(({ parents }) => parents.includes(folder));
	}

	/** Sorted sha256 of the files of a folder. */
	sha256In(folder: string): string[] {
		return this.in(folder)
			.map(({ bytes }) => sha256Hex(bytes))
			.sort();
	}

	/** An empty account. */
	forget(): void {
		this.files.splice(0);
		this.uploadFault = () => null;
	}

	put(folder: string, file: NewFile): DriveFile {
		this.lastId += 1;
		const id = `file-${this.lastId}`;
		const createdTime = new Date().toISOString();
		const added = { id, ...file, parents: [folder], createdTime };
		this.files.push(added);
		return added;
	}

	answer(request: OutsideRequest): OutsideAnswer | Promise<OutsideAnswer> {
		const { method, path, query, headers } = request;
		// The address of an upload is a secret by itself.
		if (method === 'PUT' && path === '/upload/drive/v3/files') return this.upload(request);
		if (headers.authorization !== `Bearer ${this.accessToken}`) return refusal(401, 'Unauthorized');
		if (method === 'POST' && path === '/upload/drive/v3/files') return this.uploads.begin(request);
		if (method === 'GET' && path === '/drive/v3/files') return this.list(query);
		const file = this.files.find(({ id }) => path === `/drive/v3/files/${id}`);
		if (file === undefined) return refusal(404, `Not found: ${method} ${path}`);
		if (method === 'PATCH') return this.change(file, query);
		if (method === 'GET' && query.get('alt') === 'media') {
			return { status: 200, headers: { 'content-type': file.mimeType }, body: file.bytes };
		}
		return method === 'GET' ? found(file) : refusal(405, method);
	}

	private list(query: URLSearchParams): OutsideAnswer {
		this.searches += 1;
		const wanted = query.get('q') ?? '';
		const files = this.files.filter((file) => matches(file, wanted));
		const size = Number(query.get('pageSize') ?? 100);
		const start = Number(query.get('pageToken') ?? 0);
		const nextPageToken = start + size < files.length ? String(start + size) : undefined;
		const page = files.slice(start, start + size).map(described);
		return { status: 200, body: { files: page, nextPageToken } };
	}

	private change(file: DriveFile, query: URLSearchParams): OutsideAnswer {
		const ids = (name: string): string[] => (query.get(name) ?? '').split(',').filter(Boolean);
		const removed = ids('removeParents');
		const kept = file.parents.filter((parent) => !removed.includes(parent));
		file.parents = [...new Set([...kept, ...ids('addParents')])];
		return found(file);
	}

	private upload(request: OutsideRequest): OutsideAnswer | Promise<OutsideAnswer> {
		const { answer, complete } = this.uploads.receive(request);
		if (complete === null) return answer;
		const { folder, file } = complete;
		const fault = this.uploadFault(file);
		if (fault === 'hang') return never;
		const stored = found(this.put(folder, file));
		return fault === 'hangAfter' ? never : stored;
	}
}

/** An answer that does not come. */
const never = new Promise<OutsideAnswer>(() => undefined);

/** What the API tells of a file. */
function described({ bytes, ...file }: DriveFile): object {
	return { kind: 'drive#file', ...file, size: String(bytes.length) };
}

function found(file: DriveFile): OutsideAnswer {
	return { status: 200, body: described(file) };
}

function refusal(code: number, message: string): OutsideAnswer {
	return { status: code, body: { error: { code, message } } };
}
