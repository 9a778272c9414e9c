import type { LookupOutcome } from '../../nodes/Sats4Ai/l402/payer';
import { confirmRefusal } from '../../nodes/Sats4Ai/wallets/refusal';

const refused = { status: 'refused', cause: 'balance', reason: 'too poor' } as const;

test.each<[LookupOutcome, object]>([
	[{ status: 'notFound' }, { status: 'notSent', cause: 'balance', reason: 'too poor' }],
	[
		{ status: 'failed', cause: 'other', reason: 'x' },
		{ status: 'failed', cause: 'balance', reason: 'too poor' },
	],
	[
		{ status: 'unknown', reason: 'x' },
		{ status: 'unknown', reason: 'too poor' },
	],
	[
		{ status: 'pending', reason: 'x' },
		{ status: 'pending', reason: 'x' },
	],
	[
		{ status: 'paid', preimage: 'aa', feeMsat: 1n },
		{ status: 'paid', preimage: 'aa', feeMsat: 1n },
	],
])('the record %j decides what a refusal means', async (record, outcome) => {
	expect(await confirmRefusal(refused, async () => record)).toEqual(outcome);
});

test('nothing else is looked up', async () => {
	const lookup = jest.fn();
	const unknown = { status: 'unknown', reason: 'x' } as const;
	expect(await confirmRefusal(unknown, lookup)).toBe(unknown);
	expect(lookup).not.toHaveBeenCalled();
});
