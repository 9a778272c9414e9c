import type { LedgerEntry } from '../ledger';
import { isSignedBy, paymentHashOf, readMacaroon } from '../macaroon';
import { sha256Hex } from '../requestLog';
import type { Endpoint } from './endpoints';
import type { ServiceState } from './visit';

export interface Credential {
	readonly token: string;
	/** 64 lower-case hex digits. */
	readonly preimage: string;
}

export interface Refusal {
	readonly status: 400 | 401 | 409;
	readonly errorCode: string;
	readonly message: string;
	readonly suggestion: string;
}

/** Case-sensitive on purpose: the most common server (Aperture) reads it that way. */
export function readCredential(authorization: string): Credential | null {
	const [, token, preimage] = /^(?:L402|LSAT) (\S+):([0-9a-f]{64})$/.exec(authorization) ?? [];
	return token === undefined || preimage === undefined ? null : { token, preimage };
}

/** The payment hash a credential is for; null where its token is no L402 macaroon. */
export function hashOfCredential(credential: Credential): string | null {
	const macaroon = readMacaroon(credential.token);
	return macaroon === null ? null : paymentHashOf(macaroon.identifier);
}

function unauthorized(message: string): Refusal {
	return {
		status: 401,
		errorCode: 'L402_INVALID_CREDENTIAL',
		message,
		suggestion: 'Send the request without Authorization to get a new invoice.',
	};
}

/** Whether the caveats allow this service, now. Caveats of other kinds are skipped, as they must be. */
function caveatsAllow(caveats: readonly string[], endpoint: Endpoint, nowMs: number): boolean {
	return caveats.every((caveat) => {
		const equals = caveat.indexOf('=');
		const condition = caveat.slice(0, equals);
		const value = caveat.slice(equals + 1);
		if (condition === 'services') {
			return value.split(',').some((tier) => tier.split(':')[0] === endpoint.service);
		}
		if (condition === `${endpoint.service}_valid_until`) return nowMs <= Number(value) * 1000;
		return true;
	});
}

/** The invoice this request has paid for, or why it may not be served. */
export function judge(
	state: ServiceState,
	endpoint: Endpoint,
	credential: Credential | null,
	bodySha256: string,
): LedgerEntry | Refusal {
	if (credential === null) return unauthorized('The Authorization header is malformed.');
	const macaroon = readMacaroon(credential.token);
	if (macaroon === null || !isSignedBy(macaroon, state.rootKey)) {
		return unauthorized('The macaroon was not issued here.');
	}
	const paymentHash = paymentHashOf(macaroon.identifier);
	if (paymentHash !== sha256Hex(Buffer.from(credential.preimage, 'hex'))) {
		return unauthorized('The preimage does not fit the macaroon.');
	}
	if (!caveatsAllow(macaroon.caveats, endpoint, state.settings.now())) {
		return unauthorized('The macaroon is for another service, or too old.');
	}
	const entry = state.ledger.byHash(paymentHash);
	if (entry === null || entry.paidAt === null) {
		return unauthorized('The invoice has not been paid.');
	}
	if (entry.bodySha256 !== bodySha256) {
		return {
			status: 400,
			errorCode: 'L402_INVALID_PARAMS',
			message: 'The request body differs from the one the invoice was made for.',
			suggestion: 'Send exactly the same bytes as in the first request.',
		};
	}
	if (entry.refundedAt !== null) {
		return {
			status: 409,
			errorCode: 'L402_REFUND_ISSUED',
			message: 'The payment was refunded.',
			suggestion: 'Claim the refund, or ask for a new invoice.',
		};
	}
	return entry;
}

/** The second use of a credential that has been served. */
export const alreadyUsed: Refusal = {
	status: 401,
	errorCode: 'PAYMENT_ALREADY_USED',
	message: 'This payment has already been used.',
	suggestion: 'One payment buys one call. Ask for a new invoice.',
};
