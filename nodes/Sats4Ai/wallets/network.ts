import type { NetworkName } from './wallet';

const NAMES: Readonly<Record<string, NetworkName>> = {
	bitcoin: 'mainnet',
	main: 'mainnet',
	mainnet: 'mainnet',
	regtest: 'regtest',
	signet: 'signet',
	test: 'testnet',
	testnet: 'testnet',
	testnet3: 'testnet',
	testnet4: 'testnet',
};

/** The network a wallet names, in our words; null where it names none that is known here. */
export function readNetwork(name: unknown): NetworkName | null {
	return typeof name === 'string' ? (NAMES[name.toLowerCase()] ?? null) : null;
}
