// A Nostr relay on the loopback. Its port comes in the environment. Prints "ready" and serves until it is ended.
import { EventRepository } from '@nostr-relay/common';
import { NostrRelay } from '@nostr-relay/core';
import { Validator } from '@nostr-relay/validator';
import { WebSocketServer } from 'ws';

/** Keeps what a relay must keep here: the wallets' announcements, the newest of each. */
class Announcements extends EventRepository {
	events = [];

	isSearchSupported() {
		return false;
	}

	upsert(event) {
		this.events = [...this.events.filter(({ pubkey }) => pubkey !== event.pubkey), event];
		return { isDuplicate: false };
	}

	find({ ids, kinds, authors }) {
		return this.events.filter(
			({ id, kind, pubkey }) =>
				(ids?.includes(id) ?? true) &&
				(kinds?.includes(kind) ?? true) &&
				(authors?.includes(pubkey) ?? true),
		);
	}

	async destroy() {
		this.events = [];
	}
}

const relay = new NostrRelay(new Announcements());
const validator = new Validator();
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.RELAY_PORT) });
server.on('connection', (client) => {
	relay.handleConnection(client);
	client.on('message', async (data) => {
		try {
			await relay.handleMessage(client, await validator.validateIncomingMessage(data));
		} catch (error) {
			console.log(error.message);
		}
	});
	client.on('close', () => relay.handleDisconnect(client));
	client.on('error', (error) => console.log(error.message));
});
server.once('listening', () => console.log('ready'));
