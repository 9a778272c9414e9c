import { once } from 'node:events';
import {
	createServer,
	request as plainRequest,
	type IncomingMessage,
	type ServerResponse,
} from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { WalletName } from '../nodes/Sats4Ai/wallets/wallet';
import { bentAnswer, half, type WalletAnswer } from './bend';
import type { Bend } from './scenes';

/** The calls that go wrong; the others are let through. */
export type Bent = 'pay' | 'lookup';

/** Which call of which wallet this is. */
const calls: Readonly<Record<Exclude<WalletName, 'nwc'>, Record<Bent, RegExp>>> = {
	lnbits: {
		pay: /^POST \/api\/v1\/payments$/,
		lookup: /^GET \/api\/v1\/payments(?!\/fee-reserve)/,
	},
	lnd: { pay: /^POST \/v2\/router\/send$/, lookup: /^GET \/(v2\/router\/track|v1\/payments)/ },
	cln: { pay: /^POST \/v1\/x?pay$/, lookup: /^POST \/v1\/listpays$/ },
	phoenixd: { pay: /^POST \/payinvoice$/, lookup: /^GET \/payments\/outgoing/ },
};

export interface WalletFront {
	readonly url: string;
	close(): Promise<void>;
}

/** A server in front of a wallet, which lets every request through and bends some answers. */
export async function standInFront(
	wallet: Exclude<WalletName, 'nwc'>,
	behindUrl: string,
	bendOf: (call: Bent) => Bend | undefined,
): Promise<WalletFront> {
	const server = createServer((incoming, response) => {
		pass(incoming, response).catch(() => response.destroy());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			server.closeAllConnections();
			await once(server.close(), 'close');
		},
	};

	async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = await text(incoming);
		const honest = await behind(incoming, body);
		const asked = `${incoming.method} ${incoming.url}`;
		const call = (['pay', 'lookup'] as const).find((one) => calls[wallet][one].test(asked));
		const bend = call && bendOf(call);
		const answer = bend === undefined ? honest : bentAnswer(wallet, bend, honest);
		if (answer === null) return;
		response.writeHead(answer.status, {
			'content-type': answer.type,
			'content-length': Buffer.byteLength(answer.body),
		});
		if (answer.isCut !== true) response.end(answer.body);
		else response.write(half(answer.body), () => response.destroy());
	}

	async function behind(incoming: IncomingMessage, body: string): Promise<WalletAnswer> {
		const { host: _, ...headers } = incoming.headers;
		const url = new URL(incoming.url ?? '/', behindUrl);
		const send = url.protocol === 'https:' ? tlsRequest : plainRequest;
		const passing = send(url, { method: incoming.method, headers, rejectUnauthorized: false });
		passing.end(body);
		const [answer] = (await once(passing, 'response')) as [IncomingMessage];
		const type = answer.headers['content-type'] ?? '';
		return { status: answer.statusCode ?? 0, type, body: await text(answer) };
	}
}
