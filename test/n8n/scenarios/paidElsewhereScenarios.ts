import assert from 'node:assert/strict';
import { Books } from '../rig/books';
import { outputOf } from '../rig/execution';
import { binaryOf, savedSha256 } from '../rig/savedBinary';
import { SATS4AI, sats4Ai } from '../workflows/sats4Ai';
import { manualTrigger, readFiles } from '../workflows/steps';
import { workflow } from '../workflows/workflow';
import { photographs } from './photographs';
import { executeWell, savedPurchase } from './purchase';
import type { Scenario } from './scenario';

interface UnpaidInvoice {
	readonly status: string;
	readonly invoice: string;
	readonly token: string;
	readonly paymentHash: string;
}

export const paidElsewhereScenarios: readonly Scenario[] = [
	{
		name: 'Get Invoice Only, paid by somebody, Redeem: no credential needed',
		part: 'rest',
		run: async (app) => {
			const { serviceUrl, walletUrl, adminKey } = app.sandbox;
			const { selector } = photographs(app.home, 1);
			const save = async (parameters: Record<string, string>) =>
				await app.session.createWorkflow(
					workflow('Paid elsewhere', [
						manualTrigger,
						readFiles(selector),
						sats4Ai({ serviceUrl, credential: null, parameters }),
					]),
				);
			const books = new Books(app.sandbox);
			const asked = await executeWell(app, await save({ payment: 'invoiceOnly' }));
			const [offer] = outputOf(asked, SATS4AI);
			books.expectPayments(0);
			const payment = offer?.json.payment as unknown as UnpaidInvoice;
			assert.equal(payment.status, 'unpaid');
			assert.equal(binaryOf(offer).mimeType, 'image/png');

			const paid = await fetch(`${walletUrl}/api/v1/payments`, {
				method: 'POST',
				headers: { 'x-api-key': adminKey, 'content-type': 'application/json' },
				body: JSON.stringify({ out: true, bolt11: payment.invoice }),
			});
			assert.equal(paid.status, 201);
			const entry = app.sandbox.ledger.find(
				({ paymentHash }) => paymentHash === payment.paymentHash,
			);
			const preimage = entry?.preimage ?? '';
			const { token } = payment;
			const redeemed = await executeWell(app, await save({ payment: 'redeem', token, preimage }));
			const [item] = outputOf(redeemed, SATS4AI);
			books.expectPayments(1);
			assert.deepEqual([savedSha256(app.home, binaryOf(item))], books.soldPictures);
			assert.equal((item?.json.payment as { status: string }).status, 'redeemed');
		},
	},
	{
		name: 'no secret in what n8n stores of an execution or logs',
		part: 'rest',
		run: async (app) => {
			const { workflow: saved } = await savedPurchase(app, { parameters: { maxPriceSat: 50 } });
			await executeWell(app, saved);
			const { adminKey } = app.sandbox;
			for (const id of await app.session.executionsOf(saved)) {
				const stored = await app.session.call('GET', `/rest/executions/${id}`);
				assert.ok(!JSON.stringify(stored).includes(adminKey));
			}
			assert.ok(!app.server.log.includes(adminKey));
		},
	},
];
