// Only Nostr Wallet Connect signs; the tables of the curve and a source of randomness wait for it.
const load = () => require('../../node_modules/@noble/curves/secp256k1.js').schnorr;

export const schnorr = {
	getPublicKey: (...args) => load().getPublicKey(...args),
	sign: (...args) => load().sign(...args),
	verify: (...args) => load().verify(...args),
};
