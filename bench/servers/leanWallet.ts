import { readBody } from '../../sandbox/readBody';
import type { Answer } from '../../sandbox/openPort';
import type { InvoiceStock } from './invoiceStock';
import { WALLET_AUTHORIZATION } from './settings';

const MAX_BODY_BYTES = 16_384;

const INFO = JSON.stringify({
	nodeId: `03${'cd'.repeat(32)}`,
	channels: [{ state: 'Normal', balanceSat: 1_000 }],
	chain: 'regtest',
	version: '0.8.0',
});

/**
 * A phoenixd that pays at once: the wallet whose API takes one call for one payment. It knows the
 * preimages because it shares the service's stock.
 */
export class LeanWallet {
	payments = 0;

	constructor(private readonly stock: InvoiceStock) {}

	readonly answer: Answer = async (request, response) => {
		const body = await readBody(request, MAX_BODY_BYTES);
		const sold = this.stock.soldFor(new URLSearchParams(body?.toString()).get('invoice') ?? '');
		const isAllowed = request.headers.authorization === WALLET_AUTHORIZATION;
		// The node makes sure, once in a run, that a wallet is there at all.
		if (request.url === '/getinfo' && isAllowed) {
			response.writeHead(200, { 'content-type': 'application/json' }).end(INFO);
			return;
		}
		if (request.url !== '/payinvoice' || sold === undefined || !isAllowed) {
			response.writeHead(isAllowed ? 404 : 401, { 'content-length': 0 }).end();
			return;
		}
		this.payments += 1;
		const { paymentHash, preimage } = sold;
		const answer = JSON.stringify({
			recipientAmountSat: 5,
			routingFeeSat: 4,
			paymentId: paymentHash.slice(0, 32),
			paymentHash,
			paymentPreimage: preimage,
		});
		response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
	};
}
