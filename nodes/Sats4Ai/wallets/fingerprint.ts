import { createHash, scrypt } from 'node:crypto';
import type { WalletSettings } from './wallet';

/** Of scrypt (RFC 7914): some 50 ms, 16 MB. */
const COST = { N: 16_384, r: 8, p: 1 };
const BYTES = 8;
const MOST_KNOWN = 100;

const known = new Map<string, Promise<string>>();

/**
 * What tells a wallet's address and secret from any other, 16 hex digits. It is saved with executions,
 * which more people may read than may read credentials: so it is made too slowly to find a short
 * password by trying, and salted with the address. The same settings are asked for once a process.
 */
export async function walletFingerprint(settings: WalletSettings): Promise<string> {
	const { wallet, url, macaroon, adminKey, password, rune, connectionString } = settings;
	const address = URL.canParse(url) ? new URL(url).href : url;
	const salt = JSON.stringify([wallet, address]);
	const secret = JSON.stringify([macaroon, adminKey, password, rune, connectionString]);
	const key = createHash('sha256').update(salt).update(secret).digest('hex');
	const fingerprint = known.get(key) ?? slowHash(secret, salt);
	if (known.size >= MOST_KNOWN) known.clear();
	known.set(key, fingerprint);
	return await fingerprint;
}

async function slowHash(secret: string, salt: string): Promise<string> {
	return await new Promise((resolve, reject) => {
		scrypt(secret, salt, BYTES, COST, (error, hash) => {
			if (error === null) resolve(hash.toString('hex'));
			else reject(error);
		});
	});
}
