import fc from 'fast-check';
import type { ApiAnswer } from '../../nodes/Sats4Ai/wallets/api';
import { readClnLookup, readClnPayment } from '../../nodes/Sats4Ai/wallets/cln/answer';
import { parseJson } from '../../nodes/Sats4Ai/wallets/json';
import { readLnbitsLookup, readLnbitsPayment } from '../../nodes/Sats4Ai/wallets/lnbits/answer';
import { readLndLookup, readLndPayment } from '../../nodes/Sats4Ai/wallets/lnd/answer';
import {
	readPhoenixdLookup,
	readPhoenixdPayment,
} from '../../nodes/Sats4Ai/wallets/phoenixd/answer';
import { HASH } from './answers';
import { randomRuns } from '../depth';

const WORDS = ['code', 'detail', 'details', 'error', 'message', 'paid', 'payment_hash', 'pays'];
const fields = fc.constantFrom(
	...WORDS,
	'paymentHash',
	'paymentPreimage',
	'reason',
	'result',
	'status',
);
const values = fc.oneof(
	fc.constantFrom(HASH, 'failed', 'FAILED', 'complete', 'success', true, false, null, 0, -1, ''),
	fc.jsonValue({ maxDepth: 1 }),
);
const objects = fc.dictionary(fields, fc.oneof(values, fc.dictionary(fields, values)));
const texts = fc.oneof(
	fc.string(),
	objects.map((body) => JSON.stringify(body)),
);
const statuses = fc.oneof(
	fc.constantFrom(200, 201, 400, 404, 500, 520),
	fc.integer({ min: 100, max: 599 }),
);
const answers = fc.tuple(statuses, texts).map(([status, text]): ApiAnswer => ({
	kind: 'answer',
	status,
	location: '',
	text,
	json: parseJson(text),
}));

const PAYMENTS = { readClnPayment, readLnbitsPayment, readLndPayment, readPhoenixdPayment };
const LOOKUPS = { readClnLookup, readLnbitsLookup, readLndLookup, readPhoenixdLookup };

describe.each(Object.entries({ ...PAYMENTS, ...LOOKUPS }))('%s', (_name, read) => {
	test('takes any answer, and gives an outcome', () => {
		fc.assert(
			fc.property(answers, (answer) => {
				expect(read(answer, HASH)).toMatchObject({ status: expect.stringMatching(/^\w+$/) });
			}),
			{ numRuns: randomRuns(500) },
		);
	});

	test('never takes 5xx without words of the wallet for an end', () => {
		const pages = fc.tuple(fc.integer({ min: 500, max: 599 }), fc.string());
		fc.assert(
			fc.property(pages, ([status, text]) => {
				fc.pre(parseJson(text) === undefined && ![501, 520].includes(status));
				const answer: ApiAnswer = { kind: 'answer', status, location: '', text, json: undefined };
				expect(read(answer, HASH).status).toBe('unknown');
			}),
		);
	});

	test.each(['lost', 'notSent'] as const)('%s', (kind) => {
		const outcome = read({ kind, reason: 'ECONNRESET' }, HASH).status;
		const isPayment = Object.keys(PAYMENTS).includes(read.name);
		expect(outcome).toBe(isPayment && kind === 'notSent' ? 'notSent' : 'unknown');
	});
});
