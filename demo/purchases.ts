import type { IDataObject, INodeExecutionData, IRun } from 'n8n-workflow';
import type { Photograph } from './photographs';
import type { PlannedStep } from './plan';

/** One picture that came out of the workflow, and what its item says was paid for it. */
export interface Purchase {
	readonly step: PlannedStep;
	/** The picture it was made from; null where it was made from words. */
	readonly photograph: Photograph | null;
	/** For example `2-camera-1-colorize.png`: in the order in which things happened. */
	readonly fileName: string;
	readonly bytes: Buffer;
	readonly mimeType: string;
	readonly width: number;
	readonly height: number;
	readonly priceSat: number;
	readonly feeMsat: number;
	readonly paymentHash: string;
	readonly preimage: string;
	readonly wallet: string;
	/** ISO 8601. */
	readonly paidAt: string;
}

/** The items that start the workflow. */
export function startItems(photographs: readonly Photograph[]): INodeExecutionData[] {
	if (photographs.length === 0) return [{ json: {} }];
	return photographs.map(({ fileName, extension, mimeType, bytes }) => ({
		json: { fileName },
		binary: {
			data: { data: bytes.toString('base64'), mimeType, fileName, fileExtension: extension },
		},
	}));
}

/** The pictures of a run in the order of photographs, then steps. What a failed run made counts too. */
export function purchasesOf(
	run: IRun,
	plan: readonly PlannedStep[],
	photographs: readonly Photograph[],
): Purchase[] {
	const { runData } = run.data.resultData;
	return startItems(photographs).flatMap((_, itemIndex) =>
		plan.flatMap((step, stepIndex) => {
			const items = runData[step.title]?.[0]?.data?.main?.[0] ?? [];
			const item = items[itemIndex];
			const photograph = photographs[itemIndex] ?? null;
			const position = [
				...(photograph === null ? [] : [String(itemIndex + 1), photograph.stem]),
				stepIndex + 1,
				step.verb,
			];
			const purchase = item === undefined ? null : purchaseOf(item, position.join('-'));
			return purchase === null ? [] : [{ step, photograph, ...purchase }];
		}),
	);
}

/** null where the item holds no picture that was paid for. */
function purchaseOf(
	item: INodeExecutionData,
	stem: string,
): Omit<Purchase, 'step' | 'photograph'> | null {
	const { json, binary } = item;
	const payment = (json.payment ?? {}) as IDataObject;
	const data = binary?.data;
	if (data === undefined || payment.status !== 'paid') return null;
	return {
		fileName: `${stem}.${data.fileExtension ?? 'img'}`,
		bytes: Buffer.from(data.data, 'base64'),
		mimeType: data.mimeType,
		width: Number(json.width),
		height: Number(json.height),
		priceSat: Number(payment.priceSat),
		feeMsat: Number(payment.feeMsat),
		paymentHash: String(payment.paymentHash),
		preimage: String(payment.preimage),
		wallet: String(payment.wallet),
		paidAt: String(payment.paidAt),
	};
}
