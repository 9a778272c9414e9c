import { createRequire } from 'node:module';
import { join } from 'node:path';
import { WebSocket } from 'undici';
import type { Order } from '../order';

/** What `fetch402` takes for a wallet, and the look-up that its README tells a program to make. */
export interface AlbyWallet {
	payInvoice(request: { readonly invoice: string }): Promise<{ preimage: string }>;
	lookupInvoice(request: {
		readonly payment_hash: string;
	}): Promise<{ readonly state: string; readonly preimage?: string | null }>;
	close?(): void;
}

/**
 * A wallet for Alby's library. Over Nostr it is Alby's own client; for the others the library asks for
 * "any object that implements payInvoice", and these are such objects as one writes from the wallet's
 * API documentation: whatever is no success is thrown.
 */
export function albyWallet(order: Order): AlbyWallet {
	if (order.wallet === 'nwc') return overNostr(order.walletSecret);
	const { walletUrl: url, walletSecret: secret, timeoutSeconds } = order;
	const ask = async (path: string, headers: Record<string, string>, body?: string) => {
		const response = await fetch(`${url}${path}`, {
			method: body === undefined ? 'GET' : 'POST',
			headers,
			body,
			signal: AbortSignal.timeout(timeoutSeconds * 1_000),
		});
		const said = await response.text();
		if (!response.ok) throw new Error(`The wallet answered ${response.status}: ${said}`);
		return JSON.parse(said) as unknown;
	};
	return { lnbits, lnd, cln, phoenixd }[order.wallet](ask, secret);
}

type Ask = (path: string, headers: Record<string, string>, body?: string) => Promise<unknown>;

const STATES: Readonly<Record<string, string>> = {
	success: 'settled',
	complete: 'settled',
	SUCCEEDED: 'settled',
	failed: 'failed',
	FAILED: 'failed',
};
const stateOf = (status: string | undefined) => STATES[status ?? ''] ?? 'pending';

function withPreimage(preimage: string | null | undefined): { preimage: string } {
	if (!preimage) throw new Error('The wallet did not pay');
	return { preimage };
}

function lnbits(ask: Ask, secret: string): AlbyWallet {
	interface Payment {
		readonly preimage?: string | null;
		readonly status?: string;
		readonly paid?: boolean;
	}
	const headers = { 'x-api-key': secret, 'content-type': 'application/json' };
	return {
		async payInvoice({ invoice: bolt11 }) {
			const body = JSON.stringify({ out: true, bolt11 });
			return withPreimage(((await ask('/api/v1/payments', headers, body)) as Payment).preimage);
		},
		async lookupInvoice({ payment_hash }) {
			const found = (await ask(`/api/v1/payments/${payment_hash}`, headers)) as Payment;
			const state = found.paid === true ? 'settled' : stateOf(found.status);
			return { state, preimage: found.preimage };
		},
	};
}

function lnd(ask: Ask, secret: string): AlbyWallet {
	interface Update {
		readonly result: { readonly status: string; readonly payment_preimage: string };
	}
	const headers = { 'grpc-metadata-macaroon': secret, 'content-type': 'application/json' };
	return {
		async payInvoice({ invoice }) {
			const body = JSON.stringify({
				payment_request: invoice,
				timeout_seconds: 60,
				fee_limit_msat: '10000',
				no_inflight_updates: true,
			});
			const { result } = (await ask('/v2/router/send', headers, body)) as Update;
			return withPreimage(result.status === 'SUCCEEDED' ? result.payment_preimage : null);
		},
		async lookupInvoice({ payment_hash }) {
			const hash = Buffer.from(payment_hash, 'hex').toString('base64');
			const inPath = hash.replaceAll('+', '-').replaceAll('/', '_');
			const path = `/v2/router/track/${inPath}?no_inflight_updates=false`;
			const { result } = (await ask(path, headers)) as Update;
			const state = stateOf(result.status);
			return { state, preimage: state === 'settled' ? result.payment_preimage : null };
		},
	};
}

function cln(ask: Ask, secret: string): AlbyWallet {
	interface Pays {
		readonly pays: ReadonlyArray<{ readonly status: string; readonly preimage?: string }>;
	}
	const headers = { rune: secret, 'content-type': 'application/json' };
	return {
		async payInvoice({ invoice: invstring }) {
			const body = JSON.stringify({ invstring, maxfee: 10_000 });
			const paid = (await ask('/v1/xpay', headers, body)) as { payment_preimage?: string };
			return withPreimage(paid.payment_preimage);
		},
		async lookupInvoice({ payment_hash }) {
			const body = JSON.stringify({ payment_hash });
			const { pays } = (await ask('/v1/listpays', headers, body)) as Pays;
			return { state: stateOf(pays[0]?.status), preimage: pays[0]?.preimage };
		},
	};
}

function phoenixd(ask: Ask, secret: string): AlbyWallet {
	interface Outgoing {
		readonly isPaid: boolean;
		readonly preimage?: string;
		readonly completedAt?: number;
	}
	const authorization = `Basic ${Buffer.from(`:${secret}`).toString('base64')}`;
	const form = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
	return {
		async payInvoice({ invoice }) {
			const body = new URLSearchParams({ invoice }).toString();
			const paid = (await ask('/payinvoice', form, body)) as { paymentPreimage?: string };
			return withPreimage(paid.paymentPreimage);
		},
		async lookupInvoice({ payment_hash }) {
			const path = `/payments/outgoingbyhash/${payment_hash}`;
			const found = (await ask(path, { authorization })) as Outgoing;
			if (found.isPaid) return { state: 'settled', preimage: found.preimage };
			return { state: found.completedAt === undefined ? 'pending' : 'failed' };
		},
	};
}

/** `NWCClient` of `@getalby/sdk`: `npm ci --prefix tools/alby` first. */
function overNostr(nostrWalletConnectUrl: string): AlbyWallet {
	// Node 20 has none.
	Object.assign(globalThis, { WebSocket });
	const load = createRequire(join(__dirname, '..', '..', 'tools', 'alby', 'package.json'));
	const { NWCClient } = load('@getalby/sdk/nwc') as {
		readonly NWCClient: new (options: { nostrWalletConnectUrl: string }) => AlbyWallet;
	};
	return new NWCClient({ nostrWalletConnectUrl });
}
