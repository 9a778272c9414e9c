import { randomBytes } from 'node:crypto';
import type { ChallengeStyle, Network, SandboxOptions } from './options';
import type { Operation, Prices } from './service/endpoints';
import type { ResultShape } from './service/resultShape';

/** The options with every default filled in. */
export interface Settings {
	readonly host: string;
	readonly servicePort: number;
	readonly walletPort: number;
	readonly network: Network;
	readonly prices: Prices;
	readonly invoiceExpirySeconds: number;
	readonly tokenLifetimeSeconds: number;
	readonly balanceMsat: number;
	readonly adminKey: string;
	readonly invoiceKey: string;
	readonly routingFeeMsat: number;
	readonly processingDelayMs: number;
	readonly pictures: 'real' | 'plain';
	readonly resultShape: Readonly<Record<Operation, ResultShape>>;
	readonly allowReplay: boolean;
	readonly replayMs: number;
	readonly dedup: boolean;
	readonly challenge: ChallengeStyle;
	readonly maxBodyBytes: number;
	readonly log: (line: string) => void;
	readonly now: () => number;
}

/** Prices of the API's own pages, in sat. */
export const publishedPrices: Prices = {
	colorizeImage: 5,
	deblurImage: 110,
	editImage: 200,
	generateStandard: 100,
	generateBetter: 150,
	generateBest: 200,
	removeBackground: 44,
	removeObject: 130,
	restoreFace: 5,
	upscaleImage: 5,
};

/** Where the picture was seen in each endpoint's answer. */
export const observedShapes: Readonly<Record<Operation, ResultShape>> = {
	colorizeImage: 'imageUrlRelative',
	deblurImage: 'imageUrlRelative',
	editImage: 'urlAndBase64',
	generateImage: 'dataUri',
	removeBackground: 'imageUrlRelative',
	removeObject: 'imageUrlRelative',
	restoreFace: 'imageUrlRelative',
	upscaleImage: 'imageUrlRelative',
};

function shapes(choice: SandboxOptions['resultShape']): Record<Operation, ResultShape> {
	if (typeof choice !== 'string') return { ...observedShapes, ...choice };
	return {
		colorizeImage: choice,
		deblurImage: choice,
		editImage: choice,
		generateImage: choice,
		removeBackground: choice,
		removeObject: choice,
		restoreFace: choice,
		upscaleImage: choice,
	};
}

export function withDefaults(options: SandboxOptions): Settings {
	return {
		host: options.host ?? '127.0.0.1',
		servicePort: options.servicePort ?? 0,
		walletPort: options.walletPort ?? 0,
		network: options.network ?? 'regtest',
		prices: { ...publishedPrices, ...options.prices },
		invoiceExpirySeconds: options.invoiceExpirySeconds ?? 600,
		tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 600,
		balanceMsat: (options.balanceSat ?? 100_000) * 1000,
		adminKey: options.adminKey ?? randomBytes(16).toString('hex'),
		invoiceKey: options.invoiceKey ?? randomBytes(16).toString('hex'),
		routingFeeMsat: options.routingFeeMsat ?? 0,
		processingDelayMs: options.processingDelayMs ?? 0,
		pictures: options.pictures ?? 'real',
		resultShape: shapes(options.resultShape),
		allowReplay: options.allowReplay ?? false,
		replayMs: (options.replaySeconds ?? 30) * 1000,
		dedup: options.dedup ?? false,
		challenge: {
			order: 'l402First',
			lines: 'one',
			scheme: 'L402',
			tokenKey: 'macaroon',
			...options.challenge,
		},
		maxBodyBytes: options.maxBodyBytes ?? 25 * 1024 * 1024,
		log: options.log ?? (() => undefined),
		now: options.clock ?? Date.now,
	};
}
