import type { Prices } from '../options';
import type { Endpoint } from './endpoints';
import { endpoints } from './endpoints';

/** `GET /api/l402/models`: prices in sat. */
export function listModels(prices: Prices) {
	return endpoints
		.flatMap(({ title, service, tiers }) =>
			tiers.map(({ tier, price }, index) => ({
				name: `${title} ${tier}`,
				tier,
				price: prices[price],
				isDefault: index === tiers.length - 1,
				category: service,
			})),
		)
		.map((model, index) => ({ id: index + 1, ...model }));
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
