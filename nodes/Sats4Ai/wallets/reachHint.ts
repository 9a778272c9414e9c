import type { HttpWallet } from './httpWallet';

/** How a wallet is reached, as far as a failure to reach it may come from it. */
export interface Reached {
	readonly url: string;
	readonly caCertificate: string;
}

/**
 * What to do about a connection that could not be used, by the words of its error: '' where nothing
 * is known. Begins with a full stop, since it follows those words.
 */
export function reachHint(reason: string, reached: Reached, wallet: HttpWallet): string {
	if (
		/\bcert\b|certificate|self.signed|altname|hostname.mismatch|unable.to.(get|verify)/i.test(
			reason,
		)
	) {
		return `. ${certificateHint(reason, reached, wallet)}`;
	}
	const isTls = /^https:/i.test(reached.url);
	if (isTls && /wrong version number|EPROTO|TLS handshake|packet length too long/i.test(reason)) {
		return '. If the server there speaks plain HTTP, write http:// instead of https:// in the URL';
	}
	if (/parse error|\bHPE\b|HPE_|expected HTTP/i.test(reason)) {
		return `. What answers there does not speak HTTP/1.1: ${wallet.ports}`;
	}
	if (!/reset|hang up|closed|aborted|disconnected/i.test(reason)) return '';
	return isTls
		? `. If it hangs up at once, see the port: ${wallet.ports}`
		: '. If it hangs up at once, the server may expect TLS: write https:// in the URL';
}

function certificateHint(reason: string, { caCertificate }: Reached, wallet: HttpWallet): string {
	if (/altname|hostname.mismatch|does not match/i.test(reason)) {
		const add = wallet.takesCertificate
			? `, or add this one to it (${wallet.namesInCertificate})`
			: '';
		return `The certificate is for another name or address: enter that one in the URL${add}`;
	}
	if (/expired/i.test(reason)) return 'The certificate has expired: it has to be renewed';
	if (!wallet.takesCertificate) {
		return 'The server needs a certificate that n8n trusts, such as one of a public authority';
	}
	return caCertificate === ''
		? 'Paste the certificate of the node into "CA Certificate" in the credential'
		: 'What is pasted into "CA Certificate" is not the certificate of the node that answers there. Before n8n 2.20 the field has no effect';
}
