import { randomUUID } from 'node:crypto';

/** An n8n without its database may never answer. A *Retry* is answered when it has ended. */
const ANSWERS_WITHIN_MS = 300_000;

/** An answer of n8n that is none of the 2xx. */
export class Refused extends Error {
	constructor(
		readonly status: number,
		text: string,
	) {
		super(`${status} ${text.slice(0, 1000)}`);
	}
}

/** Calls of n8n's REST API by one browser, which stays logged in. */
export class RestCalls {
	private cookie = '';
	private readonly browserId = randomUUID();

	constructor(private readonly url: string) {}

	/** Throws `Refused` where the answer is none of the 2xx, `TimeoutError` where none comes in five minutes. */
	async call(method: string, path: string, body?: object): Promise<unknown> {
		const answer = await this.fetch(method, path, body);
		const { data } = (await answer.json()) as { data?: unknown };
		return data;
	}

	async fetch(method: string, path: string, body?: object): Promise<Response> {
		const answer = await fetch(`${this.url}${path}`, {
			method,
			signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
			headers: {
				'content-type': 'application/json',
				'browser-id': this.browserId,
				cookie: this.cookie,
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const session = answer.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
		if (session !== undefined) this.cookie = session.split(';')[0] ?? '';
		if (!answer.ok) throw new Refused(answer.status, await answer.text());
		return answer;
	}
}
