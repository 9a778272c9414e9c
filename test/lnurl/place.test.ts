import { placeOf } from '../../nodes/Sats4Ai/lnurl/place';
import { OUTSIDE, PRIVATE_NETWORK, THIS_MACHINE } from './inside';

test.each(THIS_MACHINE)('%s is this machine', (host) => {
	expect(placeOf(new URL(`https://${host}:8443/x`))).toBe('thisMachine');
});

test.each(PRIVATE_NETWORK)('%s is in a private network', (host) => {
	expect(placeOf(new URL(`https://${host}/`))).toBe('privateNetwork');
});

test.each(OUTSIDE)('%s is outside', (host) => {
	expect(placeOf(new URL(`https://${host}/`))).toBe('outside');
});

test('capitals and dots at the end change nothing, whatever the scheme', () => {
	expect(placeOf(new URL('lnurlw://LOCALHOST../'))).toBe('thisMachine');
	expect(placeOf(new URL('lnurlw://sats4ai.COM../'))).toBe('outside');
	expect(placeOf(new URL('lnurlw://printer.LOCAL/'))).toBe('privateNetwork');
});
