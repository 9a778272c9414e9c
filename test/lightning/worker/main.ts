import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { execute } from '../../../sandbox/engine/engine';
import { loadNode } from '../../../sandbox/engine/loadNode';
import { takePhotograph } from '../cases/purchase';
import { READY, roundFile, type Round, type RoundEnd } from './round';

/**
 * What a worker of n8n is: a process of its own, with n8n's engine and the built node. It runs a round
 * as soon as a file in its folder tells it to, with a memory that knows nothing of the rounds before.
 */
async function main(folder: string): Promise<void> {
	for (let number = 1; ; number += 1) {
		console.log(READY);
		const file = join(folder, roundFile(number));
		while (!existsSync(file)) await wait(2);
		const end = await run(JSON.parse(readFileSync(file, 'utf8')) as Round);
		console.log(JSON.stringify(end));
	}
}

async function run({ items: count, credential, options }: Round): Promise<RoundEnd> {
	const items = await Promise.all(Array.from({ length: count }, photograph));
	const { run: ended } = execute({
		node: loadNode(),
		items,
		credential,
		steps: [
			{
				name: 'Sats4AI',
				parameters: { operation: 'colorizeImage', options },
				settings: { onError: 'continueRegularOutput' },
			},
		],
	});
	const [output = []] = (await ended).data.resultData.runData['Sats4AI']?.at(-1)?.data?.main ?? [];
	return { codes: (output ?? []).map(({ json }) => codeOf(json.error as IDataObject | undefined)) };
}

const codeOf = (error: IDataObject | undefined) =>
	error === undefined ? null : String(error.code);

async function photograph(): Promise<INodeExecutionData> {
	const data = (await takePhotograph()).toString('base64');
	return {
		json: {},
		binary: { data: { data, mimeType: 'image/jpeg', fileName: 'photograph.jpg' } },
	};
}

void main(process.argv[2] ?? '');
