import type { IExecutePaginationFunctions, IN8nHttpFullResponse } from 'n8n-workflow';
import { Slots } from '../../nodes/Sats4Ai/purchase/slots';
import { SERVICE_PATH, WALLET_AUTHORIZATION, type ServerUrls } from '../servers/settings';
import { hookContender } from './hookNode';

/**
 * The least that somebody would write by hand inside n8n: two requests and a payment with n8n's
 * request helper, the picture stored as binary data. It checks nothing, remembers nothing, retries
 * nothing. What it takes above the bare exchange is n8n's.
 */
export const ownHook = hookContender('ownHook', ({ concurrency, urls }) => {
	const slots = new Slots(concurrency);
	return async (ctx) => await slots.run(async () => [await buy(ctx, urls)]);
});

const OFFER = /^L402 token="([^"]+)", invoice="([^"]+)"$/;

async function buy(ctx: IExecutePaginationFunctions, urls: ServerUrls) {
	const picture = await ctx.helpers.getBinaryDataBuffer('data');
	const body = Buffer.from(JSON.stringify({ image: picture.toString('base64') }));
	const post = async (authorization: Record<string, string>) =>
		(await ctx.helpers.httpRequest({
			method: 'POST',
			url: `${urls.service}${SERVICE_PATH}`,
			headers: { 'content-type': 'application/json', ...authorization },
			body,
			encoding: 'arraybuffer',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})) as IN8nHttpFullResponse;
	const asked = await post({});
	const [, token = '', invoice = ''] = OFFER.exec(String(asked.headers['www-authenticate'])) ?? [];
	const paid = (await ctx.helpers.httpRequest({
		method: 'POST',
		url: `${urls.wallet}/payinvoice`,
		headers: {
			authorization: WALLET_AUTHORIZATION,
			'content-type': 'application/x-www-form-urlencoded',
		},
		body: new URLSearchParams({ invoice }),
	})) as { paymentPreimage: string };
	const redeemed = await post({ authorization: `L402 ${token}:${paid.paymentPreimage}` });
	const data = await ctx.helpers.prepareBinaryData(redeemed.body as Buffer, 'out.png', 'image/png');
	return { json: {}, binary: { data } };
}
