import { randomBytes } from 'node:crypto';
import type { LnbitsWallet } from './lnbits';

/** A wallet of LNbits, and the same one as somebody else was given it. */
export interface SharedWallet {
	readonly own: LnbitsWallet;
	/** May do what it was shared for. */
	readonly shared: LnbitsWallet;
}

/** Two users of an LNbits server, of whom the first shares a wallet with these permissions. */
export async function shareWallet(
	url: string,
	permissions: readonly string[],
): Promise<SharedWallet> {
	const call = async (
		method: string,
		path: string,
		body: object,
		headers: Readonly<Record<string, string>> = {},
	): Promise<Record<string, unknown>> => {
		const response = await fetch(`${url}${path}`, {
			method,
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`LNbits ${path}: HTTP ${response.status} ${text}`);
		return JSON.parse(text) as Record<string, unknown>;
	};
	const register = async () => {
		const username = `user${randomBytes(6).toString('hex')}`;
		const password = randomBytes(12).toString('hex');
		const registration = { username, password, password_repeat: password };
		const { access_token: token } = await call('POST', '/api/v1/auth/register', registration);
		return { username, login: { authorization: `Bearer ${String(token)}` } };
	};
	const create = async (wish: object, login: Readonly<Record<string, string>>) => {
		const { id, adminkey, inkey } = await call('POST', '/api/v1/wallet', wish, login);
		return { id: String(id), adminKey: String(adminkey), invoiceKey: String(inkey) };
	};
	const [owner, guest] = [await register(), await register()];
	const own = await create({ name: 'shared' }, owner.login);
	const invitation = { username: guest.username, permissions, status: 'invite_sent' };
	await call('PUT', '/api/v1/wallet/share/invite', invitation, { 'x-api-key': own.adminKey });
	const wish = { wallet_type: 'lightning-shared', shared_wallet_id: own.id };
	return { own, shared: await create(wish, guest.login) };
}
