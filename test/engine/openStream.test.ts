import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { inScene, type Scene } from './scene';

/** LND in front of which somebody keeps connections open after the last update. */
async function lndThatStaysOnTheLine({ sandbox }: Scene) {
	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const body = await text(request);
		if (request.url === '/v1/getinfo') {
			response.end(JSON.stringify({ identity_pubkey: `02${'ab'.repeat(32)}` }));
			return;
		}
		const { payment_request: invoice } = JSON.parse(body) as { payment_request: string };
		const sold = sandbox.ledger.find((entry) => entry.invoice === invoice);
		if (sold !== undefined) sold.paidAt = Date.now();
		const update = { payment_hash: sold?.paymentHash, payment_preimage: '0'.repeat(64) };
		const line = (change: object) => `${JSON.stringify({ result: { ...update, ...change } })}\n`;
		response.write(line({ status: 'IN_FLIGHT' }));
		response.write(
			line({ status: 'SUCCEEDED', payment_preimage: sold?.preimage, fee_msat: '1000' }),
		);
	};
	const server = createServer((request, response) => void answer(request, response));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const close = async () => {
		server.closeAllConnections();
		await once(server.close(), 'close');
	};
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

it('a payment is done when its last update is read, though the stream stays open', async () => {
	await inScene({}, async (scene) => {
		const lnd = await lndThatStaysOnTheLine(scene);
		const { items, error } = await scene
			.run({
				credential: { wallet: 'lnd', url: lnd.url, macaroon: '0201' },
				// Whoever waits for the end of the stream waits for most of this.
				options: { paymentTimeout: 600 },
			})
			.finally(lnd.close);
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ payment: { status: 'paid', feeMsat: 1000 } });
	});
});
