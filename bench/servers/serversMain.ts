// The service and the wallet, in a process of their own: what is measured shares no event loop
// with them.
import type { Answer } from '../../sandbox/openPort';
import { openPort } from '../../sandbox/openPort';
import { readBody } from '../../sandbox/readBody';
import { InvoiceStock } from './invoiceStock';
import { LeanService } from './leanService';
import { LeanWallet } from './leanWallet';
import type { ServerReport, ServerSettings, ServerUrls } from './settings';

const HOST = '127.0.0.1';
const MAX_SETTINGS_BYTES = 4_096;

const stock = new InvoiceStock();
const service = new LeanService(stock);
const wallet = new LeanWallet(stock);

const control: Answer = async (request, response) => {
	if (request.method === 'POST') {
		const body = await readBody(request, MAX_SETTINGS_BYTES);
		const settings = JSON.parse(String(body)) as ServerSettings;
		service.configure(settings);
		wallet.payments = 0;
		stock.fill(settings.stock);
	}
	const report: ServerReport = { ...service.report(), payments: wallet.payments };
	response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(report));
};

async function main(): Promise<void> {
	const urls: ServerUrls = {
		service: (await openPort(HOST, 0, service.answer)).url,
		wallet: (await openPort(HOST, 0, wallet.answer)).url,
		control: (await openPort(HOST, 0, control)).url,
	};
	process.send?.(urls);
	// Whoever started this process has gone, however it ended.
	process.once('disconnect', () => process.exit());
}

void main();
