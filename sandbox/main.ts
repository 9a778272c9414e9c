import { parseArgs } from 'node:util';
import { startSandbox } from './startSandbox';

const DEFAULT_PORT = 4402;
/** The same at every start, so that a credential filled in once goes on working. */
const PLAY_ADMIN_KEY = 'sandbox-admin-key';

const usage = `Usage: npm run sandbox -- [--port ${DEFAULT_PORT}] [--host 127.0.0.1] [--delay 0]
  --port   port of the service; the wallet takes the next one
  --host   address to listen on; 0.0.0.0 lets containers in
  --delay  milliseconds the service works on a picture
`;

function whole(text: string): number | null {
	return /^\d{1,6}$/.test(text) ? Number(text) : null;
}

function welcome(serviceUrl: string, walletUrl: string): string {
	return `
A Sats4AI stand-in and a Lightning wallet with play money are running.
Nothing here costs anything, and nothing here is real but the pictures.

  In the credential "Lightning Wallet API"
    Wallet      LNbits
    URL         ${walletUrl}
    Admin Key   ${PLAY_ADMIN_KEY}
    Network     Regtest (Sandbox)

  In the node, under Options
    Base URL    ${serviceUrl}

  If n8n runs in Docker: npm run sandbox -- --host 0.0.0.0, and in both URLs
    http://host.docker.internal instead of http://127.0.0.1

  To see a failure, append it to either URL (all of them: sandbox/README.md)
    ${serviceUrl}/fault/redeem:status=503*2
    ${walletUrl}/fault/pay:pending=3

Ctrl-C stops both. What happens shows below.
`;
}

async function main(): Promise<number | null> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: String(DEFAULT_PORT) },
			host: { type: 'string', default: '127.0.0.1' },
			delay: { type: 'string', default: '0' },
			help: { type: 'boolean', default: false },
		},
	});
	const port = whole(values.port);
	const delayMs = whole(values.delay);
	if (values.help || port === null || delayMs === null) {
		process.stdout.write(usage);
		return values.help ? 0 : 2;
	}
	const sandbox = await startSandbox({
		host: values.host,
		servicePort: port,
		walletPort: port + 1,
		processingDelayMs: delayMs,
		adminKey: PLAY_ADMIN_KEY,
		log: (line) => process.stdout.write(`${line}\n`),
	});
	process.stdout.write(welcome(sandbox.serviceUrl, sandbox.walletUrl));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => {
			void sandbox.close();
		});
	}
	return null;
}

main().then(
	(exitCode) => {
		if (exitCode !== null) process.exitCode = exitCode;
	},
	(cause: unknown) => {
		process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
		process.exitCode = 1;
	},
);
