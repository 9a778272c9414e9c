import { InvoiceInvalid } from './invalid';

export type Network = 'mainnet' | 'testnet' | 'signet' | 'regtest';

/** All bitcoin there will ever be, in sat. An amount above it is a slip. */
export const ALL_SAT = 2_100_000_000_000_000;

/** What an invoice says before the separator (BOLT 11, "Human-Readable Part"). */
export interface InvoicePrefix {
	readonly network: Network;
	/** null: the payer may choose, so a careless one pays without limit. */
	readonly amountMsat: bigint | null;
}

/** Longest first: `lnbcrt` begins like `lnbc`, `lntbs` like `lntb`. */
const NETWORKS: ReadonlyArray<readonly [prefix: string, network: Network]> = [
	['lnbcrt', 'regtest'],
	['lntbs', 'signet'],
	['lnbc', 'mainnet'],
	['lntb', 'testnet'],
];

/** The amount is in bitcoin times the multiplier; one bitcoin is 10^11 msat. */
const MSAT_PER_UNIT: ReadonlyMap<string, bigint> = new Map([
	['', 100_000_000_000n],
	['m', 100_000_000n],
	['u', 100_000n],
	['n', 100n],
]);
const PICO = 'p';
const PICO_PER_MSAT = 10n;

/** Reads network and amount. Throws `InvoiceInvalid`. */
export function readPrefix(humanReadablePart: string): InvoicePrefix {
	for (const [prefix, network] of NETWORKS) {
		if (humanReadablePart.startsWith(prefix)) {
			return { network, amountMsat: readAmountMsat(humanReadablePart.slice(prefix.length)) };
		}
	}
	throw new InvoiceInvalid('it is for an unknown network');
}

function readAmountMsat(amount: string): bigint | null {
	if (amount === '') return null;
	const match = /^([0-9]+)([a-z]?)$/.exec(amount);
	if (!match) throw new InvoiceInvalid('its network or amount cannot be read');
	const [, digits = '', multiplier = ''] = match;
	if (digits.startsWith('0')) throw new InvoiceInvalid('its amount is zero or begins with a zero');
	const number = BigInt(digits);
	if (multiplier === PICO) {
		if (number % PICO_PER_MSAT !== 0n) {
			throw new InvoiceInvalid('its amount is not a whole number of millisatoshis');
		}
		return number / PICO_PER_MSAT;
	}
	const msatPerUnit = MSAT_PER_UNIT.get(multiplier);
	if (msatPerUnit === undefined) throw new InvoiceInvalid('its amount has an unknown multiplier');
	return number * msatPerUnit;
}
