import { fetch402 } from '@getalby/lightning-tools/402';
import { SERVICE_PATH } from '../servers/settings';
import { payWithPhoenixd } from './bareExchange';
import { concurrently } from './concurrently';
import { checkPicture, type Contender, type Job } from './contender';

/**
 * `fetch402` of `@getalby/lightning-tools` as a program would call it: a picture in memory goes in
 * as JSON, a picture in memory comes out. The wallet call is that of the bare exchange.
 */
export const lightningTools: Contender = {
	name: 'lightningTools',
	prepare: async (job) => async () =>
		await concurrently(job.items, job.concurrency, async () => buy(job)),
};

async function buy(job: Job): Promise<void> {
	const response = await fetch402(
		`${job.urls.service}${SERVICE_PATH}`,
		{
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ image: job.picture.toString('base64') }),
		},
		{
			wallet: {
				payInvoice: async ({ invoice }) => ({
					preimage: await payWithPhoenixd(job.urls.wallet, invoice),
				}),
			},
		},
	);
	checkPicture((await response.arrayBuffer()).byteLength, job);
}
