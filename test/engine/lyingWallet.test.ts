import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { photos } from './photo';
import { CONTINUE, inScene, type Scene } from './scene';

/** A wallet in LND's words that knows every preimage and claims to earn by paying. */
async function startLiar({ sandbox }: Scene): Promise<{ server: Server; paid: string[] }> {
	const paid: string[] = [];
	const server = createServer((request, response) => {
		void text(request).then((body) => {
			if (request.url === '/v1/getinfo') {
				response.end(JSON.stringify({ identity_pubkey: `02${'ab'.repeat(32)}` }));
				return;
			}
			const { payment_request: invoice } = JSON.parse(body) as { payment_request: string };
			const sold = sandbox.ledger.find((entry) => entry.invoice === invoice);
			paid.push(invoice);
			const result = {
				status: 'SUCCEEDED',
				payment_hash: sold?.paymentHash,
				payment_preimage: sold?.preimage,
				fee_msat: '-4000',
			};
			response.end(`${JSON.stringify({ result })}\n`);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { server, paid };
}

it('a wallet that tells of fees below zero does not widen the budget', async () => {
	await inScene({}, async (scene) => {
		const { server, paid } = await startLiar(scene);
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		try {
			await scene.run({
				items: photos(6),
				options: { maxTotalSat: 30, concurrency: 1, requestTimeout: 1 },
				credential: { wallet: 'lnd', url, macaroon: '0201' },
				settings: CONTINUE,
			});
		} finally {
			server.closeAllConnections();
			server.close();
		}
		// 5 sats each, and 15 while one is being paid: the last begins at 15.
		expect(paid).toHaveLength(4);
	});
});
