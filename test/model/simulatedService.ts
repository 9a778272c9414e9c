import { createHash } from 'node:crypto';
import type { Http, HttpOutcome, HttpRequest } from '../../nodes/Sats4Ai/l402/http';
import type { InvoicePool, PooledInvoice } from './invoicePool';
import type { Schedule } from './schedule';
import type { VirtualTime } from './virtualTime';

export const SERVICE_URL = 'https://service.example';
export const PICTURE = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);

/** A service that sells one picture an invoice, as badly as its schedule wants. */
export class SimulatedService {
	/** By token. */
	readonly invoices = new Map<string, PooledInvoice & { readonly body: string }>();
	readonly complaints: string[] = [];
	private readonly used = new Set<string>();
	private asks = 0;
	private redeems = 0;
	private links = 0;
	private lastToken = '';

	constructor(
		private readonly time: VirtualTime,
		private readonly schedule: Schedule,
		private readonly pool: InvoicePool,
		private readonly latency: () => number,
		private readonly calm: () => boolean,
	) {}

	readonly http: Http = async (request) => {
		const answer = this.answer(request);
		const waitMs = answer === 'silence' ? request.timeoutMs : this.latency();
		await this.time.pass(Math.min(waitMs, request.timeoutMs), true);
		const inTime = waitMs <= request.timeoutMs && !this.time.clock.cancelled();
		return answer === 'silence' || !inTime ? { kind: 'lost', reason: 'no answer' } : answer;
	};

	private answer(request: HttpRequest): HttpOutcome | 'silence' {
		if (request.method === 'GET') return this.link(request);
		const { Authorization } = request.headers;
		const body = String(request.body);
		return Authorization === undefined ? this.ask(body) : this.redeem(body, Authorization);
	}

	private ask(body: string): HttpOutcome | 'silence' {
		const { fates } = this.schedule;
		const fate = this.calm() ? 'offer' : (fates.ask[this.asks++] ?? 'offer');
		switch (fate) {
			case 'lost':
				return { kind: 'lost', reason: 'reset' };
			case 'status500':
			case 'status503':
				return said(Number(fate.slice(6)), 'trouble');
			case 'free':
				return said(200, PICTURE);
			case 'noChallenge':
				return said(402, 'pay');
			case 'sameInvoiceAgain':
				if (this.invoices.get(this.lastToken)?.body === body) return this.offer(this.lastToken);
				return this.offer(this.newToken(body, this.pool.next(this.calm())));
			case 'expensive':
				return this.offer(this.newToken(body, this.pool.expensive));
			case 'expired':
				return this.offer(this.newToken(body, this.pool.expired));
			default:
				return this.offer(this.newToken(body, this.pool.next(this.calm())));
		}
	}

	private newToken(body: string, invoice: PooledInvoice): string {
		const token = Buffer.from(`token ${this.invoices.size}`).toString('base64');
		this.invoices.set(token, { ...invoice, body });
		this.lastToken = token;
		return token;
	}

	private offer(token: string): HttpOutcome {
		const invoice = this.invoices.get(token)?.text ?? '';
		return said(402, '', { 'www-authenticate': `L402 token="${token}", invoice="${invoice}"` });
	}

	private redeem(body: string, authorization: string): HttpOutcome | 'silence' {
		const [, token = '', preimage = ''] = /^L402 ([^:]+):([0-9a-f]{64})$/.exec(authorization) ?? [];
		const invoice = this.invoices.get(token);
		const proves = createHash('sha256').update(Buffer.from(preimage, 'hex')).digest('hex');
		if (invoice === undefined || proves !== invoice.paymentHash) {
			this.complaints.push('a preimage was sent that proves nothing');
			return said(401, 'no');
		}
		if (invoice.body !== body) this.complaints.push('other bytes were sent than were asked for');
		const fate = this.calm()
			? 'picture'
			: (this.schedule.fates.redeem[this.redeems++] ?? 'picture');
		if (fate === 'hang') return 'silence';
		if (fate === 'lostBefore') return { kind: 'lost', reason: 'reset' };
		if (fate.startsWith('status')) return said(Number(fate.slice(6)), 'trouble');
		if (this.used.has(token) && !this.schedule.replays && !this.calm()) return said(401, 'used');
		this.used.add(token);
		if (fate === 'lostAfter') return { kind: 'lost', reason: 'reset' };
		if (fate === 'garbage') return said(200, 'garbage');
		if (fate === 'empty') return said(200, '');
		return fate === 'link'
			? said(200, JSON.stringify({ image_url: '/uploads/1.png' }))
			: said(200, PICTURE);
	}

	private link(request: HttpRequest): HttpOutcome {
		if ('Authorization' in request.headers) this.complaints.push('a link was sent the credential');
		const fate = this.calm() ? 'picture' : (this.schedule.fates.link[this.links++] ?? 'picture');
		if (fate === 'lost') return { kind: 'lost', reason: 'reset' };
		if (fate === 'garbage') return said(200, 'garbage');
		return fate === 'picture' ? said(200, PICTURE) : said(Number(fate.slice(6)), 'gone');
	}
}

function said(
	status: number,
	body: string | Buffer,
	headers: Record<string, string> = {},
): HttpOutcome {
	return { kind: 'answer', status, headers, body: Buffer.from(body) };
}
