import { createECDH } from 'node:crypto';
import { WalletSettingsInvalid } from '../wallet';
import { schnorrPublicKey } from './schnorr';

/** A connection to one wallet service, as its `nostr+walletconnect://` text gives it (NIP-47). */
export interface NwcConnection {
	/** x-only public key of the wallet service, 64 lower-case hex digits. */
	readonly walletPublicKey: string;
	/** The secret key of this connection: whoever has it may spend its budget. */
	readonly clientSecret: Buffer;
	/** x-only, 64 lower-case hex digits. */
	readonly clientPublicKey: string;
	/** x coordinate of the shared point: both encryptions start from it. */
	readonly sharedX: Buffer;
	/** At least one, ws or wss. */
	readonly relays: readonly string[];
}

/** All of them are used: each one costs a connection. */
const MOST_RELAYS = 20;

/** Reads a connection string. Throws `WalletSettingsInvalid`, without any part of it. */
export function readConnectionString(text: string): NwcConnection {
	if (text === '') throw new WalletSettingsInvalid('"Connection String" is empty.');
	const parts = /^nostr\+?walletconnect:(?:\/\/)?([0-9a-f]{64})\/?\?(.+)$/i.exec(text);
	if (parts?.[1] === undefined || parts[2] === undefined) {
		throw new WalletSettingsInvalid(
			'"Connection String" must look like nostr+walletconnect://<public key>?relay=…&secret=….',
		);
	}
	const walletPublicKey = parts[1].toLowerCase();
	const query = new URLSearchParams(parts[2]);
	const relays = [...new Set(query.getAll('relay').map((relay) => relay.trim()))];
	if (relays.length === 0 || !relays.every(isRelay)) {
		throw new WalletSettingsInvalid(
			'"Connection String" must name its relays as ws:// or wss:// addresses.',
		);
	}
	if (relays.length > MOST_RELAYS) {
		throw new WalletSettingsInvalid(
			`"Connection String" names ${relays.length} relays, and at most ${MOST_RELAYS} are used. Take some out.`,
		);
	}
	const secretHex = query.get('secret') ?? '';
	const keys = /^[0-9a-f]{64}$/i.test(secretHex) ? readKeys(secretHex, walletPublicKey) : null;
	if (keys === null) {
		throw new WalletSettingsInvalid('"Connection String" holds no valid secret or public key.');
	}
	return { walletPublicKey, ...keys, relays };
}

function isRelay(relay: string): boolean {
	return URL.canParse(relay) && /^wss?:\/\//i.test(relay);
}

/** null where the numbers are no key or no point of secp256k1. */
function readKeys(secretHex: string, walletPublicKey: string) {
	const clientSecret = Buffer.from(secretHex, 'hex');
	try {
		const clientPublicKey = Buffer.from(schnorrPublicKey(clientSecret)).toString('hex');
		return { clientSecret, clientPublicKey, sharedX: sharedX(clientSecret, walletPublicKey) };
	} catch {
		return null;
	}
}

/** The unhashed x coordinate of the ECDH point, as NIP-04 and NIP-44 take it. Throws on a bad key. */
export function sharedX(secretKey: Buffer, publicKey: string): Buffer {
	const ecdh = createECDH('secp256k1');
	ecdh.setPrivateKey(secretKey);
	return ecdh.computeSecret(Buffer.from(`02${publicKey}`, 'hex'));
}
