import { createServer as createPlain, type RequestListener } from 'node:http';
import { createServer as createTls } from 'node:https';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createGrpc } from 'node:tls';
import { selfSignedCertificate } from './certificate';

/** Something at a wallet's URL that is no wallet. */
export interface Stranger {
	readonly url: string;
	/** Paths of the requests that could have been a payment. */
	readonly posts: () => readonly string[];
	readonly close: () => Promise<void>;
}

export interface StrangerKind {
	readonly what: string;
	/** What the user is to be told. */
	readonly says: RegExp;
	readonly start: () => Promise<Stranger>;
}

const TITLE = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in</body></html>';

/** SETTINGS, with which a server of HTTP/2 begins. */
const FRAMES = Buffer.from('000006040000000000000500004000', 'hex');

/** What users have found at the URL they took for their wallet's. */
export const STRANGERS: readonly StrangerKind[] = [
	answering('an HTTPS port asked in plain HTTP', /https:\/\/ instead of http:\/\//, 400, {
		body: 'Client sent an HTTP request to an HTTPS server.\n',
		type: 'text/plain',
	}),
	answering("nginx' HTTPS port asked in plain HTTP", /https:\/\/ instead of http:\/\//, 400, {
		body: '<html>\r\n<head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>',
		type: 'text/html',
	}),
	answering('a web page', /web page.*Sign in/, 200, { body: TITLE, type: 'text/html' }),
	answering('a page that is not found', /page.*HTTP 404/, 404, { body: TITLE, type: 'text/html' }),
	answering('a tunnel without its end', /tunnel.*530/, 530, {
		body: '<!doctype html><html><title>Error 1033</title></html>',
		type: 'text/html',
	}),
	answering('a proxy without anything behind it', /proxy.*502/, 502, { body: '', type: '' }),
	answering('a page of a CDN', /page of a proxy, not the wallet.*403/, 403, {
		body: '<html><head><title>Attention Required!</title></head></html>',
		type: 'text/html',
	}),
	answering('a store of files', /page of a proxy, not the wallet.*403/, 403, {
		body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>',
		type: 'application/xml',
	}),
	answering('a page in XHTML', /web page.*Welcome/, 200, {
		body: '<?xml version="1.0"?>\n<!DOCTYPE html>\n<html><head><title>Welcome</title></head></html>',
		type: 'text/html',
	}),
	answering('another API', /JSON of something else.*200/, 200, {
		body: '{"status":"ok","service":"blog"}',
		type: 'application/json',
	}),
	answering('the errors of another API', /HTTP 404/, 404, {
		body: '{"code":404,"message":"Not Found"}',
		type: 'application/json',
	}),
	answering('a server that finds nothing', /HTTP 404/, 404, {
		body: 'Not found',
		type: 'text/plain',
	}),
	answering('a list of another API', /JSON of something else/, 200, {
		body: '[]',
		type: 'application/json',
	}),
	answering('a server that says OK to everything', /not of .*200/, 200, {
		body: 'OK',
		type: 'text/plain',
	}),
	answering('nothing but an empty page', /empty answer.*200/, 200, { body: '', type: '' }),
	answering('a server that has moved', /redirects to https:\/\/new\.example;/, 302, {
		body: '',
		type: '',
		location: 'https://new.example/path?token=secret',
	}),
	{
		what: 'the frames of HTTP/2, as at a gRPC port',
		says: /does not speak HTTP\/1\.1/,
		start: async () => await listenRaw((socket) => socket.write(FRAMES)),
	},
	{
		what: 'a gRPC port with TLS',
		says: /does not speak HTTP\/1\.1|certificate/,
		start: async () =>
			await listen(
				createGrpc(selfSignedCertificate(), (socket) =>
					socket.on('error', () => socket.destroy()).write(FRAMES),
				),
				'https',
			),
	},
	{
		what: 'a port that hangs up',
		says: /expect TLS: write https:\/\//,
		start: async () => await listenRaw((socket) => socket.once('data', () => socket.end())),
	},
	{
		what: 'plain HTTP asked by https',
		says: /http:\/\/ instead of https:\/\//,
		start: async () => {
			const stranger = await listen(
				createPlain((_request, response) => response.end('{}')),
				'https',
			);
			return stranger;
		},
	},
	{
		what: 'the certificate of somebody else',
		says: /certificate/i,
		start: async () =>
			await listen(
				createTls(selfSignedCertificate(), (_request, response) => response.end()),
				'https',
			),
	},
];

interface Page {
	readonly body: string;
	readonly type: string;
	readonly location?: string;
}

function answering(what: string, says: RegExp, status: number, page: Page): StrangerKind {
	const headers = {
		...(page.type === '' ? {} : { 'content-type': page.type }),
		...(page.location === undefined ? {} : { location: page.location }),
	};
	const start = async () =>
		await listen(
			createPlain((_request, response) => response.writeHead(status, headers).end(page.body)),
			'http',
		);
	return { what, says, start };
}

async function listenRaw(meet: (socket: Socket) => void): Promise<Stranger> {
	const server = createTcp((socket) => {
		socket.on('error', () => socket.destroy());
		meet(socket);
	});
	return await listen(server, 'http');
}

async function listen(server: Server, scheme: string): Promise<Stranger> {
	const sockets = new Set<Socket>();
	const posts: string[] = [];
	const note: RequestListener = ({ method, url = '' }) => {
		if (method === 'POST' && /pay|send/.test(url) && !url.includes('listpays')) posts.push(url);
	};
	server.on('request', note);
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
		posts: () => posts,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
