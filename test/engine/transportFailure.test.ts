import type { Http } from '../../nodes/Sats4Ai/l402/http';
import { n8nHttp } from '../../nodes/Sats4Ai/n8n/n8nHttp';

/** As Node makes them, and as axios wraps them. */
function systemError(code: string, syscall?: string): Error {
	return Object.assign(
		new Error(`${syscall ?? ''} ${code}`),
		syscall ? { code, syscall } : { code },
	);
}

function wrapped(cause: Error & { code?: string }): Error {
	return Object.assign(new Error(cause.message, { cause }), {
		code: cause.code,
		isAxiosError: true,
	});
}

/** What becomes of a request that ends with an error. */
async function outcomeOf(cause: unknown): Promise<Awaited<ReturnType<Http>>> {
	const http = n8nHttp(
		async () => await Promise.resolve(AbortSignal.abort(cause).throwIfAborted()),
		{},
		undefined,
	);
	return await http({
		method: 'POST',
		url: 'http://wallet.example/',
		headers: {},
		timeoutMs: 1_000,
		maxBytes: 1,
	});
}

const CODES = ['EHOSTUNREACH', 'ENETUNREACH', 'EPROTO', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL'];

describe.each([...CODES, 'ECONNREFUSED', 'EACCES'])('%s', (code) => {
	it.each(['connect', 'getaddrinfo'])('of %s: nothing was sent', async (syscall) => {
		expect((await outcomeOf(systemError(code, syscall))).kind).toBe('notSent');
		expect((await outcomeOf(wrapped(systemError(code, syscall)))).kind).toBe('notSent');
	});

	it.each(['read', 'write', 'sendmsg', 'toString'])('of %s: who knows', async (syscall) => {
		expect((await outcomeOf(systemError(code, syscall))).kind).toBe('lost');
		expect((await outcomeOf(wrapped(systemError(code, syscall)))).kind).toBe('lost');
	});

	it('of each address that was tried: nothing was sent', async () => {
		const errors = [systemError(code, 'connect'), systemError(code, 'connect')];
		const all = Object.assign(new AggregateError(errors), { code });
		expect((await outcomeOf(all)).kind).toBe('notSent');
		expect((await outcomeOf(wrapped(all))).kind).toBe('notSent');
	});
});

test.each(CODES)('%s of nobody knows what: who knows', async (code) => {
	expect((await outcomeOf(systemError(code))).kind).toBe('lost');
});

test.each([
	['ECONNRESET', 'connect'],
	['ETIMEDOUT', 'connect'],
	['EPIPE', 'write'],
	['ERR_SSL_WRONG_VERSION_NUMBER', undefined],
	['toString', 'connect'],
	['__proto__', 'connect'],
])('%s: who knows', async (code, syscall) => {
	const outcome = await outcomeOf(systemError(code, syscall));
	expect(outcome.kind).toBe('lost');
	expect(outcome).toMatchObject({
		reason: expect.not.stringMatching(/function|object/i) as string,
	});
});

test.each([
	systemError('ENOTFOUND', 'getaddrinfo'),
	systemError('EAI_AGAIN', 'getaddrinfo'),
	systemError('CERT_HAS_EXPIRED'),
	systemError('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
	systemError('ECONNREFUSED'),
])('%s: nothing was sent', async (cause) => {
	expect((await outcomeOf(cause)).kind).toBe('notSent');
});

test.each([null, undefined, 'text', 7, {}, new Error('?'), { code: { toString: 0 } }])(
	'%p: who knows',
	async (cause) => {
		expect((await outcomeOf(cause)).kind).toBe('lost');
	},
);
