import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { PurchaseFailure } from '../../nodes/Sats4Ai/purchase/report/failure';
import { failureItem } from '../../nodes/Sats4Ai/n8n/nodeError';
import { qrPicture } from '../../nodes/Sats4Ai/n8n/qrPicture';

jest.mock('../../nodes/Sats4Ai/n8n/qrPicture');

const refund = { status: 'offered', amountSat: 5, lightningUri: 'lightning:LNURL1' } as const;
const failure = new PurchaseFailure('REDEEM_FAILED', 'The service refused', 'Run again.', {
	spent: 'yes',
	refund,
});

function context(prepareBinaryData: () => Promise<unknown>): IExecuteSingleFunctions {
	const fake = { getItemIndex: () => 0, helpers: { prepareBinaryData } };
	return fake as unknown as IExecuteSingleFunctions;
}

test('the report of a failure has the refund as a picture', async () => {
	const item = await failureItem(
		context(async () => await Promise.resolve({ mimeType: 'image/png' })),
		failure,
	);
	expect(item.binary).toEqual({ refund: { mimeType: 'image/png' } });
});

test.each([
	[
		'drawn',
		() => jest.mocked(qrPicture).mockImplementationOnce(() => raise('Cannot find module')),
		async () => await Promise.resolve({}),
	],
	['stored', () => undefined, async () => await Promise.reject(new Error('The disk is full'))],
])('the report is whole where that picture cannot be %s', async (_, prepare, store) => {
	prepare();
	const item = await failureItem(context(store), failure);
	expect(item.binary).toBeUndefined();
	expect(item.json.error).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes', refund });
});

function raise(message: string): never {
	throw new Error(message);
}
