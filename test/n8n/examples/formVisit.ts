import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '../rig/app';
import { untilPublished } from '../scenarios/until';
import { photograph } from './drivePictures';

const WITHIN_MS = 60_000;

/** Somebody in front of a form of n8n's with several pages; does what the pages' script does. */
export class FormVisit {
	private constructor(private readonly next: string) {}

	/** Hands in a photograph on the first page. */
	static async begin(app: App, path: string): Promise<FormVisit> {
		const url = `${app.url}/form/${path}`;
		await untilPublished(url);
		const form = new FormData();
		form.set(
			'field-0',
			new Blob([new Uint8Array(photograph().bytes)], { type: 'image/png' }),
			'old.png',
		);
		const answer = await fetch(url, { method: 'POST', body: form });
		const text = await answer.text();
		assert.equal(answer.status, 200, text);
		const { formWaitingUrl } = JSON.parse(text) as { formWaitingUrl?: string };
		assert.ok(formWaitingUrl !== undefined, text);
		// It names the host as n8n's settings have it.
		const { pathname, search } = new URL(formWaitingUrl);
		return new FormVisit(`${app.url}${pathname}${search}`);
	}

	/** Waits until the page at hand says this. */
	async sees(words: string): Promise<void> {
		const deadline = Date.now() + WITHIN_MS;
		for (;;) {
			const page = await this.page();
			if (page.includes(words)) return;
			assert.ok(Date.now() < deadline, `not '${words}', but: ${page.slice(0, 2_000)}`);
			await wait(250);
		}
	}

	/** The page at hand; '' while n8n is at work, when it would let us wait for ever. */
	private async page(): Promise<string> {
		const status = new URL(this.next);
		status.pathname += '/n8n-execution-status';
		const at = await (await fetch(status)).text();
		return at === 'running' ? '' : await (await fetch(this.next)).text();
	}

	/** What the script of an ending does once it is shown. */
	async leave(): Promise<void> {
		const answer = await fetch(this.next, { method: 'POST' });
		assert.ok(answer.status < 500, await answer.text());
	}

	/** Fills in the one field of the page at hand. */
	async choose(choice: string): Promise<void> {
		const form = new FormData();
		form.set('field-0', choice);
		const answer = await fetch(this.next, { method: 'POST', body: form });
		assert.equal(answer.status, 200, await answer.text());
	}
}
