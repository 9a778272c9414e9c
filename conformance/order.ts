import { WALLET_NAMES, type WalletName } from '../nodes/Sats4Ai/wallets/wallet';

/** All that a client is told, as environment variables of the same meaning (`docs/conformance.md`). */
export interface Order {
	/** What to buy: POST it here. */
	readonly url: string;
	/** JSON. */
	readonly body: string;
	/** May be spent in one purchase, routing fees apart. */
	readonly maxSat: number;
	/** How long one call of the wallet or the service may take. */
	readonly timeoutSeconds: number;
	/** File into which what was bought is to be written. */
	readonly outFile: string;
	/** Folder that is kept between the calls for one purchase, for whatever the client notes. */
	readonly stateFolder: string;
	readonly wallet: WalletName;
	/** Of the wallet's HTTP API; empty for `nwc`. */
	readonly walletUrl: string;
	/** Macaroon in hex, admin key, password, rune or connection string, as the kind of wallet has it. */
	readonly walletSecret: string;
}

/** What is to be said of a call, whoever answered it. */
export interface Said {
	/** All that the client printed: a purchase can be finished by hand from it, or not. */
	readonly output: string;
}

/** Works on one order. Called again, with the same order, until the picture is there. */
export type Client = (order: Order) => Promise<Said>;

const NAMES: Readonly<Record<keyof Order, string>> = {
	url: 'L402_URL',
	body: 'L402_BODY',
	maxSat: 'L402_MAX_SAT',
	timeoutSeconds: 'L402_TIMEOUT_SECONDS',
	outFile: 'L402_OUT_FILE',
	stateFolder: 'L402_STATE_FOLDER',
	wallet: 'L402_WALLET',
	walletUrl: 'L402_WALLET_URL',
	walletSecret: 'L402_WALLET_SECRET',
};

export function toEnvironment(order: Order): Record<string, string> {
	const entries = Object.entries(NAMES) as Array<[keyof Order, string]>;
	return Object.fromEntries(entries.map(([key, name]) => [name, String(order[key])]));
}

/** Throws where a variable is missing. */
export function fromEnvironment(environment: NodeJS.ProcessEnv): Order {
	const read = (key: keyof Order): string => {
		const value = environment[NAMES[key]];
		if (value === undefined) throw new Error(`${NAMES[key]} is not set`);
		return value;
	};
	const wallet = WALLET_NAMES.find((name) => name === read('wallet'));
	if (wallet === undefined) throw new Error(`There is no wallet ${read('wallet')}`);
	return {
		url: read('url'),
		body: read('body'),
		maxSat: Number(read('maxSat')),
		timeoutSeconds: Number(read('timeoutSeconds')),
		outFile: read('outFile'),
		stateFolder: read('stateFolder'),
		wallet,
		walletUrl: read('walletUrl'),
		walletSecret: read('walletSecret'),
	};
}
