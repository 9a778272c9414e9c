import sharp from 'sharp';
import type { IDataObject, INodeExecutionData, INodeType } from 'n8n-workflow';
import { execute } from '../../../sandbox/engine/engine';
import { loadNode } from '../../../sandbox/engine/loadNode';
import type { Operation } from '../../../sandbox/service/endpoints';
import type { Bench, Credential } from '../benches/bench';

const STEP = 'Sats4AI';

/** A run of the node on n8n's engine: what it hands on, and what it says of its failure. */
export interface Bought {
	readonly json: IDataObject;
	readonly payment: IDataObject;
	/** Empty where there is no picture. */
	readonly bytes: Buffer;
	/** `code`, `spent`, … of an item that failed. */
	readonly error: IDataObject | undefined;
}

export interface Purchase {
	readonly operation: Operation;
	readonly parameters?: IDataObject;
	readonly options?: IDataObject;
	readonly credential?: Credential;
}

/** The node in a process of its own: what it remembers of a purchase lasts as long as this. */
export class Buyer {
	private readonly node: INodeType = loadNode();

	constructor(
		private readonly bench: Bench,
		private readonly photograph: Buffer,
	) {}

	async buy(purchase: Purchase): Promise<Bought> {
		const { operation, parameters = {}, options = {} } = purchase;
		const { run } = execute({
			node: this.node,
			items: [this.item()],
			credential: purchase.credential ?? this.bench.credential,
			steps: [
				{
					name: STEP,
					parameters: {
						operation,
						...parameters,
						options: { baseUrl: this.bench.shop.aperture.url, ...options },
					},
					settings: { onError: 'continueRegularOutput' },
				},
			],
		});
		const { resultData } = (await run).data;
		const [item] = resultData.runData[STEP]?.at(-1)?.data?.main?.[0] ?? [];
		if (item === undefined) throw new Error(`No item: ${JSON.stringify(resultData.error)}`);
		return {
			json: item.json,
			payment: (item.json.payment ?? {}) as IDataObject,
			bytes: Buffer.from(item.binary?.data?.data ?? '', 'base64'),
			error: item.json.error as IDataObject | undefined,
		};
	}

	private item(): INodeExecutionData {
		return {
			json: {},
			binary: {
				data: {
					data: this.photograph.toString('base64'),
					mimeType: 'image/jpeg',
					fileName: 'photograph.jpg',
				},
			},
		};
	}
}

export const PHOTOGRAPH_WIDTH = 160;
export const PHOTOGRAPH_HEIGHT = 120;

/** A gray picture that no other call returns: identical orders would be one purchase. */
export async function takePhotograph(): Promise<Buffer> {
	return await sharp({
		create: {
			width: PHOTOGRAPH_WIDTH,
			height: PHOTOGRAPH_HEIGHT,
			channels: 3,
			background: '#808080',
			noise: { type: 'gaussian', mean: 128, sigma: 40 },
		},
	})
		.grayscale()
		.jpeg()
		.toBuffer();
}
