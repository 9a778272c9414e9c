import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INodeExecutionData } from 'n8n-workflow';
import { photo, pictureBytes } from './photo';
import { Scene } from './scene';

let scene: Scene;
let server: Server;
let serverUrl: string;
const seen: Array<{ readonly path: string; readonly headers: NodeJS.Dict<string | string[]> }> = [];

beforeEach(async () => {
	scene = await Scene.open();
	seen.length = 0;
	server = createServer((request, response) => {
		seen.push({ path: request.url ?? '', headers: request.headers });
		const { pathname } = new URL(request.url ?? '', 'http://any');
		if (pathname === '/moved') response.writeHead(302, { location: '/there/new%20name.png' }).end();
		else if (pathname === '/missing.png') response.writeHead(404).end('Not here');
		else if (pathname === '/empty.png') response.writeHead(200).end();
		else if (pathname === '/page') response.writeHead(200).end('<!doctype html><p>Log in</p>');
		else response.writeHead(200).end(pictureBytes(pathname));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
	scene.expectHonest();
	await scene.close();
});

const bare: INodeExecutionData = { json: {} };
const base64 = pictureBytes().toString('base64');

function sentImage(): unknown {
	const body: unknown = JSON.parse(scene.bodies[0]?.bytes.toString() ?? '{}');
	return (body as { image?: unknown }).image;
}

describe('a picture from the item', () => {
	it('is read from the field that is named', async () => {
		const item = photo('other');
		item.binary = {
			...photo('wanted').binary,
			...{ scan: item.binary?.data ?? { data: '', mimeType: '' } },
		};
		const parameters = { binaryPropertyName: 'scan' };
		const { items } = await scene.run({ items: [item], parameters });
		expect(sentImage()).toBe(pictureBytes('other').toString('base64'));
		expect(Object.keys(items[0]?.binary ?? {})).toEqual(['data']);
	});

	it('may have its field named by an expression', async () => {
		const item = photo();
		item.json = { field: 'data' };
		const parameters = { binaryPropertyName: '={{ $json.field }}' };
		expect((await scene.run({ items: [item], parameters })).error).toBeUndefined();
	});
});

describe('a picture as text', () => {
	it.each([
		['raw', base64],
		['a data URI', `data:image/png;base64,${base64}`],
		['a data URI with parameters', `data:image/png;name=a.png;base64,${base64}`],
		['broken into lines', `${base64.slice(0, 8)}\r\n${base64.slice(8)}\n`],
		['URL-safe', base64.replace(/\+/g, '-').replace(/\//g, '_')],
	])('%s', async (_name, imageBase64) => {
		const parameters = { imageSource: 'base64', imageBase64 };
		const { items, error } = await scene.run({ items: [bare], parameters });
		expect(error).toBeUndefined();
		expect(sentImage()).toBe(base64);
		expect(items[0]?.json.fileName).toBe('colorizeImage.png');
	});
});

describe('a picture from the web', () => {
	it('is fetched, without anything secret, and lends its name', async () => {
		const parameters = { imageSource: 'url', imageUrl: `${serverUrl}/album/gran%20ma.jpg?size=1` };
		const { items } = await scene.run({ items: [bare], parameters });
		expect(sentImage()).toBe(pictureBytes('/album/gran%20ma.jpg').toString('base64'));
		expect(items[0]?.json.fileName).toBe('gran ma-colorizeImage.png');
		expect(seen.map(({ path }) => path)).toEqual(['/album/gran%20ma.jpg?size=1']);
		expect(JSON.stringify(seen)).not.toContain(scene.sandbox.adminKey);
	});

	it('may have moved, and without a name the output has that of the operation', async () => {
		const parameters = { imageSource: 'url', imageUrl: `${serverUrl}/moved` };
		const { items } = await scene.run({ items: [bare], parameters });
		expect(sentImage()).toBe(pictureBytes('/there/new%20name.png').toString('base64'));
		expect(items[0]?.json.fileName).toBe('colorizeImage.png');
	});

	it.each(['/missing.png', '/empty.png', '/page'])('is refused where %s is none', async (path) => {
		const parameters = { imageSource: 'url', imageUrl: serverUrl + path };
		const failure = await scene.failure({ items: [bare], parameters });
		expect(failure).toMatchObject({ code: 'INPUT_INVALID', spent: 'no' });
		scene.expectNoRequests();
	});

	it('is refused where nobody answers', async () => {
		const parameters = { imageSource: 'url', imageUrl: 'http://127.0.0.1:1/photo.png' };
		const failure = await scene.failure({ items: [bare], parameters });
		expect(failure).toMatchObject({ code: 'INPUT_INVALID', spent: 'no' });
		expect(failure.message).toContain('Image URL');
		scene.expectNoRequests();
	});
});
