import { outcomeOfTrouble, readTrouble, type ApiAnswer } from '../../nodes/Sats4Ai/wallets/api';
import { answered } from './answers';

const redirected = (status: number): ApiAnswer => ({
	kind: 'answer',
	status,
	location: 'https://me:word@other.example/pay?key=secret',
	text: '',
	json: undefined,
});

test.each<[string, ApiAnswer, object]>([
	[
		'refused',
		{ kind: 'notSent', reason: 'ECONNREFUSED' },
		{ status: 'notSent', cause: 'unreachable' },
	],
	['cut', { kind: 'lost', reason: 'ECONNRESET' }, { status: 'unknown' }],
	['401', answered(401, ''), { status: 'notSent', cause: 'unauthorized' }],
	['403', answered(403, ''), { status: 'notSent', cause: 'unauthorized' }],
	['429', answered(429, ''), { status: 'notSent', cause: 'other' }],
	['301', redirected(301), { status: 'notSent', cause: 'unreachable' }],
	['307', redirected(307), { status: 'notSent', cause: 'unreachable' }],
	['308', redirected(308), { status: 'notSent', cause: 'unreachable' }],
	// These may also be the answer to a request that was acted on.
	['302', redirected(302), { status: 'unknown' }],
	['303', redirected(303), { status: 'unknown' }],
])('%s, of a payment', (_what, answer, outcome) => {
	const trouble = readTrouble(answer, 'LND');
	expect(trouble === null ? null : outcomeOfTrouble(trouble)).toMatchObject(outcome);
});

test.each([200, 201, 400, 404, 409, 500, 502, 520])('%d is for the wallet to read', (status) => {
	expect(readTrouble(answered(status, ''), 'LND')).toBeNull();
});

test('of a redirect no more than the host is told', () => {
	const reason = readTrouble(redirected(308), 'LND')?.reason;
	expect(reason).toContain('redirects to https://other.example; enter');
	const relative = { ...redirected(308), location: '/login' };
	expect(readTrouble(relative, 'LND')?.reason).toContain('redirects; enter');
});

test("the wallet's own words are passed on", () => {
	const reason = readTrouble(answered(401, { message: 'Rune expired' }), 'Core Lightning')?.reason;
	expect(reason).toBe('Core Lightning refused the credentials (HTTP 401: Rune expired)');
});
