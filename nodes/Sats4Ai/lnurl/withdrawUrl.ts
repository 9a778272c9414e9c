/**
 * An address that may be asked for money: https, or plain http where nobody can listen in, on this
 * machine or over Tor (LUD-01). No user name, no fragment. Null for anything else. Never throws.
 */
export function withdrawUrl(text: string): URL | null {
	if (!/^https?:\/\/[\x21-\x7e]+$/i.test(text) || !URL.canParse(text)) return null;
	const url = new URL(text);
	const isPrivate = isThisMachine(url) || url.hostname.endsWith('.onion');
	if (url.protocol !== 'https:' && !isPrivate) return null;
	return url.username === '' && url.password === '' && url.hash === '' ? url : null;
}

/** Whether an address names this machine itself. A name that leads here is not looked up. */
export function isThisMachine({ hostname }: URL): boolean {
	return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|\[::\])$/.test(hostname);
}
