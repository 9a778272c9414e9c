import { wholeAnswer, type Http } from '../l402/http';
import { parseJson } from '../l402/json';
import { readModels, type Model } from './catalog';

const PATH = '/api/l402/models';
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 1024 * 1024;

export type FetchedModels =
	/** At least one. */
	| { readonly status: 'ok'; readonly models: readonly Model[] }
	| { readonly status: 'none'; readonly reason: string };

/** Asks the service for its list of models: one request, free, without any credential. */
export async function fetchModels(http: Http, serviceUrl: string): Promise<FetchedModels> {
	const answered = await http({
		method: 'GET',
		url: `${serviceUrl}${PATH}`,
		headers: { Accept: 'application/json' },
		timeoutMs: TIMEOUT_MS,
		maxBytes: MAX_BYTES,
	});
	const outcome = wholeAnswer(answered);
	if (outcome.kind !== 'answer') return { status: 'none', reason: outcome.reason };
	if (outcome.status !== 200) {
		return { status: 'none', reason: `the service answered with status ${outcome.status}` };
	}
	const models = readModels(parseJson(outcome.body.toString('utf8')));
	return models.length > 0
		? { status: 'ok', models }
		: { status: 'none', reason: 'what the service sent holds no models' };
}
