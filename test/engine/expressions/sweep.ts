import { Expression, LoggerProxy, type INodeType } from 'n8n-workflow';
import { CONTINUE, Scene } from '../scene';
import { secretsIn } from './everything';
import { lootOf, type Loot } from './loot';
import { placesOf, type Place } from './places';
import { theftsOf } from './thefts';

/** What to try: every so-many-th pair of place and theft, each wallet beginning at another one. */
export interface Plan {
	/** As N8N_EXPRESSION_ENGINE names them. */
	readonly engine: 'legacy' | 'vm' | 'quickjs';
	readonly wallets: readonly string[];
	readonly every: number;
	/** Takes away what keeps `$credentials` empty: the sweep must see what is then stolen. */
	readonly unprotected?: true;
}

export interface Sweep {
	readonly runs: number;
	/** Where a secret came to light: wallet, place, expression. */
	readonly leaks: readonly string[];
}

/** Has the node run with expressions that want the wallet's secret, and looks where it turns up. */
export async function sweep({ engine, wallets, every, unprotected }: Plan): Promise<Sweep> {
	await Expression.initExpressionEngine({
		engine,
		poolSize: 1,
		maxCodeCacheSize: 1024,
		bridgeTimeout: 5_000,
		bridgeMemoryLimit: 128,
	});
	const logged: unknown[] = [];
	const log = (...words: unknown[]): void => {
		logged.push(words);
	};
	LoggerProxy.init({ error: log, warn: log, info: log, debug: log });
	const scene = await Scene.open();
	if (unprotected === true) scene.node = withoutProtection(scene.node);
	const leaks: string[] = [];
	let runs = 0;
	const attempt = async (loot: Loot, { name, parameters, options }: Place, theft: string) => {
		logged.length = 0;
		const outcome = await scene.run({
			parameters: parameters(theft),
			options: { paymentTimeout: 1, requestTimeout: 2, ...options(theft) },
			credential: loot.credential,
			// Both ways of failing are looked at.
			...(runs % 2 === 0 ? { settings: CONTINUE } : {}),
		});
		runs += 1;
		const { requests, stranger } = scene.sandbox;
		const seen = [outcome, logged, requests, stranger.requests, scene.bodies.splice(0)];
		if (secretsIn(seen, loot.secrets).length > 0) leaks.push(`${loot.wallet}, ${name}: ${theft}`);
	};
	try {
		for (const [offset, loot] of lootOf(scene.sandbox).entries()) {
			if (!wallets.includes(loot.wallet)) continue;
			const pairs = placesOf(scene.node.description).flatMap((place) =>
				theftsOf(loot.field).map((theft) => [place, theft] as const),
			);
			for (const [index, [place, theft]] of pairs.entries()) {
				if ((index + offset) % every === 0) await attempt(loot, place, theft);
			}
		}
	} finally {
		await scene.close();
		await Expression.disposeExpressionEngine();
		Expression.setExpressionEngine('legacy');
		LoggerProxy.init({ error: silent, warn: silent, info: silent, debug: silent });
	}
	return { runs, leaks };
}

function silent(): void {
	// As before: nobody reads the log.
}

function withoutProtection(node: INodeType): INodeType {
	const credentials = node.description.credentials?.slice(0, 1) ?? [];
	const bare = { description: { ...node.description, credentials } };
	return Object.assign(Object.create(node) as INodeType, bare);
}
