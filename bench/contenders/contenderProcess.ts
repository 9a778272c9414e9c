import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { BinaryMode } from '../engine/binaryData';
import type { ServerUrls } from '../servers/settings';
import type { ContenderName } from './contender';

/** The first message to the process. */
export interface Begin {
	readonly name: ContenderName;
	/** Only contenders on n8n's engine keep binary data. */
	readonly binary: BinaryMode;
	readonly peersFolder: string;
}

/** Every later message. */
export interface Order {
	readonly pictureBytes: number;
	readonly items: number;
	readonly concurrency: number;
	readonly urls: ServerUrls;
}

export interface Bought {
	readonly ms: number;
	/** Time of all processors, in the whole process. */
	readonly cpuMs: number;
}

/** A contender in a process of its own. */
export class ContenderProcess {
	private constructor(
		readonly name: ContenderName,
		private readonly child: ChildProcess,
	) {}

	static async start(begin: Begin): Promise<ContenderProcess> {
		const child = fork(join(__dirname, 'contenderMain.ts'));
		const contender = new ContenderProcess(begin.name, child);
		await contender.ask(begin);
		return contender;
	}

	async buy(order: Order): Promise<Bought> {
		return (await this.ask(order)) as Bought;
	}

	async stop(): Promise<void> {
		const exited = new Promise((resolve) => this.child.once('exit', resolve));
		this.child.disconnect();
		await exited;
	}

	private async ask(message: Begin | Order): Promise<unknown> {
		return await new Promise((resolve, reject) => {
			const ended = () => reject(new Error(`${this.name} ended too early`));
			this.child.once('exit', ended);
			this.child.once('message', (answer) => {
				this.child.off('exit', ended);
				resolve(answer);
			});
			this.child.send(message);
		});
	}
}
