import { payInvoice } from '../../nodes/Sats4Ai/l402/payment';
import { saysLineLost } from '../../nodes/Sats4Ai/wallets/lostLine';
import { hurryingClock } from './clock';
import { startLnbits } from './emulators/lnbits';
import { mint } from './emulators/mint';
import { startNwc } from './emulators/nwc';
import { open } from './open';

/** As LND, phoenixd and others were heard through Alby Hub, LNbits and proxies. */
const LOST = [
	'rpc error: code = Unavailable desc = error reading from server: read tcp 127.0.0.1:54321->127.0.0.1:10009: read: connection reset by peer',
	'rpc error: code = Unavailable desc = transport is closing',
	'rpc error: code = Unavailable desc = connection error: desc = "error reading server preface: EOF"',
	'rpc error: code = DeadlineExceeded desc = context deadline exceeded',
	'rpc error: code = Canceled desc = grpc: the client connection is closing',
	'rpc error: code = Internal desc = stream terminated by RST_STREAM with error code: INTERNAL_ERROR',
	'rpc error: code = Internal desc = server closed the stream without sending trailers',
	'rpc error: code = Unknown desc = EOF',
	'Post "http://127.0.0.1:9740/payinvoice": EOF',
	'Post "http://phoenixd:9740/payinvoice": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
	'write tcp 10.0.0.2:44444->10.0.0.3:10009: write: broken pipe',
	'read tcp 10.0.0.2:44444->10.0.0.3:10009: i/o timeout',
	"('Connection aborted.', RemoteDisconnected('Remote end closed connection without response'))",
	'Server disconnected without sending a response.',
	'request failed: ReadTimeout',
	'socket hang up',
	'read ECONNRESET',
	'<html><title>502 Bad Gateway</title>',
	'upstream said 504 Gateway Time-out',
	'error reading from server: EOF; error while dialing: dial tcp 127.0.0.1:10009: connect: connection refused',
];

/** Answers of a node that was there, and calls that never left. */
const NOT_LOST = [
	'',
	'FAILURE_REASON_TIMEOUT',
	'FAILURE_REASON_NO_ROUTE',
	'payment attempt timed out after 60 s',
	'failed to find a path to the destination',
	'the peer of the channel is offline',
	'Peer is not connected',
	'this invoice has expired',
	'rpc error: code = Unknown desc = wallet locked, unlock it to enable full RPC access',
	'rpc error: code = AlreadyExists desc = payment is in transition',
	'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:10009: connect: connection refused"',
	'connect ECONNREFUSED 127.0.0.1:9740',
	'Post "http://phoenixd:9740/payinvoice": dial tcp: lookup phoenixd: no such host',
	'dial tcp 10.0.0.3:10009: i/o timeout',
	'rpc error: code = Unavailable desc = wallet locked, unlock it to enable full RPC access',
	'connect ETIMEDOUT 10.0.0.3:9740',
	'a sentence of eofs and geofences',
];

test.each(LOST)('lost in the middle: %s', (words) => {
	expect(saysLineLost(words)).toBe(true);
});

test.each(NOT_LOST)('not lost: %s', (words) => {
	expect(saysLineLost(words)).toBe(false);
});

test('a megabyte of words is looked at by its beginning', () => {
	expect(saysLineLost(`${'x'.repeat(1_000_000)} EOF`)).toBe(false);
});

describe.each([
	['nwc', async () => await startNwc()],
	['lnbits', startLnbits],
] as const)('%s that lost its node', (_name, start) => {
	test.each(LOST.slice(0, 2))('is asked on, and not believed to have failed: %s', async (words) => {
		const emulated = await start();
		try {
			const wallet = open(emulated, emulated.settings);
			const invoice = mint();
			emulated.node.preimages.set(invoice.paymentHash, invoice.preimage);
			Object.assign(emulated.node, { plan: 'hold', lostLine: words, label: 'failed' });
			const pay = async () => {
				const clock = hurryingClock();
				const deadlineAt = clock.elapsedMs() + 60_000;
				return await payInvoice(wallet, invoice, { maxFeeMsat: 10_000n, deadlineAt }, clock);
			};
			expect(await pay()).toMatchObject({
				status: 'unknown',
				isLineLost: true,
				reason: expect.stringContaining(words),
			});
			emulated.node.label = null;
			emulated.node.settle(invoice.paymentHash);
			expect(await wallet.lookupPayment(invoice, 5_000)).toMatchObject({
				status: 'paid',
				preimage: invoice.preimage,
			});
			expect(emulated.node.sent).toHaveLength(1);
			wallet.close?.();
		} finally {
			await emulated.close();
		}
	});
});
