import fc from 'fast-check';

const codePoint = fc
	.oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
	.map((point) => String.fromCodePoint(point));

/** Any text but half surrogates. What fast-check has for it lists all code points first: half a second. */
export const anyText = fc.string({ unit: codePoint });
