import { signEvent } from '../../../nodes/Sats4Ai/wallets/nwc/event';
import { claimedRequest, Pending } from '../../../nodes/Sats4Ai/wallets/nwc/pending';
import type { Relay } from '../../../nodes/Sats4Ai/wallets/nwc/relay';
import { times } from '../../depth';
import { forged } from '../emulators/nwcEvents';
import vectors from '../vectors/nwc-events.json';

const { walletPublicKey, clientPublicKey } = vectors;
const clientSecret = Buffer.from(vectors.clientSecret, 'hex');
const unsigned = { created_at: 1, kind: 23194, tags: [], content: '' };
const request = signEvent(unsigned, clientSecret, clientPublicKey);
const relay = {} as Relay;
const answer = vectors.events.resultNip44;
/** Reads whatever is put into it, as if it were encrypted. */
const cipher = { encrypt: () => '', decrypt: () => '{"result":{"preimage":"p"}}', tags: [] };
const pending = () => new Pending(request, walletPublicKey, [cipher]);

test('false signatures are looked at a few at a time, and the true answer behind them is found', () => {
	const waiting = pending();
	const falseOnes = times(2_000, 200);
	for (let number = 1; number <= falseOnes; number += 1)
		waiting.claim(forged(answer, number), relay);
	waiting.claim(answer, relay);
	let turns = 0;
	while (waiting.read() === null && waiting.isBusy) turns += 1;
	expect(waiting.answer).toEqual({ kind: 'result', result: { preimage: 'p' } });
	expect(turns).toBeGreaterThan(falseOnes / 20);
});

test('no more wait than there is room for', () => {
	const waiting = pending();
	for (let number = 1; number <= 10_000; number += 1) waiting.claim({ number }, relay);
	let turns = 0;
	while (waiting.isBusy) {
		waiting.read();
		turns += 1;
	}
	expect(turns).toBeLessThan(300);
});

test('nor are they longer than there is room for', () => {
	const waiting = pending();
	const long = { content: 'x'.repeat(200_000) };
	for (let number = 1; number <= 1_000; number += 1) waiting.claim(long, relay);
	let turns = 0;
	while (waiting.isBusy) {
		waiting.read();
		turns += 1;
	}
	expect(turns).toBeLessThan(5);
});

test.each([
	['of another author', { ...answer, pubkey: clientPublicKey }],
	['of another kind', { ...answer, kind: 23196 }],
	['without a request', { ...answer, tags: [['p', clientPublicKey]] }],
	['with a request that is no text', { ...answer, tags: [['e', 7]] }],
	['with no tags', { ...answer, tags: 'e' }],
	['that is none', 'event'],
])('an event %s claims nothing, and is not verified', (_what, value) => {
	expect(claimedRequest(value, walletPublicKey)).toBeNull();
});
