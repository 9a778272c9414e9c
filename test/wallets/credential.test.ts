import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LightningWalletApi } from '../../credentials/LightningWalletApi.credentials';
import { walletBackends } from '../../nodes/Sats4Ai/wallets/backends';
import { readWalletSettings } from '../../nodes/Sats4Ai/wallets/settings';
import { anchors, read } from '../docs/markdown';

const credential = new LightningWalletApi();
const field = (name: string) => credential.properties.filter((property) => property.name === name);

test('has the fields of the public interface, each for its wallets', () => {
	const shownFor = new Map<string, unknown[]>();
	for (const { name, displayOptions } of credential.properties) {
		shownFor.set(name, [
			...(shownFor.get(name) ?? []),
			...(displayOptions?.show?.wallet ?? ['all']),
		]);
	}
	const sorted = [...shownFor].map(([name, wallets]) => [name, wallets.sort()]);
	expect(Object.fromEntries(sorted)).toEqual({
		wallet: ['all'],
		url: ['cln', 'lnbits', 'lnd', 'phoenixd'],
		macaroon: ['lnd'],
		adminKey: ['lnbits'],
		password: ['phoenixd'],
		rune: ['cln'],
		connectionString: ['nwc'],
		caCertificate: ['cln', 'lnd'],
		ignoreSslIssues: ['cln', 'lnd'],
		network: ['all'],
		maxPaymentSat: ['all'],
		maxPerDaySat: ['all'],
	});
});

test('offers every wallet of the list and no other', () => {
	const offered = field('wallet')[0]?.options?.map((option) => 'value' in option && option.value);
	expect(offered?.sort()).toEqual(walletBackends.map(({ name }) => name).sort());
});

test('every wallet it offers has a chapter in its page', () => {
	const chapters = anchors(read('docs/wallets.md'));
	const names = field('wallet')[0]?.options?.map(({ name }) => name.toLowerCase()) ?? [];
	expect(names).not.toHaveLength(0);
	expect(chapters).toEqual(expect.arrayContaining(names.map((name) => name.replace(/ /g, '-'))));
});

test('explains every field on sight', () => {
	for (const { name, hint, options } of credential.properties) {
		expect([name, hint ?? options?.every((option) => 'description' in option)]).toEqual([
			name,
			expect.anything(),
		]);
	}
});

test('keeps every secret in a password field', () => {
	for (const name of ['macaroon', 'adminKey', 'password', 'rune', 'connectionString']) {
		expect(field(name)[0]?.typeOptions?.password).toBe(true);
	}
});

test('sends no secret by itself', () => {
	expect(credential).not.toHaveProperty('authenticate');
	expect(credential).not.toHaveProperty('test');
});

test('has defaults that are read as they are', () => {
	const defaults = credential.properties.map(({ name, default: value }) => [name, value]);
	expect(readWalletSettings(Object.fromEntries(defaults))).toMatchObject({
		network: 'mainnet',
		maxPaymentMsat: 1_000_000n,
		maxPerDayMsat: null,
		ignoreSslIssues: false,
	});
});

test('has its icons and its page', () => {
	const icon = credential.icon as { light: string; dark: string };
	const root = join(__dirname, '..', '..');
	for (const file of [icon.light, icon.dark]) {
		const path = join(root, 'credentials', file.replace('file:', ''));
		expect(readFileSync(path, 'utf8')).toContain('xmlns="http://www.w3.org/2000/svg"');
	}
	expect(existsSync(join(root, credential.documentationUrl.split('/blob/main/')[1] ?? ''))).toBe(
		true,
	);
});
