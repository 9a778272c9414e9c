import { writeFileSync } from 'node:fs';
import { decodeInvoice } from '../../nodes/Sats4Ai/bolt11/invoice';
import { parseChallenge } from '../../nodes/Sats4Ai/l402/challenge';
import type { Wallet } from '../../nodes/Sats4Ai/wallets/wallet';
import type { Client, Order } from '../order';
import { walletOf } from './walletOf';

const ATTEMPTS = 2;
const MAX_FEE_MSAT = 10_000n;

/**
 * The control: a client as one writes it in an afternoon. Whatever does not work is begun anew, with
 * another invoice. A battery in which this one passes measures nothing.
 */
export const naive: Client = async (order) => {
	const wallet = walletOf(order);
	try {
		for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
			if (await buy(order, wallet)) return { output: 'bought' };
		}
		return { output: 'given up' };
	} finally {
		wallet.close?.();
	}
};

async function buy(order: Order, wallet: Wallet): Promise<boolean> {
	const asked = await post(order, {});
	const challenge = parseChallenge(asked?.headers.get('www-authenticate') ?? '');
	if (challenge.status !== 'offer') return false;
	const { token, invoice: text } = challenge.challenge;
	const { paymentHash, amountMsat } = decodeInvoice(text);
	const paid = await wallet.payInvoice(
		{ text, paymentHash, amountMsat: amountMsat ?? 0n },
		{ maxFeeMsat: MAX_FEE_MSAT, timeoutMs: order.timeoutSeconds * 1_000 },
	);
	if (paid.status !== 'paid' || paid.preimage === null) return false;
	const got = await post(order, { authorization: `L402 ${token}:${paid.preimage}` });
	if (got?.status !== 200) return false;
	const bytes = await got.arrayBuffer().catch(() => null);
	if (bytes === null) return false;
	writeFileSync(order.outFile, Buffer.from(bytes));
	return true;
}

async function post(
	{ url, body, timeoutSeconds }: Order,
	headers: Record<string, string>,
): Promise<Response | null> {
	const signal = AbortSignal.timeout(timeoutSeconds * 1_000);
	return await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body,
		signal,
	}).catch(() => null);
}
