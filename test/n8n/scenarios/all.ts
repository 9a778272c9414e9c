import { agentScenarios } from './agentScenarios';
import { commandLineScenarios } from './commandLineScenarios';
import { credentialScenarios } from './credentialScenarios';
import { editorScenarios } from './editorScenarios';
import { expressionScenarios } from './expressionScenarios';
import { failureScenarios } from './failureScenarios';
import { formScenarios } from './formScenarios';
import { mainJobScenarios } from './mainJobScenarios';
import { paidElsewhereScenarios } from './paidElsewhereScenarios';
import type { Scenario } from './scenario';
import { stopScenarios } from './stopScenarios';

/** In the order they run: a later one may use what an earlier one of its part has set up. */
export const scenarios: readonly Scenario[] = [
	...commandLineScenarios,
	...credentialScenarios,
	...mainJobScenarios,
	...expressionScenarios,
	...paidElsewhereScenarios,
	...failureScenarios,
	...stopScenarios,
	...agentScenarios,
	...formScenarios,
	...editorScenarios,
];
