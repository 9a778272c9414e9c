import { cln } from './cln/wallet';
import { lnbits } from './lnbits/wallet';
import { lnd } from './lnd/wallet';
import { nwc } from './nwc/wallet';
import { phoenixd } from './phoenixd/wallet';
import { withoutSecrets } from './redaction';
import { readWalletSettings, type CredentialSettings } from './settings';
import { WalletSettingsInvalid } from './wallet';
import type { Wallet, WalletBackend, WalletPorts, WalletSettings } from './wallet';

/** Every wallet there is. Adding one: its file, and a line here. */
export const walletBackends: readonly WalletBackend[] = [cln, lnbits, lnd, nwc, phoenixd];

/**
 * Connects the wallet that the settings name. The only place that chooses by `wallet`.
 * Throws `WalletSettingsInvalid` before any request; the wallet itself never throws.
 */
export function connectWallet(settings: WalletSettings, ports: WalletPorts): Wallet {
	const backend = walletBackends.find(({ name }) => name === settings.wallet);
	if (backend === undefined) throw new WalletSettingsInvalid('Choose a wallet in the credential.');
	return withoutSecrets(backend.connect(settings, ports), settings);
}

/** A wallet with the settings it was made of. */
export interface ConnectedWallet {
	readonly wallet: Wallet;
	readonly settings: CredentialSettings;
}

/** Connects the wallet of a credential, as n8n hands it over, or says what cannot work. Never throws. */
export function tryConnectWallet(
	credential: Record<string, unknown>,
	ports: WalletPorts,
): ConnectedWallet | WalletSettingsInvalid {
	try {
		const settings = readWalletSettings(credential);
		return { wallet: connectWallet(settings, ports), settings };
	} catch (cause) {
		return cause instanceof WalletSettingsInvalid
			? cause
			: new WalletSettingsInvalid('The fields of the credential cannot be read.');
	}
}
