import { readConnectionString } from '../../../nodes/Sats4Ai/wallets/nwc/connectionString';
import { WalletSettingsInvalid } from '../../../nodes/Sats4Ai/wallets/wallet';
import vectors from '../vectors/nwc-events.json';

const { walletPublicKey, clientPublicKey, clientSecret } = vectors;
const relay = 'wss%3A%2F%2Frelay.example%2Fv1';
const good = `nostr+walletconnect://${walletPublicKey}?relay=${relay}&secret=${clientSecret}`;

test.each([
	['as NIP-47 writes it', good],
	['with upper-case keys', good.replace(clientSecret, clientSecret.toUpperCase())],
	['without slashes', good.replace('://', ':')],
	['without the plus', good.replace('nostr+', 'nostr')],
	['with a slash before the query', good.replace('?', '/?')],
	['with the relay not encoded', good.replace(relay, 'wss://relay.example/v1')],
	['with an address', `${good}&lud16=me%40wallet.example`],
])('is read %s', (_how, text) => {
	expect(readConnectionString(text)).toMatchObject({
		walletPublicKey,
		clientPublicKey,
		relays: ['wss://relay.example/v1'],
	});
});

test('several relays are kept in order, once each', () => {
	const text = `${good}&relay=ws%3A%2F%2F127.0.0.1%3A7000&relay=${relay}`;
	const { relays } = readConnectionString(text);
	expect(relays).toEqual(['wss://relay.example/v1', 'ws://127.0.0.1:7000']);
});

test.each([
	['nothing', ''],
	['another address', 'https://relay.example'],
	['no query', `nostr+walletconnect://${walletPublicKey}`],
	['a short key', good.replace(walletPublicKey, walletPublicKey.slice(2))],
	['a key that is no point', good.replace(walletPublicKey, 'ff'.repeat(32))],
	['no relay', good.replace(`relay=${relay}&`, '')],
	['a relay that is none', good.replace(relay, 'https%3A%2F%2Frelay.example')],
	['no secret', good.replace(`&secret=${clientSecret}`, '')],
	['a secret of zero', good.replace(clientSecret, '00'.repeat(32))],
	['a secret beyond the curve', good.replace(clientSecret, 'ff'.repeat(32))],
])('is refused with %s, and the secret stays out of the text', (_what, text) => {
	const read = () => readConnectionString(text);
	expect(read).toThrow(WalletSettingsInvalid);
	expect(read).not.toThrow(clientSecret);
});
