import type { INodeExecutionData, IRun } from 'n8n-workflow';

/** The items that the last node gave out. Throws the error that ended the run. */
export function itemsOf(run: IRun, step: string): INodeExecutionData[] {
	const { error, runData } = run.data.resultData;
	if (error !== undefined) throw new Error(`${step}: ${error.message} (${error.description})`);
	return runData[step]?.at(-1)?.data?.main?.[0] ?? [];
}

/** Throws where not every item holds a picture of this size. */
export function checkItems(
	items: readonly INodeExecutionData[],
	count: number,
	pictureBytes: number,
): void {
	const sizes = items.map(({ binary }) => binary?.data?.bytes);
	if (sizes.length === count && sizes.every((size) => size === pictureBytes)) return;
	throw new Error(`Not ${count} pictures of ${pictureBytes} bytes but ${sizes.join(', ')}`);
}
