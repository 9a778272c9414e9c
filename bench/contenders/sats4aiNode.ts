import { execute } from '../../sandbox/engine/engine';
import { loadNode } from '../../sandbox/engine/loadNode';
import { clearBinaryData, pictureItems } from '../engine/binaryData';
import { checkItems, itemsOf } from '../engine/outcome';
import { WALLET_PASSWORD } from '../servers/settings';
import type { Contender } from './contender';

const STEP = 'Sats4AI';

/** The built node on n8n's engine. */
export function sats4aiNode(): Contender {
	const node = loadNode();
	return {
		name: 'sats4ai',
		prepare: async ({ picture, items: count, concurrency, urls }) => {
			const items = await pictureItems(picture, count);
			const request = {
				node,
				items,
				credential: {
					wallet: 'phoenixd',
					url: urls.wallet,
					password: WALLET_PASSWORD,
					network: 'regtest',
				},
				steps: [
					{
						name: STEP,
						parameters: {
							operation: 'colorizeImage',
							options: { baseUrl: urls.service, concurrency },
						},
					},
				],
			};
			return async () => {
				const run = await execute(request).run;
				checkItems(itemsOf(run, STEP), count, picture.length);
			};
		},
		cleanUp: clearBinaryData,
	};
}
