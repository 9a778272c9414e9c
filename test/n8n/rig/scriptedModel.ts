import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface ChatMessage {
	readonly role: string;
	readonly content?: unknown;
}

interface OfferedFunction {
	readonly name: string;
	readonly parameters?: { readonly properties?: object };
}

interface ChatRequest {
	readonly messages: readonly ChatMessage[];
	readonly tools?: ReadonlyArray<{ readonly function: OfferedFunction }>;
}

/**
 * A language model as far as n8n's agent can tell: it speaks OpenAI's chat API. It calls the first
 * tool it is offered with the arguments it was given, once or as often as it was told to, and then
 * says what the tool said.
 */
export interface ScriptedModel {
	readonly url: string;
	/** What the tool answered, as text, in the order it was called. */
	readonly toolAnswers: readonly string[];
	/** Names of the tools it was offered. */
	readonly offered: readonly string[];
	/** Names of the parameters of the first tool: all that a model may fill in. */
	readonly mayFillIn: readonly string[];
	close(): Promise<void>;
}

/** @param calls of the tool for each message */
export async function startModel(toolArguments: object, calls = 1): Promise<ScriptedModel> {
	const toolAnswers: string[] = [];
	const offered: string[] = [];
	const mayFillIn: string[] = [];
	const answer = ({ messages, tools = [] }: ChatRequest): object => {
		offered.splice(0, offered.length, ...tools.map((tool) => tool.function.name));
		const parameters = Object.keys(tools[0]?.function.parameters?.properties ?? {});
		mayFillIn.splice(0, mayFillIn.length, ...parameters);
		const last = messages.at(-1);
		if (last?.role === 'tool') toolAnswers.push(textOf(last.content));
		const called = messages.filter(({ role }) => role === 'tool').length;
		if (called < calls) {
			const call = { name: offered[0], arguments: JSON.stringify(toolArguments) };
			const toolCalls = [{ id: `call_${called + 1}`, type: 'function', function: call }];
			return completion({ content: null, tool_calls: toolCalls }, 'tool_calls');
		}
		return completion({ content: `The tool said: ${textOf(last?.content)}` }, 'stop');
	};
	const server = createServer((request, response) => {
		void readJson(request).then((body) => send(response, answer(body as ChatRequest)));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		toolAnswers,
		offered,
		mayFillIn,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function textOf(content: unknown): string {
	return typeof content === 'string' ? content : JSON.stringify(content);
}

function completion(message: object, finishReason: string): object {
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [
			{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finishReason },
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

async function readJson(request: IncomingMessage): Promise<unknown> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return JSON.parse(Buffer.concat(chunks).toString());
}

function send(response: ServerResponse, body: object): void {
	response.writeHead(200, { 'content-type': 'application/json' });
	response.end(JSON.stringify(body));
}
