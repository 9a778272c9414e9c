/** Where an address leads, as far as it says so itself: names are not looked up. */
export type Place = 'thisMachine' | 'privateNetwork' | 'outside';

/**
 * Where a URL leads. `URL` has brought the other spellings of IPv4 (decimal, hexadecimal, octal,
 * shortened) into the usual one.
 */
export function placeOf({ hostname }: URL): Place {
	const host = hostname.toLowerCase().replace(/\.+$/, '');
	if (host.startsWith('[')) return placeOfIpv6(groupsOf(host.slice(1, -1)));
	if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return placeOfIpv4(host.split('.').map(Number));
	if (/(^|\.)localhost$/.test(host)) return 'thisMachine';
	// A name without a dot, or under one of the endings that are nobody's on the internet (RFC 6762,
	// RFC 8375, ICANN's `.internal`), is known to an inner name server alone.
	const isInner = !host.includes('.') || /\.(local|internal|intranet|lan|home\.arpa)$/.test(host);
	return isInner ? 'privateNetwork' : 'outside';
}

/** By the registry of IANA (RFC 6890): what is not a host on the internet counts as private. */
function placeOfIpv4(bytes: readonly number[]): Place {
	const [a = 0, b = 0, c = 0] = bytes;
	if (a === 127 || a === 0) return 'thisMachine';
	const isPrivate =
		a === 10 ||
		(a === 100 && b >= 64 && b <= 127) ||
		(a === 169 && b === 254) ||
		(a === 172 && b >= 16 && b <= 31) ||
		(a === 192 && b === 168) ||
		(a === 192 && b === 0 && c === 0) ||
		(a === 198 && (b === 18 || b === 19)) ||
		a >= 224;
	return isPrivate ? 'privateNetwork' : 'outside';
}

function placeOfIpv6(groups: readonly number[]): Place {
	const [first = 0, second = 0, third = 0] = groups;
	const last = groups.slice(6);
	const zeros = groups.findIndex((group) => group !== 0);
	// IPv4 within: compatible addresses, which `::` and `::1` pass for, mapped ones, NAT64 (RFC 6052),
	// 6to4 (RFC 3056).
	const isCompatible = zeros === -1 || zeros >= 6;
	const isMapped = zeros === 5 && groups[5] === 0xffff;
	const isNat64 = first === 0x64 && second === 0xff9b;
	if (isCompatible || isMapped || isNat64) return placeOfIpv4(last.flatMap(bytesOf));
	if (first === 0x2002) return placeOfIpv4([second, third].flatMap(bytesOf));
	// Unique local (RFC 4193), link local, site local, multicast.
	const isPrivate =
		(first & 0xfe00) === 0xfc00 || (first & 0xff80) === 0xfe80 || (first & 0xff00) === 0xff00;
	return isPrivate ? 'privateNetwork' : 'outside';
}

function bytesOf(group: number): number[] {
	return [group >> 8, group & 0xff];
}

/** The eight groups of an address, in the form that `URL` writes it: hexadecimal, one `::` at most. */
function groupsOf(address: string): number[] {
	const [head = '', tail] = address.split('::');
	const read = (part: string) =>
		part === '' ? [] : part.split(':').map((hex) => parseInt(hex, 16));
	if (tail === undefined) return read(head);
	const [before, after] = [read(head), read(tail)];
	const missing = Math.max(0, 8 - before.length - after.length);
	return [...before, ...Array.from({ length: missing }, () => 0), ...after];
}
