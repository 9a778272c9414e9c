import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PayableInvoice } from '../../../nodes/Sats4Ai/l402/payer';
import { freePort } from './freePort';
import type { Lnd } from './lnd';
import { ServerProcess } from './serverProcess';

/** One wallet of the LNbits server. */
export interface LnbitsWallet {
	readonly id: string;
	readonly adminKey: string;
	/** Cannot pay. */
	readonly invoiceKey: string;
}

export interface Lnbits {
	/** `http://127.0.0.1:port` */
	readonly url: string;
	createWallet(name: string): Promise<LnbitsWallet>;
	/** An incoming payment over Lightning. */
	fund(wallet: LnbitsWallet, payer: Lnd, amountSat: number): Promise<void>;
	/** An invoice of the wallet. */
	invoice(wallet: LnbitsWallet, amountSat: number): Promise<PayableInvoice>;
	balanceMsat(wallet: LnbitsWallet): Promise<bigint>;
	stop(): Promise<void>;
	/** Starts it again after `stop`. */
	start(): Promise<void>;
}

/** An LNbits server whose money is in an LND node. */
export async function startLnbits(program: string, folder: string, node: Lnd): Promise<Lnbits> {
	mkdirSync(folder);
	// It looks for its pages in `lnbits/` of the folder it runs in.
	symlinkSync(packageFolder(program), join(folder, 'lnbits'));
	const port = await freePort();
	const command = {
		name: 'LNbits',
		// Its own command starts a second process, which would outlive it.
		command: join(dirname(program), 'python'),
		args: ['-m', 'uvicorn', 'lnbits.__main__:app', '--host=127.0.0.1', `--port=${port}`],
		cwd: folder,
		env: {
			AUTH_SECRET_KEY: 'lab',
			HOST: '127.0.0.1',
			LNBITS_ADMIN_UI: 'false',
			LNBITS_BACKEND_WALLET_CLASS: 'LndRestWallet',
			LNBITS_DATA_FOLDER: join(folder, 'data'),
			// Nothing here needs a price in dollars, which would come from elsewhere.
			LNBITS_EXCHANGE_RATE_PROVIDERS: '[]',
			LNBITS_PRICE_AGGREGATOR_ENABLED: 'false',
			LNBITS_EXTENSIONS_DEACTIVATE_ALL: 'true',
			LNBITS_EXTENSIONS_PATH: folder,
			LNBITS_RATE_LIMIT_NO: '100000',
			LND_REST_CERT: node.certificateFile,
			LND_REST_ENDPOINT: node.restUrl,
			LND_REST_MACAROON: node.adminMacaroon,
			PORT: String(port),
		},
		logFile: join(folder, 'output.log'),
	};
	const url = `http://127.0.0.1:${port}`;
	let process = ServerProcess.start(command);
	const isUp = async () => ((await fetch(`${url}/api/v1/health`)).ok ? true : null);
	const call = async (path: string, key: string, body?: object): Promise<unknown> => {
		const response = await fetch(`${url}${path}`, {
			method: body === undefined ? 'GET' : 'POST',
			headers: { 'content-type': 'application/json', 'x-api-key': key },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`LNbits ${path}: HTTP ${response.status} ${text}`);
		return JSON.parse(text);
	};
	const createWallet = async (name: string) => {
		const wallet = (await call('/api/v1/account', '', { name })) as Record<string, unknown>;
		return {
			id: String(wallet.id),
			adminKey: String(wallet.adminkey),
			invoiceKey: String(wallet.inkey),
		};
	};
	const invoice = async (wallet: LnbitsWallet, amountSat: number) => {
		const wish = { out: false, amount: amountSat, memo: 'a picture' };
		const made = await call('/api/v1/payments', wallet.invoiceKey, wish);
		const { bolt11, payment_hash: paymentHash } = made as Record<string, unknown>;
		const amountMsat = BigInt(amountSat) * 1000n;
		return { text: String(bolt11), paymentHash: String(paymentHash), amountMsat };
	};
	const balanceMsat = async ({ adminKey }: LnbitsWallet) => {
		const { balance } = (await call('/api/v1/wallet', adminKey)) as Record<string, unknown>;
		return BigInt(Number(balance));
	};
	const fund = async (wallet: LnbitsWallet, payer: Lnd, amountSat: number) => {
		const { text, amountMsat } = await invoice(wallet, amountSat);
		await payer.post('/v2/router/send', {
			payment_request: text,
			fee_limit_sat: '100',
			timeout_seconds: 30,
			no_inflight_updates: true,
		});
		await process.until('incoming payment', async () =>
			(await balanceMsat(wallet)) >= amountMsat ? true : null,
		);
	};
	await process.until('answer', isUp).catch(async (cause: unknown) => {
		await process.stop();
		throw cause;
	});
	const start = async () => {
		process = ServerProcess.start(command);
		await process.until('answer', isUp);
	};
	return {
		url,
		createWallet,
		fund,
		invoice,
		balanceMsat,
		stop: async () => await process.stop(),
		start,
	};
}

function packageFolder(program: string): string {
	const libraries = join(dirname(program), '..', 'lib');
	const [python = ''] = readdirSync(libraries);
	return join(libraries, python, 'site-packages', 'lnbits');
}
