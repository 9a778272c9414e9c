import { appendFileSync, readFileSync } from 'node:fs';

/** What the user of a wallet is told when the credential is tested. */
export interface TestMessage {
	readonly wallet: string;
	readonly what: string;
	readonly status: string;
	readonly message: string;
}

const FILE_NAME_VARIABLE = 'SATS4AI_LIGHTNING_MESSAGES';

/** How the tests are told where to keep the messages. */
export function messagesEnvironment(file: string): Record<string, string> {
	return { [FILE_NAME_VARIABLE]: file };
}

/** Keeps a message for the report. */
export function noteMessage(message: TestMessage): void {
	const file = process.env[FILE_NAME_VARIABLE];
	if (file !== undefined) appendFileSync(file, `${JSON.stringify(message)}\n`);
}

export function readMessages(file: string): TestMessage[] {
	const lines = readFileSync(file, 'utf8').trim().split('\n');
	return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as TestMessage);
}
