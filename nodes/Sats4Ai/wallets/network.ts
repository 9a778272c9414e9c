import type { Network } from '../bolt11/prefix';

const NAMES: ReadonlyMap<string, Network> = new Map([
	['bitcoin', 'mainnet'],
	['main', 'mainnet'],
	['mainnet', 'mainnet'],
	['regtest', 'regtest'],
	['signet', 'signet'],
	['test', 'testnet'],
	['testnet', 'testnet'],
	['testnet3', 'testnet'],
	['testnet4', 'testnet'],
]);

/** The network a wallet names, in our words; null where it names none that is known here. */
export function readNetwork(name: unknown): Network | null {
	return typeof name === 'string' ? (NAMES.get(name.toLowerCase()) ?? null) : null;
}
