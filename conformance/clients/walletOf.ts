import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'undici';
import { connectWallet } from '../../nodes/Sats4Ai/wallets/backends';
import type { Wallet, WalletName } from '../../nodes/Sats4Ai/wallets/wallet';
import { NO_SETTINGS } from '../../test/wallets/emulators/emulated';
import { impatient, nodeHttp } from '../../test/wallets/nodeHttp';
import type { Order } from '../order';

/** Where the credential has the secret of each wallet. */
const SECRET_FIELDS = {
	lnbits: 'adminKey',
	lnd: 'macaroon',
	cln: 'rune',
	phoenixd: 'password',
	nwc: 'connectionString',
} as const satisfies Record<WalletName, string>;

/** What of a credential an order holds. */
export function walletFields({ wallet, walletUrl, walletSecret }: Order) {
	return { wallet, url: walletUrl, [SECRET_FIELDS[wallet]]: walletSecret };
}

/** The wallet of an order, for clients that have no such thing of their own. No call takes longer than they may wait. */
export function walletOf(order: Order): Wallet {
	return connectWallet(
		{ ...NO_SETTINGS, ...walletFields(order) },
		{
			http: impatient(nodeHttp, order.timeoutSeconds * 1_000),
			now: Date.now,
			elapsedMs: () => performance.now(),
			sleep: async (ms) => await wait(ms),
			webSocket: WebSocket,
		},
	);
}
