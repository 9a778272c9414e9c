// Bundled in place of `globalThis`, which n8n does not allow: all that the libraries ask it for.
import { webcrypto } from 'node:crypto';

export const nodeGlobals = {
	BigInt64Array,
	BigUint64Array,
	Float32Array,
	Float64Array,
	Int8Array,
	Int16Array,
	Int32Array,
	Uint8Array,
	Uint16Array,
	Uint32Array,
	// Node loads it when it is first asked for.
	get crypto() {
		return webcrypto;
	},
};
