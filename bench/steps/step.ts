import type { ServerUrls } from '../servers/settings';

export const STEPS = [
	'picture read, digest taken, until the service hears of it',
	'asked: the body made and sent',
	'402 read, checked, written down, paid, proven, until the service hears of it',
	'redeemed: the body made and sent again',
	'the picture received',
	'the picture stored, the item made',
] as const;

/** What one step of a purchase took: medians over some purchases. */
export interface StepFigures {
	readonly step: (typeof STEPS)[number];
	readonly ms: number;
	/** The most that JavaScript has held while it lasted, above rest, garbage not yet collected included. */
	readonly peakBytes: number;
}

/** One purchase after the other of a picture as large as this. */
export interface StepsTask {
	readonly pictureBytes: number;
	readonly urls: ServerUrls;
}

export interface PurchaseSteps {
	readonly pictureBytes: number;
	readonly steps: readonly StepFigures[];
}
