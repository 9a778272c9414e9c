import type { FailureCase } from './failureCase';

/** What a wallet may do instead of paying. */
export const walletFailures: readonly FailureCase[] = [
	{
		name: 'no wallet at the URL',
		code: 'WALLET_UNREACHABLE',
		spent: 'no',
		says: /could not be reached/,
		credential: () => ({ url: 'http://127.0.0.1:1' }),
	},
	{
		name: 'a wallet that breaks down before it is told to pay',
		code: 'WALLET_UNREACHABLE',
		spent: 'no',
		says: /wallet/,
		faults: [{ at: 'feeReserve', fault: { kind: 'cut' } }],
	},
	{
		name: 'a wallet that has moved',
		code: 'WALLET_UNREACHABLE',
		spent: 'no',
		says: /redirects/,
		faults: [{ at: 'pay', fault: { kind: 'redirect' } }],
	},
	{
		name: 'a key that may not pay',
		code: 'WALLET_UNAUTHORIZED',
		spent: 'no',
		says: /refused/,
		credential: ({ sandbox }) => ({ adminKey: sandbox.invoiceKey }),
	},
	{
		name: 'a key that nobody knows',
		code: 'WALLET_UNAUTHORIZED',
		spent: 'no',
		says: /key/,
		credential: () => ({ adminKey: 'f'.repeat(32) }),
	},
	{
		name: 'a key that was taken back',
		code: 'WALLET_UNAUTHORIZED',
		spent: 'no',
		says: /refused/,
		faults: [{ at: 'pay', fault: { kind: 'unauthorized' } }],
	},
	{
		name: 'too little in the wallet',
		code: 'PAYMENT_FAILED',
		spent: 'no',
		says: /balance/,
		sandbox: { balanceSat: 4 },
	},
	{
		name: 'no route',
		code: 'PAYMENT_FAILED',
		spent: 'no',
		says: /route/,
		faults: [{ at: 'pay', fault: { kind: 'noRoute' } }],
	},
	{
		name: 'a payment that fails after a while',
		code: 'PAYMENT_FAILED',
		spent: 'no',
		says: /./,
		faults: [{ at: 'pay', fault: { kind: 'pending', then: 'failed' } }],
	},
];
