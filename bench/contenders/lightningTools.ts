import { fetch402 } from '@getalby/lightning-tools/402';
import { SERVICE_PATH } from '../servers/settings';
import { payWithPhoenixd } from './bareExchange';
import { concurrently } from './concurrently';
import { bodyOf, checkPicture, type Contender, type Job } from './contender';

/** `fetch402` of `@getalby/lightning-tools`, with the wallet call of the bare exchange. */
export const lightningTools: Contender = {
	name: 'lightningTools',
	prepare: async (job) => {
		const body = bodyOf(job.picture);
		return async () => await concurrently(job.items, job.concurrency, async () => buy(body, job));
	},
};

async function buy(body: Buffer, job: Job): Promise<void> {
	const response = await fetch402(
		`${job.urls.service}${SERVICE_PATH}`,
		{ method: 'POST', headers: { 'content-type': 'application/json' }, body },
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
