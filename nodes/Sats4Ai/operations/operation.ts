import type { INodeProperties } from 'n8n-workflow';
import type { Purchasable } from '../n8n/purchasable';

/** One paid endpoint, as data. Adding one is a file like its neighbors and a line in `index.ts`. */
export interface Operation extends Purchasable {
	/** Title Case, for the selector. */
	readonly name: string;
	/** Sentence case, for the node panel. */
	readonly action: string;
	readonly description: string;
	/** Path under the service URL. */
	readonly path: string;
	readonly defaultMaxPriceSat: number;
	/** `5`, or `5 to 25`: as the service publishes it. What counts is the invoice. */
	readonly publishedSats: string;
	/** Whether the model decides where between the two it lies. */
	readonly isPricedByModel?: true;
	/** Its own fields, with the `routing` that puts them into the body. Shown for it alone. */
	readonly fields: INodeProperties[];
	/** Names of its optional fields in `bodyOptionFields.ts`. */
	readonly optionNames: readonly string[];
	/** What the service calls the category of its models, wherever it has a choice of them. */
	readonly modelCategory?: RegExp;
}
