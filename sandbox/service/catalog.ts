import type { Endpoint, Prices } from './endpoints';
import { models } from './models';

/** `GET /api/l402/models`: prices in sat. */
export function listModels(prices: Prices) {
	return models.map((model) => ({ ...model, price: prices[model.price] }));
}

/** `GET /api/l402/<service>`. */
export function describeService(endpoint: Endpoint, prices: Prices) {
	return {
		service: endpoint.service,
		access: 'POST with JSON; pay the Lightning invoice of the 402 answer, then send it again',
		description: endpoint.description,
		pricing: endpoint.tiers.map(({ tier, price }) => ({
			tier,
			amount: prices[price],
			currency: 'SATS',
		})),
	};
}
