import type { Operation, Prices } from './service/endpoints';
import type { ResultShape } from './service/resultShape';

export type Network = 'mainnet' | 'testnet' | 'signet' | 'regtest';

/** How the 402 words its offer. */
export interface ChallengeStyle {
	/** Which of the two schemes comes first; `l402Only` leaves `Payment` out. */
	readonly order: 'l402First' | 'paymentFirst' | 'l402Only';
	/** One `WWW-Authenticate` line for all offers, or a line for each. */
	readonly lines: 'one' | 'several';
	/** `both` offers LSAT first and L402 after it, as Aperture does. */
	readonly scheme: 'L402' | 'LSAT' | 'both';
	/** Name of the parameter that holds the token. */
	readonly tokenKey: 'macaroon' | 'token';
}

export interface SandboxOptions {
	/** Address to listen on. Default 127.0.0.1. */
	readonly host?: string;
	/** 0, the default, takes a free port. */
	readonly servicePort?: number;
	readonly walletPort?: number;
	/** Network of the invoices. Default regtest. */
	readonly network?: Network;
	/** Default: as published, see `publishedPrices`. */
	readonly prices?: Partial<Prices>;
	/** Default 600. */
	readonly invoiceExpirySeconds?: number;
	/** How long after the 402 a token is taken. Default 600. */
	readonly tokenLifetimeSeconds?: number;
	/** Play money at the start, in sat. Default 100 000. */
	readonly balanceSat?: number;
	/** Keys of the play wallet. Default: random for each sandbox. */
	readonly adminKey?: string;
	readonly invoiceKey?: string;
	/** What each payment costs on top of its price. Default 0. */
	readonly routingFeeMsat?: number;
	/** How long the service works on a paid picture. Default 0. */
	readonly processingDelayMs?: number;
	/** `plain` answers with a tiny PNG that holds the serial number of the purchase. Default real. */
	readonly pictures?: 'real' | 'plain';
	/** One shape for all, or one for some operations. Default: as observed, see `observedShapes`. */
	readonly resultShape?: ResultShape | Partial<Record<Operation, ResultShape>>;
	/** Take the same credential again for a while, and answer with the same picture. Default false. */
	readonly allowReplay?: boolean;
	/** For how long after the picture was made; with `allowReplay`. Default 30. */
	readonly replaySeconds?: number;
	/** Answer an identical body within 30 s with 200 and the earlier picture. Default false. */
	readonly dedup?: boolean;
	readonly challenge?: Partial<ChallengeStyle>;
	/** Larger request bodies are refused with 413. Default 25 MiB. */
	readonly maxBodyBytes?: number;
	/** Gets a line for each request that was answered or cut and for each payment, for people who watch. */
	readonly log?: (line: string) => void;
	/** The time in ms since 1970. Default `Date.now`. */
	readonly clock?: () => number;
}
