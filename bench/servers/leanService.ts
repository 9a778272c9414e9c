import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../../sandbox/openPort';
import { pictureOf } from '../picture';
import type { InvoiceStock } from './invoiceStock';
import type { ServerReport, ServerSettings, ServiceMarks } from './settings';

const NEVER: ServiceMarks = {
	askBegins: NaN,
	askRead: NaN,
	redeemBegins: NaN,
	redeemRead: NaN,
	pictureSent: NaN,
};

/** Of a clock that all processes of a machine share, finer than `Date.now`. */
export function nowMs(): number {
	return performance.timeOrigin + performance.now();
}

/** An L402 service that does nothing but what the exchange needs. */
export class LeanService {
	private settings: ServerSettings = { pictureBytes: 0, serverMs: 0, stock: 0, digests: false };
	private picture: Buffer = Buffer.alloc(0);
	private asks = 0;
	private redeems = 0;
	private readonly digests = new Set<string>();
	private marks: ServiceMarks = { ...NEVER };

	constructor(private readonly stock: InvoiceStock) {}

	configure(settings: ServerSettings): void {
		if (settings.pictureBytes !== this.picture.length) {
			this.picture = pictureOf(settings.pictureBytes);
		}
		this.settings = settings;
		this.asks = 0;
		this.redeems = 0;
		this.digests.clear();
	}

	report(): Omit<ServerReport, 'payments'> {
		const { asks, redeems, marks } = this;
		return { asks, redeems, digests: [...this.digests], marks };
	}

	readonly answer: Answer = async (request, response) => {
		const begins = nowMs();
		await this.takeBody(request);
		const [, token = '', preimage = ''] =
			/^L402 ([^:]+):([0-9a-f]{64})$/.exec(request.headers.authorization ?? '') ?? [];
		if (token === '') {
			this.asks += 1;
			this.marks = { ...NEVER, askBegins: begins, askRead: nowMs() };
			const { challenge } = this.stock.take();
			response.writeHead(402, { 'www-authenticate': challenge, 'content-length': 0 }).end();
			return;
		}
		if (this.stock.withToken(token)?.preimage !== preimage) {
			response.writeHead(401, { 'content-length': 0 }).end();
			return;
		}
		this.redeems += 1;
		this.marks = { ...this.marks, redeemBegins: begins, redeemRead: nowMs() };
		response.once('finish', () => (this.marks = { ...this.marks, pictureSent: nowMs() }));
		if (this.settings.serverMs > 0) await sleep(this.settings.serverMs);
		response
			.writeHead(200, { 'content-type': 'image/png', 'content-length': this.picture.length })
			.end(this.picture);
	};

	private async takeBody(request: IncomingMessage): Promise<void> {
		const hash = this.settings.digests ? createHash('sha256') : undefined;
		if (hash === undefined) request.resume();
		else request.on('data', (chunk: Buffer) => hash.update(chunk));
		await new Promise<void>((resolve, reject) => {
			request.once('end', resolve);
			request.once('error', reject);
		});
		if (hash !== undefined) this.digests.add(hash.digest('hex'));
	}
}
