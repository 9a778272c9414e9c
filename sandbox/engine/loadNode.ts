import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { compileFunction } from 'node:vm';
import * as n8nWorkflow from 'n8n-workflow';
import type { INodeType } from 'n8n-workflow';

const BUILT_NODE = resolve(__dirname, '../../dist/nodes/Sats4Ai/Sats4Ai.node.js');

/** The built node's code, compiled once for all calls. */
let evaluate: ((...args: unknown[]) => void) | undefined;

/**
 * Loads the built node as a process that has just started would: each call makes a new instance of
 * all its own modules, and so an empty process memory. Those of n8n and the libraries stay the same.
 *
 * @param instead Modules to hand the node in the place of others, by their names.
 */
export function loadNode(instead: Readonly<Record<string, unknown>> = {}): INodeType {
	const module: { exports: { Sats4Ai?: new () => INodeType } } = { exports: {} };
	evaluate ??= compileFunction(readFileSync(BUILT_NODE, 'utf8'), ['module', 'exports', 'require'], {
		filename: BUILT_NODE,
	}) as (...args: unknown[]) => void;
	evaluate(module, module.exports, requireFor(BUILT_NODE, instead));
	const { Sats4Ai } = module.exports;
	if (Sats4Ai === undefined) throw new Error('The built node exports no class Sats4Ai');
	return new Sats4Ai();
}

/** `n8n-workflow` must be the engine's own copy, or its errors are strangers to each other. */
function requireFor(
	file: string,
	instead: Readonly<Record<string, unknown>>,
): (name: string) => unknown {
	const builtIn = createRequire(file) as (name: string) => unknown;
	const replaced: Readonly<Record<string, unknown>> = { 'n8n-workflow': n8nWorkflow, ...instead };
	return (name) => replaced[name] ?? builtIn(name);
}
