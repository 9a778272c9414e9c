import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import { connect, createServer as createTcpServer, type AddressInfo } from 'node:net';
import { selfSignedCertificate } from '../wallets/emulators/certificate';
import { inScene } from './scene';

const MACAROON = `0201036c6e64${'5a'.repeat(60)}`;

async function portOf(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

/**
 * LND, and somebody on the way to it who cannot read along: once LND has read a request to pay,
 * the answer is replaced by bytes that are no TLS.
 */
async function lndBehindGarbler() {
	let payCalls = 0;
	const lnd = createServer(selfSignedCertificate(), (request, response) => {
		request.resume().on('end', () => {
			if (request.url === '/v2/router/send') payCalls += 1;
			response.end(JSON.stringify({ identity_pubkey: `02${'ab'.repeat(32)}` }));
		});
	});
	const lndPort = await portOf(lnd);
	const garbler = createTcpServer((client) => {
		const upstream = connect(lndPort, '127.0.0.1');
		client.pipe(upstream);
		upstream.on('data', (bytes) => {
			client.write(payCalls > 0 ? Buffer.from('HTTP/1.1 200 OK\r\n\r\n') : bytes);
		});
		client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
		upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
	});
	const url = `https://127.0.0.1:${await portOf(garbler)}`;
	const close = async () => {
		lnd.closeAllConnections();
		await Promise.all([lnd, garbler].map((server) => once(server.close(), 'close')));
	};
	return { url, close, payCalls: () => payCalls };
}

describe('a wallet whose answer is garbled on the way', () => {
	it('may have paid, so the payment is unknown and not repeated', async () => {
		const lnd = await lndBehindGarbler();
		await inScene({}, async (scene) => {
			const failure = await scene.failure({
				credential: { wallet: 'lnd', url: lnd.url, macaroon: MACAROON, ignoreSslIssues: true },
				options: { paymentTimeout: 1 },
			});
			expect(lnd.payCalls()).toBe(1);
			expect(failure).toMatchObject({ code: 'PAYMENT_UNKNOWN', spent: 'unknown' });
			expect(failure.payment?.token).toBeDefined();
		}).finally(lnd.close);
	});
});
