import { request as send } from 'node:http';
import type { Host } from './request';

/** Hands everything on to a server of this machine, which is told the name it was asked by. */
export function forwardTo(target: string): Host {
	return (request, response) => {
		const { method, headers, url = '/' } = request;
		const onward = send(
			new URL(url, target),
			{ method, headers: { ...headers, 'x-forwarded-proto': 'https' } },
			(answer) => {
				response.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.on('error', () => response.destroy());
				answer.pipe(response);
			},
		);
		onward.on('error', () => response.destroy());
		request.pipe(onward);
	};
}
