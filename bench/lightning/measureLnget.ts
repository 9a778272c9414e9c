import { takePhotograph } from '../../test/lightning/cases/purchase';
import { prices } from '../../test/lightning/lab/aperture';
import { startLab, type Lab } from '../../test/lightning/lab/lab';
import { prepareGoPrograms } from '../../test/lightning/prepare/goPrograms';
import { isMissing, lacks } from '../../test/lightning/prepare/prepared';
import { execute } from '../../sandbox/engine/engine';
import { loadNode } from '../../sandbox/engine/loadNode';
import { buyBareFromLnd } from './bareLnd';
import { findLnget, Lnget } from './lnget';

/** What each purchase took, over real LND and Aperture, in turns. */
export interface LngetFigures {
	readonly nodeMs: readonly number[];
	readonly lngetMs: readonly number[];
	/** Of the exchange alone: what Aperture and LND take of each purchase. */
	readonly bareMs: readonly number[];
}

const ROUNDS = 15;
const WARM_UP = 2;
const STEP = 'Sats4AI';

/**
 * The node and lnget buy the same colorized photographs from the same Aperture, paid by the same LND.
 * lnget is a program: its start belongs to each of its purchases, as n8n's does not to the node's.
 * Throws, saying why, where something is not installed.
 */
export async function measureLnget(log: (line: string) => void): Promise<LngetFigures> {
	const program = findLnget();
	if (program === null) throw new Error('lnget is not installed');
	const go = await prepareGoPrograms(log);
	if (isMissing(go)) throw new Error(go.missing);
	const none = lacks('not needed');
	const lab = await startLab({ go, lnbits: none, nwc: none, hub: none });
	const lnget = new Lnget(program, lab.network.west);
	try {
		return await inTurns(lab, lnget);
	} finally {
		lnget.close();
		await lab.stop();
	}
}

async function inTurns(lab: Lab, lnget: Lnget): Promise<LngetFigures> {
	const url = lab.shopEast.aperture.url;
	const nodeMs: number[] = [];
	const lngetMs: number[] = [];
	const bareMs: number[] = [];
	const path = `${url}/api/l402/colorize-image`;
	for (let round = -WARM_UP; round < ROUNDS; round += 1) {
		const [first, second, third] = [
			await takePhotograph(),
			await takePhotograph(),
			await takePhotograph(),
		];
		const ways = [
			async () => nodeMs.push(await timed(async () => await buyByNode(lab, first))),
			async () => {
				const body = bodyOf(second);
				lngetMs.push(await timed(async () => expectPicture(await lnget.buy(path, body))));
			},
			async () => {
				const body = bodyOf(third);
				bareMs.push(await timed(async () => expectPicture(await buyBareFromLnd(lab, path, body))));
			},
		];
		for (const way of round % 2 === 0 ? ways : ways.reverse()) await way();
	}
	return {
		nodeMs: nodeMs.slice(WARM_UP),
		lngetMs: lngetMs.slice(WARM_UP),
		bareMs: bareMs.slice(WARM_UP),
	};
}

function bodyOf(photograph: Buffer): string {
	return JSON.stringify({ image: photograph.toString('base64') });
}

const node = loadNode();

async function buyByNode(lab: Lab, photograph: Buffer): Promise<void> {
	const { west } = lab.network;
	const image = { data: photograph.toString('base64'), mimeType: 'image/jpeg' };
	const { data } = await execute({
		node,
		items: [{ json: {}, binary: { data: image } }],
		credential: {
			wallet: 'lnd',
			url: west.restUrl,
			macaroon: west.adminMacaroon,
			caCertificate: west.certificate,
			network: 'regtest',
		},
		steps: [
			{
				name: STEP,
				parameters: {
					operation: 'colorizeImage',
					maxPriceSat: prices.colorizeImage,
					options: { baseUrl: lab.shopEast.aperture.url },
				},
			},
		],
	}).run;
	if (data.resultData.error !== undefined) throw data.resultData.error;
}

/** The shop colors as data URIs. */
function expectPicture(text: string): void {
	if (!text.includes('data:image/')) throw new Error(`no picture came: ${text.slice(0, 99)}`);
}

async function timed(work: () => Promise<void>): Promise<number> {
	const startedAt = performance.now();
	await work();
	return performance.now() - startedAt;
}
