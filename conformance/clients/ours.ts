import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { execute } from '../../sandbox/engine/engine';
import { loadNode } from '../../sandbox/engine/loadNode';
import type { Client } from '../order';
import { walletFields } from './walletOf';

const STEP = 'Sats4AI';

/**
 * The built node on n8n's engine, in a process that has just started: each further call is n8n's
 * *Retry* of the failed execution, with what was saved of it. With Nostr on Node 20 it needs `lendWebSocket`.
 */
export const ours: Client = async (order) => {
	const { outFile, stateFolder, url, body, maxSat, timeoutSeconds } = order;
	const stateFile = join(stateFolder, 'context.json');
	const saved = existsSync(stateFile) ? readFileSync(stateFile, 'utf8') : '{}';
	const { input } = JSON.parse(body) as { readonly input: { readonly prompt: string } };
	const run = await execute({
		node: loadNode(),
		items: [{ json: {} }],
		credential: { ...walletFields(order), network: 'regtest' },
		contextData: JSON.parse(saved) as Record<string, IDataObject>,
		steps: [
			{
				name: STEP,
				parameters: {
					operation: 'generateImage',
					prompt: input.prompt,
					maxPriceSat: maxSat,
					options: {
						baseUrl: new URL(url).origin,
						paymentTimeout: timeoutSeconds,
						requestTimeout: timeoutSeconds,
					},
				},
			},
		],
	}).settled;
	const { resultData, executionData } = run.data;
	writeFileSync(stateFile, JSON.stringify(executionData?.contextData ?? {}));
	const [item] = resultData.runData[STEP]?.at(-1)?.data?.main?.[0] ?? [];
	const picture = item?.binary?.data;
	if (picture !== undefined) writeFileSync(outFile, Buffer.from(picture.data, 'base64'));
	const error = resultData.error as { readonly message?: string; readonly context?: object };
	return {
		output: picture === undefined ? `${error?.message} ${JSON.stringify(error?.context)}` : '',
	};
};
