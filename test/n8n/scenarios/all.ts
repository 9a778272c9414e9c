import { exampleScenarios } from '../examples/all';
import { agentScenarios } from './agentScenarios';
import { byHandQueueScenarios } from './byHandQueueScenarios';
import { commandLineScenarios } from './commandLineScenarios';
import { credentialScenarios } from './credentialScenarios';
import { editorScenarios } from './editorScenarios';
import { engineQueueScenarios } from './engineQueueScenarios';
import { expressionScenarios } from './expressionScenarios';
import { failureScenarios } from './failureScenarios';
import { flowScenarios } from './flowScenarios';
import { formScenarios } from './formScenarios';
import { mainJobScenarios } from './mainJobScenarios';
import { modelScenarios } from './modelScenarios';
import { newcomerScenarios } from './newcomerScenarios';
import { outageScenarios } from './outageScenarios';
import { outboxQueueScenarios } from './outboxQueueScenarios';
import { paidElsewhereScenarios } from './paidElsewhereScenarios';
import { peoplePayScenarios } from './peoplePayScenarios';
import { queueScenarios } from './queueScenarios';
import { retryScenarios } from './retryScenarios';
import { roundsScenarios } from './roundsScenarios';
import type { Scenario } from './scenario';
import { secretScenarios } from './secretScenarios';
import { stopScenarios } from './stopScenarios';

/** In the order they run: a later one may use what an earlier one of its part has set up. */
export const scenarios: readonly Scenario[] = [
	...commandLineScenarios,
	...secretScenarios,
	...credentialScenarios,
	...mainJobScenarios,
	...flowScenarios,
	...expressionScenarios,
	...paidElsewhereScenarios,
	...failureScenarios,
	...retryScenarios,
	...stopScenarios,
	...agentScenarios,
	...formScenarios,
	...modelScenarios,
	...editorScenarios,
	...newcomerScenarios,
	...peoplePayScenarios,
	...queueScenarios,
	...roundsScenarios,
	...outboxQueueScenarios,
	...engineQueueScenarios,
	...byHandQueueScenarios,
	...outageScenarios,
	...exampleScenarios,
];
