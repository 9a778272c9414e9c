import * as crypto from 'node:crypto';
import type { INodeType } from 'n8n-workflow';
import { loadNode } from '../../sandbox/engine/loadNode';
import { isFullDepth } from '../depth';

const USUAL_COST = 16_384;
/** So little that it takes no time. */
const CHEAP = { N: 2, r: 8, p: 1 };

/**
 * The node's wallet fingerprint is slow on purpose, 50 ms each time a process starts, and tests start
 * thousands of processes. Here it is as good and takes no time; at full depth it is as it comes.
 */
const hasty = Object.create(crypto, {
	scrypt: {
		value: (
			secret: string,
			salt: string,
			bytes: number,
			cost: crypto.ScryptOptions,
			done: (error: Error | null, hash: Buffer) => void,
		): void => {
			if (cost.N !== USUAL_COST) throw new Error(`scrypt is asked for at a cost of ${cost.N}`);
			crypto.scrypt(secret, salt, bytes, CHEAP, done);
		},
	},
}) as typeof crypto;

/** The built node in a process that has just started. */
export function startedNode(): INodeType {
	return loadNode(isFullDepth() ? {} : { 'node:crypto': hasty });
}
