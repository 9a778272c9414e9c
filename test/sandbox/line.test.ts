import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Line } from '../n8n/outside/line';

/** The way on which the tests in queue mode cut n8n off from the wallet and the service. */

let server: Server;
let line: Line;
const arrived: string[] = [];

beforeEach(async () => {
	arrived.length = 0;
	server = createServer((request, response) => {
		request.setEncoding('utf8');
		let body = '';
		request.on('data', (text: string) => (body += text));
		request.on('end', () => {
			arrived.push(body);
			response.end(`${body}, answered`);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	line = await Line.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
	await line.close();
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

const post = async (body: string): Promise<string> =>
	await (await fetch(line.url, { method: 'POST', body })).text();

async function untilArrived(count: number): Promise<void> {
	const deadline = performance.now() + 20_000;
	while (arrived.length < count) {
		if (performance.now() > deadline) throw new Error(`Only ${arrived.length} arrived`);
		await wait(5);
	}
}

test('passes everything on while it is whole, as late as it is told', async () => {
	line.delayMs = 60;
	const large = 'x'.repeat(2_000_000);
	const began = performance.now();
	expect(await post(large)).toBe(`${large}, answered`);
	expect(performance.now() - began).toBeGreaterThan(100);
});

test('resets the connections there are and new ones, until it is mended', async () => {
	line.delayMs = 500;
	const underWay = post('first');
	await untilArrived(1);
	line.cut('reset');
	await expect(underWay).rejects.toThrow('fetch failed');
	await expect(post('second')).rejects.toThrow('fetch failed');
	expect(line.struck).toBe(2);
	line.mend();
	expect(await post('third')).toBe('third, answered');
	expect(arrived).toEqual(['first', 'third']);
});

test('falls silent: nothing passes until it is mended, then all of it does', async () => {
	line.delayMs = 500;
	const ended: string[] = [];
	const note = (answer: string): number => ended.push(answer);
	const answered = post('answered').then(note);
	await untilArrived(1);
	line.cut('silent');
	const meanwhile = post('meanwhile').then(note);
	await wait(200);
	expect([arrived, ended]).toEqual([['answered'], []]);
	line.mend();
	await Promise.all([answered, meanwhile]);
	expect(arrived).toEqual(['answered', 'meanwhile']);
});

test('delivers late what a client had sent that has given up', async () => {
	line.cut('silent');
	const client = connect(Number(new URL(line.url).port), '127.0.0.1');
	const head = 'POST / HTTP/1.1\r\nhost: wallet\r\ncontent-length: 3\r\n\r\n';
	await new Promise((resolve) => client.write(`${head}pay`, resolve));
	client.destroy();
	await wait(50);
	expect(arrived).toEqual([]);
	line.mend();
	await untilArrived(1);
	expect(arrived).toEqual(['pay']);
});
