import { readAnnouncement } from '../../../nodes/Sats4Ai/wallets/nwc/announcement';
import { cipherFor } from '../../../nodes/Sats4Ai/wallets/nwc/cipher';
import { sharedX } from '../../../nodes/Sats4Ai/wallets/nwc/connectionString';
import { readEvent, signEvent, tagValue } from '../../../nodes/Sats4Ai/wallets/nwc/event';
import * as nip04 from '../../../nodes/Sats4Ai/wallets/nwc/nip04';
import vectors from '../vectors/nwc-events.json';

const { events, plaintexts, walletPublicKey, clientPublicKey, requestId } = vectors;
const clientSecret = Buffer.from(vectors.clientSecret, 'hex');
const shared = sharedX(clientSecret, walletPublicKey);

describe('events another implementation made', () => {
	test.each(Object.entries(events))('%s is read and its signature verified', (_name, event) => {
		expect(readEvent(event, walletPublicKey)).toMatchObject({ id: event.id, kind: event.kind });
	});

	test.each(Object.entries(events))('%s of somebody else is not', (_name, event) => {
		expect(readEvent(event, clientPublicKey)).toBeNull();
	});

	test.each([
		['content', { content: `${events.resultNip44.content}=` }],
		['kind', { kind: 23194 }],
		['time', { created_at: events.resultNip44.created_at + 1 }],
		['tags', { tags: [['e', '22'.repeat(32)]] }],
		['id', { id: '00'.repeat(32) }],
		['signature', { sig: `${events.resultNip44.sig.slice(0, -2)}00` }],
		['length of the signature', { sig: events.resultNip44.sig.slice(2) }],
		['type of the kind', { kind: '23195' }],
		['author', { pubkey: clientPublicKey }],
	])('a changed %s is noticed', (_what, change) => {
		const changed = { ...events.resultNip44, ...change };
		expect(readEvent(changed, walletPublicKey)).toBeNull();
	});

	test('a signature of somebody else under the right name is noticed', () => {
		const { content, created_at, kind, tags } = events.resultNip44;
		const forged = signEvent({ content, created_at, kind, tags }, clientSecret, walletPublicKey);
		expect(forged.id).toBe(events.resultNip44.id);
		expect(readEvent(forged, walletPublicKey)).toBeNull();
	});

	test.each([null, undefined, 7, 'text', [], {}, { pubkey: walletPublicKey }])(
		'%p is no event',
		(value) => {
			expect(readEvent(value, walletPublicKey)).toBeNull();
		},
	);

	test('their NIP-44 and NIP-04 contents are decrypted', () => {
		const nip44 = cipherFor('nip44_v2', shared);
		expect(nip44.decrypt(events.resultNip44.content)).toBe(plaintexts.resultNip44);
		expect(nip44.decrypt(events.errorNip44.content)).toBe(plaintexts.errorNip44);
		expect(nip44.decrypt(events.resultNip04.content)).toBeNull();
		const older = cipherFor('nip04', shared);
		expect(older.decrypt(events.resultNip04.content)).toBe(plaintexts.resultNip04);
		expect(older.decrypt(events.resultNip44.content)).toBeNull();
	});

	test('they answer the request they name', () => {
		const event = readEvent(events.resultNip44, walletPublicKey);
		expect(event === null ? null : tagValue(event, 'e')).toBe(requestId);
	});
});

test('what is signed here verifies here', () => {
	const unsigned = { created_at: 1, kind: 23194, tags: [['p', walletPublicKey]], content: 'ä"\n' };
	const event = signEvent(unsigned, clientSecret, clientPublicKey);
	expect(readEvent({ ...event }, clientPublicKey)).toEqual(event);
});

test('NIP-04 comes back as it went, and refuses the rest', () => {
	const payload = nip04.encrypt('{"a":"ä"}', shared);
	expect(nip04.decrypt(payload, shared)).toBe('{"a":"ä"}');
	const other = Buffer.from(shared).fill(9);
	for (const text of ['', 'x', 'AAAA?iv=AAAA', payload.slice(4), `${payload}==`]) {
		expect(nip04.decrypt(text, other)).toBeNull();
	}
});

test.each([
	[[['encryption', 'nip44_v2 nip04']], 'nip44_v2'],
	[[['encryption', 'nip04 nip44_v2']], 'nip44_v2'],
	[[['encryption', 'nip04']], 'nip04'],
	[[['encryption', 'nip99']], null],
	[[], 'nip04'],
])('an announcement with the tags %j means %p', (tags, encryption) => {
	const event = { ...events.infoNip44, tags };
	expect(readAnnouncement(event)).toEqual({
		encryption,
		methods: ['pay_invoice', 'get_balance', 'get_info', 'lookup_invoice'],
	});
});
