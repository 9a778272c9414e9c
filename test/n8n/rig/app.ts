import type { Sandbox } from '../../../sandbox/startSandbox';
import type { OutsideWorld } from '../outside/outsideWorld';
import { CommandLine } from './commandLine';
import type { Home } from './home';
import type { N8nInstallation } from './n8nInstallation';
import { startServer } from './server';
import type { Service } from './service';
import { Session } from './session';

/** One n8n with our package, a sandbox it can buy from, what else it finds, and a hand on all. */
export class App {
	readonly commandLine: CommandLine;
	readonly session: Session;
	/** What else has to be closed with it. */
	readonly companions: Array<{ close(): Promise<void> }> = [];
	private running: Service | null = null;

	constructor(
		readonly n8n: N8nInstallation,
		readonly home: Home,
		readonly sandbox: Sandbox,
		readonly outside: OutsideWorld,
	) {
		this.commandLine = new CommandLine(n8n, home);
		this.session = new Session(this.url);
	}

	get url(): string {
		return `http://127.0.0.1:${this.home.port}`;
	}

	get server(): Service {
		if (this.running === null) throw new Error('The server does not run');
		return this.running;
	}

	/** Starts the server unless it runs, and logs in. */
	async start(): Promise<void> {
		if (this.running !== null) return;
		this.running = await startServer(this.n8n, this.home);
		await this.session.open().catch(async (cause: unknown) => {
			await this.stop();
			throw cause;
		});
	}

	async stop(): Promise<void> {
		await this.running?.stop();
		this.running = null;
	}

	/** Ends the server with `kill -9`, and starts it again. */
	async killAndStart(): Promise<void> {
		await this.running?.kill();
		this.running = null;
		await this.start();
	}

	/** Starts the server again where it has ended by itself. Answers whether it had. */
	async revive(): Promise<boolean> {
		if (this.running?.hasEnded !== true) return false;
		await this.killAndStart();
		return true;
	}

	async restart(): Promise<void> {
		await this.stop();
		await this.start();
	}

	/** What is filled into the credential to pay from the sandbox's wallet. */
	walletFields(changes: object = {}): Record<string, unknown> {
		return {
			wallet: 'lnbits',
			url: this.sandbox.walletUrl,
			adminKey: this.sandbox.adminKey,
			network: 'regtest',
			maxPaymentSat: 1000,
			...changes,
		};
	}

	async close(): Promise<void> {
		for (const companion of this.companions.splice(0)) await companion.close();
		await this.stop();
		await this.sandbox.close();
		await this.outside.close();
		this.home.remove();
	}
}
