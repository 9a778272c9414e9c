import { createHash } from 'node:crypto';
import type { IDataObject, INodeExecutionData, IRun } from 'n8n-workflow';
import { plainPicture } from '../../sandbox/pictures/plainPicture';

/** The one node of every workflow here. */
export const STEP = 'Sats4AI';

export interface Outcome {
	readonly items: INodeExecutionData[];
	/** What went to the second output (*Continue (using error output)*). */
	readonly errorItems: INodeExecutionData[];
	/** Of an execution that failed. */
	readonly error: Record<string, unknown> | undefined;
	/** Contexts, after a journey through JSON as in n8n's database. */
	readonly contextData: Record<string, IDataObject>;
	readonly run: IRun;
}

/** `json.error` of a failed item, `context.data` of an error. */
export interface ErrorReport {
	readonly code: string;
	readonly spent: string;
	readonly message: string;
	readonly hint: string;
	readonly payment?: Record<string, unknown>;
	readonly service?: Record<string, unknown>;
	readonly refund?: Record<string, unknown>;
	readonly imageUrl?: string;
}

export function outcomeOf(run: IRun): Outcome {
	const { resultData, executionData } = run.data;
	const main = resultData.runData[STEP]?.at(-1)?.data?.main ?? [];
	return {
		items: main[0] ?? [],
		errorItems: main[1] ?? [],
		error: resultData.error as unknown as Record<string, unknown> | undefined,
		contextData: JSON.parse(JSON.stringify(executionData?.contextData ?? {})) as Record<
			string,
			IDataObject
		>,
		run,
	};
}

export function reportOf(item: INodeExecutionData | undefined): ErrorReport {
	const error = item?.json.error;
	if (typeof error !== 'object') throw new Error(`No error item: ${JSON.stringify(item?.json)}`);
	return error as unknown as ErrorReport;
}

/** The report in the error of a failed execution. */
export function thrownReport({ error }: Outcome): ErrorReport {
	const context = error?.context as { data?: ErrorReport } | undefined;
	if (context?.data === undefined) throw new Error(`No report in ${JSON.stringify(error)}`);
	return context.data;
}

/** The bytes of an output item's picture. */
export function outputBytes(item: INodeExecutionData | undefined, field = 'data'): Buffer {
	const binary = item?.binary?.[field];
	if (binary === undefined) throw new Error(`No picture in ${JSON.stringify(item?.json)}`);
	return Buffer.from(binary.data, 'base64');
}

/** The number of the invoice that a plain picture was bought with; the service drew it so. */
export function serialOf(item: INodeExecutionData | undefined): number {
	const digest = sha256(outputBytes(item));
	for (let serial = 1; serial <= 200; serial += 1) {
		if (sha256(plainPicture(serial).bytes) === digest) return serial;
	}
	throw new Error('Not a picture of the service');
}

export function sha256(bytes: Buffer | string): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** `payment` of an output item. */
export function paymentOf(item: INodeExecutionData | undefined): Record<string, unknown> {
	return item?.json.payment as Record<string, unknown>;
}
