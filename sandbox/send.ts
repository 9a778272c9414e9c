import type { ServerResponse } from 'node:http';

export type Headers = Readonly<Record<string, string | string[]>>;

export function sendBytes(
	response: ServerResponse,
	status: number,
	contentType: string,
	body: Buffer,
	headers: Headers = {},
): void {
	response.writeHead(status, {
		'content-type': contentType,
		'content-length': body.length,
		...headers,
	});
	response.end(body);
}

export function sendJson(
	response: ServerResponse,
	status: number,
	value: unknown,
	headers: Headers = {},
): void {
	sendBytes(response, status, 'application/json', Buffer.from(JSON.stringify(value)), headers);
}
