import { request } from 'undici';
import type { Lab } from '../../test/lightning/lab/lab';

const OFFER = /macaroon="([^"]+)", invoice="([^"]+)"/;
const PAY_S = 60;

/**
 * The exchange and nothing else, over undici: two posts to Aperture and one pay call to LND. What it
 * takes is theirs, whoever buys. Answers with what came.
 */
export async function buyBareFromLnd(lab: Lab, url: string, body: string): Promise<string> {
	const headers = { 'content-type': 'application/json' };
	const asked = await request(url, { method: 'POST', headers, body });
	await asked.body.dump();
	const challenges = [asked.headers['www-authenticate']].flat().join(', ');
	const [, token = '', invoice = ''] = OFFER.exec(challenges) ?? [];
	const { result } = await lab.network.west.post('/v2/router/send', {
		payment_request: invoice,
		timeout_seconds: PAY_S,
		fee_limit_sat: 10,
		no_inflight_updates: true,
	});
	const authorization = `L402 ${token}:${preimageIn(result)}`;
	const redeemed = await request(url, {
		method: 'POST',
		headers: { ...headers, authorization },
		body,
	});
	return await redeemed.body.text();
}

function preimageIn(payment: unknown): string {
	if (typeof payment !== 'object' || payment === null) return '';
	return 'payment_preimage' in payment ? String(payment.payment_preimage) : '';
}
