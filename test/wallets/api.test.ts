import { outcomeOfTrouble, readAnswer, type ApiAnswer } from '../../nodes/Sats4Ai/wallets/api';
import { CLN, LNBITS, LND, type HttpWallet } from '../../nodes/Sats4Ai/wallets/httpWallet';
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
	const read = readAnswer(answer, LND);
	expect(read.kind === 'trouble' ? outcomeOfTrouble(read) : null).toMatchObject(outcome);
});

test.each([200, 201, 400, 404, 409, 500, 502, 520])('%d is for the wallet to read', (status) => {
	const answer = answered(status, '');
	expect(readAnswer(answer, LND)).toBe(answer);
});

const reasonOf = (answer: ApiAnswer, wallet: HttpWallet) => {
	const read = readAnswer(answer, wallet);
	return read.kind === 'trouble' ? read.reason : '';
};

test('of a redirect no more than the host is told', () => {
	expect(reasonOf(redirected(308), LND)).toContain('redirects to https://other.example; enter');
	const relative = { ...redirected(308), location: '/login' };
	expect(reasonOf(relative, LND)).toContain('redirects; enter');
});

test("the wallet's own words are passed on", () => {
	const reason = reasonOf(answered(401, { message: 'Rune expired' }), CLN);
	expect(reason).toBe('Core Lightning refused the credentials (HTTP 401: Rune expired)');
	const limited = answered(429, { error: 'Rate limit exceeded: 200 per 1 minute' });
	expect(reasonOf(limited, LNBITS)).toContain('(HTTP 429: Rate limit exceeded: 200 per 1 minute)');
});
