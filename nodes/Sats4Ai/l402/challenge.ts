import { readChallenges, type AuthChallenge } from './authenticateHeader';
import { isPreimage } from './preimage';

/** What a service asks to be paid, and gives for it (L402, "HTTP Specification"). */
export interface Challenge {
	/** The name the challenge came under; the credential goes back under the same. */
	readonly scheme: 'L402' | 'LSAT';
	/** Exactly as received, from `token` or the older `macaroon`. Only characters of base64 and commas. */
	readonly token: string;
	/** Without a `lightning:` prefix, otherwise as received: not decoded, not checked. */
	readonly invoice: string;
}

export type ChallengeOutcome =
	| { readonly status: 'offer'; readonly challenge: Challenge }
	/** Nothing but other ways to pay or log in, by name. */
	| { readonly status: 'unsupported'; readonly schemes: readonly string[] }
	/** Nothing that could be paid; `reason` is for the user and repeats nothing of the header. */
	| { readonly status: 'invalid'; readonly reason: string };

/** As other clients; Node's own limit for all headers together is the same. */
const MAX_HEADER_LENGTH = 16_384;
const URI_PREFIX = /^lightning:/i;
/** Base64 and base64url, several tokens separated by commas. Anything more could forge a header. */
const TOKEN = /^[A-Za-z0-9+/_=,-]+$/;

/** Whether this may be sent as the token of a credential. */
export function isToken(text: unknown): text is string {
	return typeof text === 'string' && TOKEN.test(text) && /[^=,]/.test(text);
}

/**
 * Finds the challenge to pay in `WWW-Authenticate`, given as one value or as several lines. A
 * complete `L402` challenge goes before a complete `LSAT` one, and then the first before later
 * ones; incomplete ones are passed over. Never throws.
 */
export function parseChallenge(header: string | readonly string[]): ChallengeOutcome {
	const text = typeof header === 'string' ? header : header.join(', ');
	if (text.length > MAX_HEADER_LENGTH) {
		return invalid(`it is longer than ${MAX_HEADER_LENGTH} characters`);
	}
	const challenges = readChallenges(text);
	const readings = challenges.map(readOffer).filter((reading) => reading !== null);
	const offers = readings.filter((reading) => typeof reading !== 'string');
	const challenge = offers.find((offer) => offer.scheme === 'L402') ?? offers[0];
	if (challenge) return { status: 'offer', challenge };

	const problem = readings.find((reading) => typeof reading === 'string');
	if (problem !== undefined) return invalid(problem);
	if (challenges.length === 0) return invalid('it holds no challenge');
	if (!challenges.every(({ isWellFormed }) => isWellFormed)) return invalid('it is garbled');
	return { status: 'unsupported', schemes: namesOf(challenges) };
}

/**
 * The `Authorization` value that proves a payment. The token goes out as it came in, the preimage in
 * lower case, the scheme in upper case: servers compare them to the letter. Throws a `TypeError`
 * where token or preimage have not been checked, since they could break out of the header.
 */
export function formatCredential(
	{ scheme, token }: Pick<Challenge, 'scheme' | 'token'>,
	preimage: string,
): string {
	if (!isToken(token)) throw new TypeError('The token is not base64');
	if (!isPreimage(preimage)) throw new TypeError('The preimage is not 64 hex digits');
	return `${scheme} ${token}:${preimage.toLowerCase()}`;
}

/** The offer in a challenge, or what is wrong with it; null if it is of another scheme. */
function readOffer({ scheme, parameters, isWellFormed }: AuthChallenge): Challenge | string | null {
	const name = offerScheme(scheme);
	if (name === null) return null;
	if (!isWellFormed) return `its ${name} challenge is garbled`;
	const token = parameters.get('token') ?? parameters.get('macaroon');
	if (token === undefined) return `its ${name} challenge has no token`;
	if (!isToken(token)) return `the token in its ${name} challenge is not base64`;
	const invoice = parameters.get('invoice')?.replace(URI_PREFIX, '');
	if (!invoice) return `its ${name} challenge has no invoice`;
	return { scheme: name, token, invoice };
}

/** The expressions fold ASCII letters only, unlike `toUpperCase`. */
function offerScheme(scheme: string): Challenge['scheme'] | null {
	if (/^L402$/i.test(scheme)) return 'L402';
	if (/^LSAT$/i.test(scheme)) return 'LSAT';
	return null;
}

function namesOf(challenges: readonly AuthChallenge[]): string[] {
	const names = new Map<string, string>();
	for (const { scheme } of challenges) {
		const key = scheme.toLowerCase();
		if (!names.has(key)) names.set(key, scheme);
	}
	return [...names.values()];
}

function invalid(reason: string): ChallengeOutcome {
	return { status: 'invalid', reason };
}
