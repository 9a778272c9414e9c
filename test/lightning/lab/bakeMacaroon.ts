import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../prepare/runProgram';
import type { Lnd } from './lnd';
import { commandsOf, spansForRefunds } from './walletsPage';

const PAYS = / uri:\S+\/SendPaymentV2\b/;
const LOOKS_UP = / uri:\S+\/TrackPaymentV2\b/;

/** What `docs/wallets.md` has its readers type: a macaroon that may pay, look up and describe. */
export function bakeCommand(): string {
	const command = commandsOf('LND').find((text) => text.includes('bakemacaroon'));
	if (command === undefined) throw new Error('docs/wallets.md does not say how to bake a macaroon');
	return command;
}

/** The same, with the rights that `docs/wallets.md` asks for where refunds are claimed. */
export function bakeReceiving(): string {
	const [rights = ''] = spansForRefunds('LND').filter((text) => text.startsWith('uri:'));
	if (rights === '') throw new Error('docs/wallets.md does not say what LND needs for refunds');
	return `${bakeCommand().trimEnd()} ${rights}`;
}

/** The same, as `docs/wallets.md` has it where there is a cap per day. */
export function bakeListing(): string {
	const command = commandsOf('A cap per day').find((text) => text.includes('bakemacaroon'));
	if (command === undefined) throw new Error('docs/wallets.md does not say what a cap takes');
	return command;
}

/** The same, without the right to pay. */
export function bakeWithoutPaying(): string {
	return bakeWithout(PAYS);
}

/** The same, without the right to look payments up. */
export function bakeWithoutLookingUp(): string {
	return bakeWithout(LOOKS_UP);
}

function bakeWithout(right: RegExp): string {
	const command = bakeCommand().replace(right, '');
	if (command === bakeCommand()) throw new Error(`docs/wallets.md bakes without ${right.source}`);
	return command;
}

/** Runs the command where `lncli` means this node, and reads the file that it leaves. Hex. */
export async function bakeMacaroon(lncli: string, node: Lnd, command: string): Promise<string> {
	const folder = mkdtempSync(join(node.folder, 'macaroon-'));
	const where = `--rpcserver=${node.rpcAddress} --lnddir='${node.folder}' --network=regtest`;
	const script = `#!/bin/sh\nexec '${lncli}' ${where} "$@"\n`;
	writeFileSync(join(folder, 'lncli'), script, { mode: 0o755 });
	const { code, stdout, stderr } = await runProgram('sh', ['-c', command], {
		cwd: folder,
		env: { PATH: `${folder}:${process.env.PATH ?? ''}` },
	});
	if (code !== 0) throw new Error(`${command}: ${stdout}${stderr}`);
	return readFileSync(join(folder, 'n8n.macaroon')).toString('hex');
}
