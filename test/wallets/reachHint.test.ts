import { CLN, LND, PHOENIXD } from '../../nodes/Sats4Ai/wallets/httpWallet';
import { reachHint } from '../../nodes/Sats4Ai/wallets/reachHint';

const https = { url: 'https://node:8080', caCertificate: '' };
const pinned = { ...https, caCertificate: 'PEM' };
const http = { url: 'http://node:8080', caCertificate: '' };

/** The words of Node's client, and those of n8n's request helper as this node tells them. */
test.each([
	['no certificate given', 'self-signed certificate', https, LND, /^\. Paste the certificate/],
	['the same, by its code', 'depth zero self signed cert', https, CLN, /^\. Paste the certificate/],
	['another CA, by its code', 'unable to get issuer cert locally', https, LND, /Paste/],
	['another node', 'self-signed certificate', pinned, LND, /not the certificate of the node/],
	[
		'another node, by its code',
		'unable to verify leaf signature',
		pinned,
		CLN,
		/not the certificate/,
	],
	['another name', "does not match certificate's altnames", pinned, LND, /tlsextraip/],
	['another name, by its code', 'err tls cert altname invalid', pinned, LND, /tlsextraip/],
	['another name of CLN', 'err tls cert altname invalid', pinned, CLN, /clnrest-host/],
	['another name, of what has no field', 'hostname mismatch', https, PHOENIXD, /enter that one/],
	['expired', 'cert has expired', pinned, LND, /renewed/],
	['no field for it', 'self-signed certificate', https, PHOENIXD, /certificate that n8n trusts/],
	['plain HTTP', 'write EPROTO wrong version number', https, LND, /http:\/\/ instead of https/],
	['plain HTTP, by its code', 'TLS handshake failed', https, LND, /http:\/\/ instead of https/],
	['frames', 'Parse Error: Expected HTTP/', https, LND, /8080; 10009 is gRPC/],
	['frames, by their code', 'hpe invalid constant', http, LND, /8080; 10009 is gRPC/],
	['hung up', 'socket hang up', http, LND, /write https:\/\//],
	['hung up, by its code', 'connection reset', https, CLN, /3010/],
	['refused', 'connection refused', https, LND, /^$/],
	['too late', 'no answer in time', http, LND, /^$/],
])('%s', (_what, reason, reached, wallet, hint) => {
	expect(reachHint(reason, reached, wallet)).toMatch(hint);
});
