import { createHash } from 'node:crypto';
import { hashes, schnorr } from '@noble/secp256k1';

// The library has no hash of its own, and asks for one.
hashes.sha256 = (message) => createHash('sha256').update(message).digest();

/** BIP-340, by which Nostr events are signed; public keys are x-only, 32 bytes. The first two throw on what is no secret key. */
export const { getPublicKey: schnorrPublicKey, sign: signSchnorr, verify: verifySchnorr } = schnorr;
