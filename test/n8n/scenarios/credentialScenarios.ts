import assert from 'node:assert/strict';
import type { App } from '../rig/app';
import { Books } from '../rig/books';
import { freePort } from '../rig/freePort';
import { SATS4AI_TYPE } from '../workflows/sats4Ai';
import { execute, reportOf, savedPurchase } from './purchase';
import type { Scenario } from './scenario';

/** Saves a credential and presses *Retry* of its test. */
async function test(app: App, changes: object): Promise<{ status: string; message: string }> {
	const data = app.walletFields(changes);
	const saved = await app.session.createCredential('Tested', data);
	return await app.session.testCredential(saved, data);
}

async function expectRefusal(app: App, changes: object, words: RegExp): Promise<void> {
	const { status, message } = await test(app, changes);
	assert.equal(status, 'Error', message);
	assert.match(message, words);
	assert.ok(!message.includes(app.sandbox.adminKey), 'the message quotes the key');
}

interface DescribedNode {
	readonly name: string;
	readonly codex?: { readonly alias?: readonly string[] };
	readonly iconUrl?: { readonly light: string; readonly dark: string };
}

export const credentialScenarios: readonly Scenario[] = [
	{
		name: 'credential test: good, wrong key, key that cannot pay, nobody there',
		part: 'rest',
		run: async (app) => {
			const books = new Books(app.sandbox);
			const good = await test(app, {});
			assert.equal(good.status, 'OK', good.message);
			await expectRefusal(app, { adminKey: 'wrong' }, /key|refused|unauthori[sz]ed/i);
			await expectRefusal(app, { adminKey: app.sandbox.invoiceKey }, /admin/i);
			const nobody = `http://127.0.0.1:${await freePort()}`;
			await expectRefusal(app, { url: nobody }, /reach/i);
			books.expectPayments(0);
		},
	},
	{
		name: 'a wrong key: the execution says so, nothing is paid',
		part: 'rest',
		run: async (app) => {
			const books = new Books(app.sandbox);
			const { workflow } = await savedPurchase(app, { walletChanges: { adminKey: 'wrong' } });
			const failed = await execute(app, workflow);
			assert.equal(reportOf(failed).code, 'WALLET_UNAUTHORIZED');
			books.expectPayments(0);
		},
	},
	{
		name: 'n8n lists the node, its tool and its icons',
		part: 'rest',
		run: async (app) => {
			const listed = await app.session.fetch('GET', '/types/nodes.json');
			const nodes = (await listed.json()) as DescribedNode[];
			const node = nodes.find(({ name }) => name === SATS4AI_TYPE);
			assert.ok(node?.codex?.alias?.includes('colorize'), 'no alias in the codex');
			assert.ok(
				nodes.some(({ name }) => name === `${SATS4AI_TYPE}Tool`),
				'no tool',
			);
			for (const icon of [node?.iconUrl?.light, node?.iconUrl?.dark]) {
				const answer = await app.session.fetch('GET', `/${icon ?? ''}`);
				assert.match(answer.headers.get('content-type') ?? '', /svg/);
				assert.match(await answer.text(), /xmlns="http:\/\/www.w3.org\/2000\/svg"/);
			}
		},
	},
];
