import { randomBytes } from 'node:crypto';
import { FaultPlan } from './faultPlan';
import { FaultSource } from './faultSource';
import { Ledger, type LedgerEntry } from './ledger';
import { openPort, type OpenPort } from './openPort';
import type { SandboxOptions } from './options';
import { withDefaults } from './settings';
import type { Leak, LoggedRequest } from './requestLog';
import { RefundDesk } from './service/refundDesk';
import { serviceAnswer } from './service/serviceServer';
import { Uploads } from './service/uploads';
import type { ServiceState } from './service/visit';
import { strangerAnswer } from './stranger';
import type { PlayInvoice } from './wallet/playInvoice';
import type { PlayPayment } from './wallet/playPayment';
import { PlayWallet } from './wallet/playWallet';
import { walletAnswer } from './wallet/walletServer';

/** A running sandbox. All its state is in memory and may be read at any time. */
export interface Sandbox {
	/** `http://127.0.0.1:<port>`, like `walletUrl` without a slash at the end. */
	readonly serviceUrl: string;
	readonly walletUrl: string;
	/** Pays. */
	readonly adminKey: string;
	/** Cannot pay: 403. */
	readonly invoiceKey: string;
	/** Every invoice of the service, oldest first. */
	readonly ledger: readonly LedgerEntry[];
	/** Requests at the service, in the order they were read. */
	readonly requests: readonly LoggedRequest[];
	readonly wallet: {
		readonly balanceMsat: number;
		readonly payments: readonly PlayPayment[];
		/** What it is to receive, or has received. */
		readonly invoices: readonly PlayInvoice[];
		readonly requests: readonly LoggedRequest[];
	};
	/** Another origin, which redirects lead to. Nothing should ever arrive there. */
	readonly stranger: { readonly url: string; readonly requests: readonly LoggedRequest[] };
	/** Secrets that reached a place they do not belong to. */
	readonly leaks: readonly Leak[];
	readonly faults: FaultPlan;
	/**
	 * Pays an invoice from a wallet elsewhere, as a person with a phone would. Returns the preimage;
	 * null for an invoice that is unknown, expired or already paid.
	 */
	payElsewhere(invoice: string): string | null;
	/** Stops all servers and cuts their connections. */
	close(): Promise<void>;
}

/** Starts the service, the wallet and the stranger on ports of this machine. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const settings = withDefaults(options);
	const ledger = new Ledger();
	const plan = new FaultPlan();
	const faults = new FaultSource(plan);
	const leaks: Leak[] = [];
	const wallet = new PlayWallet(settings, ledger);
	const walletRequests: LoggedRequest[] = [];
	const strangerRequests: LoggedRequest[] = [];
	const ports: OpenPort[] = [];
	const stranger = await openPort(
		settings.host,
		0,
		strangerAnswer(settings, strangerRequests, leaks),
	);
	ports.push(stranger);
	const strangerUrl = (): string => stranger.url;
	const state: ServiceState = {
		settings,
		ledger,
		faults,
		uploads: new Uploads(settings.now),
		requests: [],
		leaks,
		nodeKey: randomBytes(32),
		rootKey: randomBytes(32),
		finished: new Map(),
		jobs: new Map(),
		lines: new Map(),
		refunds: new RefundDesk(settings, (paymentHash) => wallet.receive(paymentHash)),
		strangerUrl,
	};
	const close = async (): Promise<void> => {
		await Promise.all(ports.map(async (port) => await port.close()));
	};
	const open = async (port: number, answer: Parameters<typeof openPort>[2]): Promise<OpenPort> => {
		const opened = await openPort(settings.host, port, answer).catch(async (cause: unknown) => {
			await close();
			throw cause;
		});
		ports.push(opened);
		return opened;
	};
	const service = await open(settings.servicePort, serviceAnswer(state));
	const walletPort = await open(
		settings.walletPort,
		walletAnswer({
			settings,
			ledger,
			faults,
			wallet,
			requests: walletRequests,
			leaks,
			toldPreimages: new Map(),
			strangerUrl,
		}),
	);
	return {
		serviceUrl: service.url,
		walletUrl: walletPort.url,
		adminKey: settings.adminKey,
		invoiceKey: settings.invoiceKey,
		ledger: ledger.entries,
		requests: state.requests,
		wallet: {
			get balanceMsat() {
				return wallet.balanceMsat;
			},
			payments: wallet.payments,
			invoices: wallet.invoices,
			requests: walletRequests,
		},
		stranger: { url: stranger.url, requests: strangerRequests },
		leaks,
		faults: plan,
		payElsewhere: (invoice) => {
			const entry = ledger.byInvoice(invoice);
			const now = settings.now();
			if (entry === null || entry.expiresAt <= now) return null;
			return ledger.settle(entry.paymentHash, 0, now);
		},
		close,
	};
}
