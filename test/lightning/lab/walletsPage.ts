import { codeBlocks, read, section, spans } from '../../docs/markdown';

const chapter = (wallet: string) => section(read('docs/wallets.md'), wallet);

/** The commands that `docs/wallets.md` has for a wallet, word for word: what a user types. */
export function commandsOf(wallet: string): string[] {
	return codeBlocks(chapter(wallet), 'sh');
}

/** The NIP-47 methods that `docs/wallets.md` has a connection allowed. */
export function connectionMethods(): string[] {
	const names = spans(chapter('Nostr Wallet Connect')).filter((name) =>
		/^[a-z]+_[a-z]+$/.test(name),
	);
	return [...new Set(names)];
}
