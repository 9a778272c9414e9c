import { tagValue, type NostrEvent } from './event';

/** What a wallet service says it can do, in its event of kind 13194 (NIP-47). */
export interface Announcement {
	/** null where it offers neither of the two that are known here. */
	readonly encryption: 'nip04' | 'nip44_v2' | null;
	/** Empty where it does not tell. */
	readonly methods: readonly string[];
}

export const INFO_KIND = 13194;

export function readAnnouncement(event: NostrEvent): Announcement {
	const offered = tagValue(event, 'encryption')?.split(/[\s,]+/);
	const methods = event.content.split(/[\s,]+/).filter((method) => method !== '');
	return { encryption: choose(offered), methods };
}

/** NIP-44 wherever it is offered; without the tag a wallet knows NIP-04 alone. */
function choose(offered: readonly string[] | undefined): Announcement['encryption'] {
	if (offered === undefined) return 'nip04';
	if (offered.includes('nip44_v2')) return 'nip44_v2';
	return offered.includes('nip04') ? 'nip04' : null;
}
