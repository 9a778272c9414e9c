import type { FailureCase } from './failureCase';

/** A public key: the x of secp256k1's generator. */
const GENERATOR_X = '79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798';

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
		name: 'Nostr Wallet Connect, where nothing can connect',
		code: 'WALLET_UNREACHABLE',
		spent: 'no',
		// Node.js 20 has no WebSocket.
		says: typeof WebSocket === 'undefined' ? /Node\.js.*version 22/ : /relay/,
		credential: () => ({
			wallet: 'nwc',
			connectionString: `nostr+walletconnect://${GENERATOR_X}?relay=ws://127.0.0.1:1&secret=${'11'.repeat(32)}`,
		}),
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
