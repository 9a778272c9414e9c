// Only *Get Invoice Only* makes a PNG, of its QR code.
export const encode = (...args) =>
	require('../../node_modules/fast-png/lib/index.js').encode(...args);
