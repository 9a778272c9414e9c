const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function checksum(values: readonly number[]): number {
	let sum = 1;
	for (const value of values) {
		const top = sum >>> 25;
		sum = ((sum & 0x1ffffff) << 5) ^ value;
		GENERATOR.forEach((term, bit) => {
			if ((top >>> bit) & 1) sum ^= term;
		});
	}
	return sum ^ 1;
}

function toGroupsOf5(bytes: Buffer): number[] {
	const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
	const padded = bits.padEnd(Math.ceil(bits.length / 5) * 5, '0');
	return (padded.match(/.{5}/g) ?? []).map((group) => parseInt(group, 2));
}

/** A URL as an LNURL: bech32 with the prefix `lnurl`, in upper case (LUD-01). */
export function toLnurl(url: string): string {
	const prefix = [...'lnurl'].map((letter) => letter.charCodeAt(0));
	const expanded = [...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31)];
	const data = toGroupsOf5(Buffer.from(url));
	const sum = checksum([...expanded, ...data, 0, 0, 0, 0, 0, 0]);
	const tail = [25, 20, 15, 10, 5, 0].map((shift) => (sum >>> shift) & 31);
	const text = [...data, ...tail].map((value) => ALPHABET.charAt(value)).join('');
	return `lnurl1${text}`.toUpperCase();
}
