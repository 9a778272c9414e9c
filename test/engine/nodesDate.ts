import { compileFunction } from 'node:vm';

/** The built node runs outside of the tests' own realm, with this `Date`. */
const nodesDate = compileFunction('return Date') as () => DateConstructor;
const NodesDate = nodesDate();

/** From now on it is so much later by the node's clock of the wall; `jest.restoreAllMocks` undoes it. */
export function setClockOn(byMs: number): void {
	const { now } = Date;
	jest.spyOn(NodesDate, 'now').mockImplementation(() => now() + byMs);
}
