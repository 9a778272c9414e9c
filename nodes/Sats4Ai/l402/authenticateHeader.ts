import { HeaderReader } from './headerReader';

/** One challenge of a `WWW-Authenticate` header (RFC 9110 §11.6.1). */
export interface AuthChallenge {
	/** As received. */
	readonly scheme: string;
	/**
	 * Names in lower case. Of a repeated parameter the first value; an empty value is no value.
	 */
	readonly parameters: ReadonlyMap<string, string>;
	/** Whether all of its text could be read. What a broken challenge says must not be relied on. */
	readonly isWellFormed: boolean;
}

/** A challenge while it is being read. */
interface Draft {
	readonly scheme: string;
	readonly parameters: Map<string, string>;
	isWellFormed: boolean;
	/** What has followed the scheme: RFC 9110 allows one token68 or parameters, not both. */
	holds: 'nothing' | 'token68' | 'parameters';
}

const RFC_TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * Takes a header apart, in one pass and in time linear in its length. Beyond the grammar of
 * RFC 9110 it accepts what real servers send: spaces instead of commas, single quotes, unquoted
 * values with `=` and `/`. A parameter belongs to the challenge whose scheme stands before it and
 * to no other. Never throws.
 */
export function readChallenges(header: string): AuthChallenge[] {
	const reader = new HeaderReader(header);
	const challenges: Draft[] = [];
	for (;;) {
		const begins = reader.skipSeparators();
		if (reader.isAtEnd) return challenges;
		const current = challenges.at(-1);
		const word = reader.takeWord();
		if (word === '') {
			reader.skipJunk();
			if (current) current.isWellFormed = false;
		} else if (reader.takeEquals()) {
			// The `=` may also be the padding of a token68: then this is a parameter without a meaning.
			readParameter(word, reader, current);
		} else if (!begins && current?.holds === 'nothing' && reader.isAtEndOfElement) {
			current.holds = 'token68';
		} else {
			challenges.push(newDraft(word));
		}
	}
}

function newDraft(scheme: string): Draft {
	const isWellFormed = RFC_TOKEN.test(scheme);
	return { scheme, parameters: new Map(), isWellFormed, holds: 'nothing' };
}

function readParameter(word: string, reader: HeaderReader, owner: Draft | undefined): void {
	const value = reader.takeValue();
	if (owner === undefined) return;
	if (value === null || owner.holds === 'token68') owner.isWellFormed = false;
	owner.holds = 'parameters';
	// Lower-casing alone would make ASCII of some other characters, such as the Kelvin sign.
	const name = RFC_TOKEN.test(word) ? word.toLowerCase() : null;
	if (name !== null && value && !owner.parameters.has(name)) owner.parameters.set(name, value);
}
