import type { Scenario } from '../scenarios/scenario';
import { agentWithBudget } from './agentWithBudget';
import { driveColorize } from './driveColorize';
import { nightlyBudget } from './nightlyBudget';
import { pictureOfTheDay } from './pictureOfTheDay';
import { productPhotos } from './productPhotos';
import { webhookUpscale } from './webhookUpscale';

/** Every workflow in `examples/`, executed. */
export const exampleScenarios: readonly Scenario[] = [
	driveColorize,
	nightlyBudget,
	webhookUpscale,
	productPhotos,
	pictureOfTheDay,
	agentWithBudget,
];
