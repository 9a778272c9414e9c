import { hookContender } from './hookNode';

/** Gives every item back as it came: all the time it takes is the engine's. */
export const emptyNode = hookContender(
	'emptyNode',
	() => async (ctx) => await Promise.resolve([ctx.getInputData()]),
);
