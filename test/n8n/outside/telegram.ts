import { sha256Hex } from '../../../sandbox/requestLog';
import type { OutsideAnswer, OutsideRequest } from './request';

/** What a bot was told to do. */
export interface TelegramCall {
	readonly method: string;
	/** Fields that are text. */
	readonly fields: Readonly<Record<string, string>>;
	/** sha256 of the file, where there is one. */
	readonly fileSha256: string | null;
}

/** Telegram's bot API: takes messages and photographs, from one bot. */
export class Telegram {
	/** Of the bot. */
	readonly token = '4402:play-token';
	readonly calls: TelegramCall[] = [];

	forget(): void {
		this.calls.splice(0);
	}

	async answer({ method, path, headers, body }: OutsideRequest): Promise<OutsideAnswer> {
		const [, token, call] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? [];
		if (token !== this.token) return refusal(401, 'Unauthorized');
		if (method !== 'POST' || (call !== 'sendMessage' && call !== 'sendPhoto')) {
			return refusal(404, 'Not Found');
		}
		const parts = await partsOf(body, headers['content-type'] ?? '');
		const fields: Record<string, string> = {};
		let fileSha256: string | null = null;
		for (const [name, value] of parts) {
			if (typeof value === 'string') fields[name] = value;
			else fileSha256 = sha256Hex(Buffer.from(await value.arrayBuffer()));
		}
		if (call === 'sendPhoto' && fileSha256 === null) return refusal(400, 'there is no photo');
		this.calls.push({ method: call, fields, fileSha256 });
		const chat = { id: Number(fields.chat_id), type: 'private' };
		return { status: 200, body: { ok: true, result: { message_id: this.calls.length, chat } } };
	}
}

async function partsOf(body: Buffer, contentType: string): Promise<[string, string | Blob][]> {
	if (contentType.startsWith('multipart/form-data')) {
		const response = new Response(body, { headers: { 'content-type': contentType } });
		return [...(await response.formData())];
	}
	const json = JSON.parse(body.toString()) as Record<string, unknown>;
	return Object.entries(json).map(([name, value]) => [name, String(value)]);
}

function refusal(status: number, description: string): OutsideAnswer {
	return { status, body: { ok: false, error_code: status, description } };
}
