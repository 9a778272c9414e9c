import { commandLineScenarios } from './commandLineScenarios';
import type { Scenario } from './scenario';

/** In the order they run: a later one may use what an earlier one of its part has set up. */
export const scenarios: readonly Scenario[] = [...commandLineScenarios];
