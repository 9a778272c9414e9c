import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** A credential and the field of it that spends money. */
export interface Loot {
	readonly wallet: string;
	readonly field: string;
	readonly credential: ICredentialDataDecryptedObject;
	/** What must never show up, in any writing. */
	readonly secrets: readonly string[];
}

const NOBODY = 'http://127.0.0.1:1';
const KEY = '79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798';
const NOSTR_SECRET = '5ec7e7'.padEnd(64, '7');

/** One credential for each kind of wallet; that of LNbits pays in the sandbox, the others lead nowhere. */
export function lootOf(lnbits: { walletUrl: string; adminKey: string }): readonly Loot[] {
	const kinds = [
		['lnbits', 'adminKey', lnbits.adminKey, lnbits.walletUrl],
		['lnd', 'macaroon', '0201036c6e6402f801030a10'.padEnd(96, 'a'), NOBODY],
		['cln', 'rune', 'cnVuZS1vZi1teS13YWxsZXQtdGhhdC1wYXlz', NOBODY],
		['phoenixd', 'password', 'the-password-of-phoenixd-5ec7e7', NOBODY],
		[
			'nwc',
			'connectionString',
			`nostr+walletconnect://${KEY}?relay=ws://127.0.0.1:1&secret=${NOSTR_SECRET}`,
			'',
		],
	] as const;
	return kinds.map(([wallet, field, secret, url]) => ({
		wallet,
		field,
		credential: { wallet, url, [field]: secret, network: 'regtest' },
		secrets: [wallet === 'nwc' ? NOSTR_SECRET : secret],
	}));
}
