import { request } from 'undici';
import type { ServerReport, ServerSettings } from './settings';

/** Sets how the servers behave; returns when they are ready. */
export async function configureServers(controlUrl: string, settings: ServerSettings) {
	const { body } = await request(controlUrl, { method: 'POST', body: JSON.stringify(settings) });
	await body.dump();
}

export async function serverReport(controlUrl: string): Promise<ServerReport> {
	const { body } = await request(controlUrl);
	return (await body.json()) as ServerReport;
}
