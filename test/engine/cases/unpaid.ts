import type { FailureCase } from './failureCase';

const short = { paymentTimeout: 2, requestTimeout: 2 };
const always = { times: Infinity };

/** Answers of the service before anything is paid. */
export const unpaidFailures: readonly FailureCase[] = [
	{
		name: 'a refusal in the words of the service',
		code: 'SERVICE_ERROR',
		spent: 'no',
		says: /422.*CONTENT_FILTERED.*Not that/,
		faults: [{ at: 'ask', fault: { kind: 'status', status: 422, message: 'Not that' } }],
		service: {
			statusCode: 422,
			errorCode: 'CONTENT_FILTERED',
			message: 'Not that',
			refund: null,
		},
	},
	{
		name: 'a service that stays down',
		code: 'SERVICE_ERROR',
		spent: 'no',
		says: /503/,
		faults: [{ at: 'ask', fault: { kind: 'status', status: 503 }, ...always }],
		call: { options: short },
		service: {
			statusCode: 503,
			errorCode: 'SERVICE_ERROR',
			message: expect.any(String),
			refund: null,
		},
	},
	{
		name: 'a service that is silent',
		code: 'SERVICE_ERROR',
		spent: 'no',
		says: /did not answer/,
		faults: [{ at: 'ask', fault: { kind: 'hang' }, ...always }],
		call: { options: short },
		service: { statusCode: null, errorCode: null, message: expect.any(String), refund: null },
	},
	{
		name: 'a service that has moved',
		code: 'SERVICE_ERROR',
		spent: 'no',
		says: /307/,
		faults: [{ at: 'ask', fault: { kind: 'redirect' } }],
		service: { statusCode: 307, errorCode: null, message: 'Moved', refund: null },
	},
	{
		name: 'a web page in place of the service',
		code: 'SERVICE_ERROR',
		spent: 'no',
		says: /404/,
		faults: [{ at: 'ask', fault: { kind: 'status', status: 404, errorCode: 'NO' } }],
		service: { statusCode: 404, errorCode: 'NO', message: expect.any(String), refund: null },
	},
	{
		name: 'a challenge under another status than 402',
		code: 'SERVICE_ERROR',
		spent: 'no',
		says: /401/,
		faults: [{ at: 'ask', fault: { kind: 'challengeWith401' } }],
		service: { statusCode: 401, errorCode: null, message: expect.any(String), refund: null },
	},
	{
		name: 'no picture, and no bill',
		code: 'RESULT_INVALID',
		spent: 'no',
		says: /no picture/,
		faults: [{ at: 'ask', fault: { kind: 'garbage' } }],
	},
	{
		name: 'an empty answer, and no bill',
		code: 'RESULT_INVALID',
		spent: 'no',
		says: /empty/,
		faults: [{ at: 'ask', fault: { kind: 'empty' } }],
	},
];
