import type { Scenario } from '../scenarios/scenario';
import { agentWithBudget } from './agentWithBudget';
import { approval } from './approval';
import { driveColorize } from './driveColorize';
import { importedByCommandLine } from './importedByCommandLine';
import { nightlyBudget } from './nightlyBudget';
import { outboxBatch, outboxSweep } from './outbox';
import { pictureOfTheDay } from './pictureOfTheDay';
import { productPhotos } from './productPhotos';
import { seenInEditor } from './seenInEditor';
import { webhookUpscale } from './webhookUpscale';

/** Every workflow in `examples/`, executed. */
export const exampleScenarios: readonly Scenario[] = [
	// First: it counts what is there.
	importedByCommandLine,
	driveColorize,
	nightlyBudget,
	webhookUpscale,
	productPhotos,
	pictureOfTheDay,
	agentWithBudget,
	approval,
	outboxBatch,
	outboxSweep,
	seenInEditor,
];
