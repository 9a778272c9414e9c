// Bundled in place of `globalThis`, which n8n does not allow: all that a library may want of it.
import { webcrypto } from 'node:crypto';

export const nodeGlobals = { crypto: webcrypto };
