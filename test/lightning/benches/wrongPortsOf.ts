import type { Lnd } from '../lab/lnd';
import type { Credential, WrongPort } from './credential';

/** Addresses that are taken for that of an HTTP wallet: its own with the other scheme, and two ports of LND. */
export function wrongPortsOf(right: Credential, lnd: Lnd): readonly WrongPort[] {
	const url = String(right.url);
	const isTls = url.startsWith('https:');
	const scheme = isTls ? 'https:' : 'http:';
	const at = (address: string): Credential => ({
		...right,
		url: `${scheme}//${address}`,
		caCertificate: isTls ? lnd.certificate : '',
	});
	return [
		{
			what: isTls ? 'plain HTTP to the port with TLS' : 'TLS to the port without',
			credential: { ...right, url: url.replace(scheme, isTls ? 'http:' : 'https:') },
			says: isTls
				? /write https:\/\/ instead of http:\/\/|expect TLS: write https:\/\//
				: /write http:\/\/ instead of https:\/\//,
		},
		{
			what: 'a gRPC port',
			credential: at(lnd.rpcAddress),
			says: /9736 is gRPC|expect TLS: write https:\/\//,
		},
		{
			what: 'the port of LND',
			credential: at(new URL(lnd.restUrl).host),
			says: isTls
				? /there is no clnrest API at this URL|Core Lightning said: Method Not Allowed/i
				: /that port speaks TLS, so write https:/,
		},
	];
}
