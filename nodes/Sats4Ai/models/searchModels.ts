import { sats } from '../bolt11/amountText';
import {
	NodeApiError,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { operations } from '../operations/index';
import { PurchaseFailure } from '../purchase/report/failure';
import { n8nHttp } from '../n8n/n8nHttp';
import { readServiceUrl } from '../n8n/parameters';
import type { Model } from './catalog';
import { fetchModels } from './fetchModels';

/** More than anybody reads through; the search finds the others. */
const MOST_SHOWN = 200;

/**
 * The list behind *Model ID*, asked of the service whenever the editor opens it, so that its prices
 * are of this moment. Throws an error that says how to do without the list.
 */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const http = n8nHttp(
		async (options): Promise<unknown> => await this.helpers.httpRequest(options),
		{},
		undefined,
	);
	const fetched = await fetchModels(http, serviceUrlOf(this));
	if (fetched.status === 'none') throw noList(this, fetched.reason);
	const words = filter.toLowerCase().split(/\s+/);
	const results = fitting(fetched.models, this.getCurrentNodeParameter('operation'))
		.filter((model) => {
			const searched = `${model.id} ${model.category} ${label(model)}`.toLowerCase();
			return words.every((word) => searched.includes(word));
		})
		.slice(0, MOST_SHOWN)
		.map((model): INodeListSearchItems => ({ name: label(model), value: model.id }));
	return { results };
}

function serviceUrlOf(ctx: ILoadOptionsFunctions): string {
	const options = ctx.getCurrentNodeParameter('options');
	try {
		return readServiceUrl(typeof options === 'object' ? { ...options } : {});
	} catch (cause) {
		throw noList(ctx, cause instanceof PurchaseFailure ? cause.message : String(cause));
	}
}

/** The models for an operation, as far as the service says; all of them where it names no category like it. */
function fitting(models: readonly Model[], operation: unknown): readonly Model[] {
	const category = operations.find(({ value }) => value === operation)?.modelCategory;
	if (category === undefined) return models;
	const fits = (model: Model) => category.test(model.category);
	if (!models.some(fits)) return models;
	return models.filter((model) => model.category === '' || fits(model));
}

/** `Flux Kontext · Best · 200 sats · default`. */
function label({ name, tier, priceSat, isDefault }: Model): string {
	return [
		name,
		...(name.toLowerCase().includes(tier.toLowerCase()) ? [] : [tier]),
		...(priceSat === null ? [] : [sats(priceSat)]),
		...(isDefault ? ['default'] : []),
	].join(' · ');
}

function noList(ctx: ILoadOptionsFunctions, reason: string): NodeApiError {
	const message = `There is no list of models to choose from: ${reason}`;
	const description =
		"Choose 'By ID' and type the number or name of the model, or remove this option: the service then takes its best model.";
	const error = new NodeApiError(ctx.getNode(), {}, { message, description });
	error.message = message;
	return error;
}
