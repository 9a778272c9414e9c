import type { NotSent } from '../l402/payer';

/**
 * Which wallets have been met in this run, by kind and address, so that none is asked twice whether
 * it is there: null, or why nothing was sent.
 */
export type MetWallets = Map<string, Promise<NotSent | null>>;
