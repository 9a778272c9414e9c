import { codeBlocks, read, section, spans, tableRows } from '../../docs/markdown';

const chapter = (wallet: string) => section(read('docs/wallets.md'), wallet);

/** The commands that `docs/wallets.md` has for a wallet, word for word: what a user types. */
export function commandsOf(wallet: string): string[] {
	return codeBlocks(chapter(wallet), 'sh');
}

/** The NIP-47 methods that `docs/wallets.md` has a connection allowed. */
export function connectionMethods(): string[] {
	return methodsIn(spans(chapter('Nostr Wallet Connect')));
}

/** What `docs/wallets.md` has a connection allowed besides, where refunds are claimed. */
export function methodsForRefunds(): string[] {
	return methodsIn(spansForRefunds('Nostr Wallet Connect'));
}

/** The code in the row of a wallet, where `docs/wallets.md` says what claiming refunds needs. */
export function spansForRefunds(wallet: string): string[] {
	const rows = tableRows(chapter('Claiming refunds'));
	return spans(rows.find(([name]) => name === wallet)?.join(' ') ?? '');
}

/** What `docs/wallets.md` has a connection allowed besides, where there is a cap per day. */
export function methodsForCap(): string[] {
	const rows = tableRows(chapter('A cap per day'));
	const [, rights = ''] = rows.find(([name]) => name === 'Nostr Wallet Connect') ?? [];
	return methodsIn(spans(rights));
}

function methodsIn(names: readonly string[]): string[] {
	return [...new Set(names.filter((name) => /^[a-z]+_[a-z]+$/.test(name)))];
}
