import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/**
 * A fresh self-signed certificate for 127.0.0.1, and for `hosts`, as LND and clnrest make theirs.
 * DER by hand.
 */
export function selfSignedCertificate(hosts: readonly string[] = []): {
	key: string;
	cert: string;
} {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const ecdsaSha256 = sequence(objectId(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
	const name = sequence(
		tagged(0x31, sequence(objectId(0x55, 0x04, 0x03), tagged(0x0c, Buffer.from('127.0.0.1')))),
	);
	const day = 86_400_000;
	const validity = sequence(utcTime(Date.now() - day), utcTime(Date.now() + 30 * day));
	const names = [
		tagged(0x87, Buffer.from([127, 0, 0, 1])),
		...hosts.map((host) => tagged(0x82, Buffer.from(host))),
	];
	const extensions = sequence(
		extension([0x55, 0x1d, 0x11], sequence(...names)),
		extension([0x55, 0x1d, 0x13], sequence(tagged(0x01, Buffer.from([0xff])))),
	);
	const unsigned = sequence(
		tagged(0xa0, tagged(0x02, Buffer.from([2]))),
		tagged(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(8)])),
		ecdsaSha256,
		name,
		validity,
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		tagged(0xa3, extensions),
	);
	const signature = sign('sha256', unsigned, privateKey);
	const der = sequence(unsigned, ecdsaSha256, tagged(0x03, Buffer.from([0]), signature));
	const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
	};
}

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
	const body = Buffer.concat(parts);
	const length =
		body.length < 0x80
			? [body.length]
			: body.length < 0x100
				? [0x81, body.length]
				: [0x82, body.length >> 8, body.length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
	return tagged(0x30, ...parts);
}

function objectId(...bytes: readonly number[]): Buffer {
	return tagged(0x06, Buffer.from(bytes));
}

function utcTime(at: number): Buffer {
	const text = new Date(at).toISOString().replace(/[-:T]/g, '').slice(2, 14);
	return tagged(0x17, Buffer.from(`${text}Z`));
}

function extension(id: readonly number[], value: Buffer): Buffer {
	return sequence(objectId(...id), tagged(0x04, value));
}
