import { randomBytes } from 'node:crypto';
import { parseChallenge } from '../../nodes/Sats4Ai/l402/challenge';
import { tokenCommitsTo } from '../../nodes/Sats4Ai/l402/token';
import { encodeBody, orderDigest } from '../../nodes/Sats4Ai/purchase/service/order';
import { readEvent, signEvent } from '../../nodes/Sats4Ai/wallets/nwc/event';
import { schnorr } from '@noble/curves/secp256k1.js';
import { InvoiceStock } from '../servers/invoiceStock';
import { pictureOf } from '../picture';
import { cycling, type Call } from './timeCalls';

/** What the node itself does to every purchase. */
export function parts(): Call[] {
	const stock = new InvoiceStock();
	const offers = Array.from({ length: 50 }, () => stock.take());
	const [forChallenge, forToken] = [cycling(offers), cycling(offers)];
	const secretKey = randomBytes(32);
	const pubkey = Buffer.from(schnorr.getPublicKey(secretKey)).toString('hex');
	const unsigned = { created_at: 1, kind: 23_194, tags: [['p', pubkey]], content: 'x'.repeat(500) };
	const event = signEvent(unsigned, secretKey, pubkey);
	const picture = pictureOf(10_000_000);
	return [
		{ name: 'challenge parse', run: () => mustHold(parseChallenge(forChallenge().challenge)) },
		{
			name: 'token read',
			run: () => {
				const { token, paymentHash } = forToken();
				if (tokenCommitsTo(token, paymentHash) !== 'yes') throw new Error('Not its token');
			},
		},
		{ name: 'schnorr signature', run: () => mustHold(signEvent(unsigned, secretKey, pubkey)) },
		{ name: 'schnorr verification', run: () => mustHold(readEvent(event, pubkey)) },
		{ name: 'body of a 10 MB picture', run: () => mustHold(encodeBody('{}', picture)) },
		{
			name: 'digest of its order',
			run: () => mustHold(orderDigest('http://127.0.0.1', '{}', picture)),
		},
	];
}

function mustHold(result: unknown): void {
	if (result === null) throw new Error('There is no result');
}
