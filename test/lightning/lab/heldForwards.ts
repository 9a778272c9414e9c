import WebSocket from 'ws';
import type { Lnd } from './lnd';

interface Circuit {
	readonly chan_id: string;
	readonly htlc_id: string;
}

/**
 * Holds every payment that passes through a node, as a slow or hostile node on the way would: LND's
 * HTLC interceptor, over the WebSocket of its REST API. The seller's invoice is an ordinary one.
 */
export class HeldForwards {
	private readonly held: Circuit[] = [];

	private constructor(private readonly socket: WebSocket) {
		socket.on('message', (data: Buffer) => {
			const { result } = JSON.parse(data.toString('utf8')) as {
				result?: { incoming_circuit_key: Circuit };
			};
			if (result !== undefined) this.held.push(result.incoming_circuit_key);
		});
	}

	static async at(node: Lnd): Promise<HeldForwards> {
		const url = `${node.restUrl.replace(/^http/, 'ws')}/v2/router/htlcinterceptor?method=POST`;
		const socket = new WebSocket(url, {
			headers: { 'Grpc-Metadata-Macaroon': node.adminMacaroon },
			ca: node.certificate,
		});
		const forwards = new HeldForwards(socket);
		await new Promise<void>((resolve, reject) => {
			socket.once('open', () => resolve());
			socket.once('error', reject);
		});
		return forwards;
	}

	get count(): number {
		return this.held.length;
	}

	/** Lets everything pass that is held now, or turns it back. */
	resolve(action: 'RESUME' | 'FAIL'): void {
		for (const circuit of this.held.splice(0)) {
			this.socket.send(JSON.stringify({ incoming_circuit_key: circuit, action }));
		}
	}

	/** From now on, payments pass; what is still held passes too. */
	async close(): Promise<void> {
		if (this.socket.readyState === WebSocket.CLOSED) return;
		const closed = new Promise((resolve) => this.socket.once('close', resolve));
		this.socket.close();
		await closed;
	}
}
