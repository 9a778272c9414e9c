import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { projectFolder, publishedPackage, type PublishedPackage } from './publishedPackage';

interface Icon {
	readonly light: string;
	readonly dark: string;
}

interface TypeDescription {
	readonly name: string;
	readonly displayName: string;
	readonly version?: number;
	readonly iconUrl: Icon;
	readonly codex?: {
		readonly categories: readonly string[];
		readonly alias: readonly string[];
		readonly resources: Record<string, ReadonlyArray<{ url: string }>>;
	};
}

interface Loaded {
	readonly packageName: string;
	readonly known: Record<
		'nodes' | 'credentials',
		Record<string, { className: string; sourcePath: string; supportedNodes?: string[] }>
	>;
	readonly types: Record<'nodes' | 'credentials', readonly TypeDescription[]>;
}

let published: PublishedPackage;
let loaded: { direct: Loaded; lazy: Loaded; index: string[] };

/** In a process of its own: n8n loads packages with Node's `require`, not with jest's. */
function loadWithN8n(folder: string): typeof loaded {
	const userFolder = mkdtempSync(join(tmpdir(), 'n8n-user-'));
	const output = execFileSync(process.execPath, [join(__dirname, 'loadWithN8n.js'), folder], {
		encoding: 'utf8',
		env: {
			...process.env,
			// n8n, too, lets the packages find `n8n-workflow` this way.
			NODE_PATH: join(projectFolder, 'node_modules'),
			N8N_USER_FOLDER: userFolder,
			N8N_ENCRYPTION_KEY: 'only for this test',
		},
	});
	rmSync(userFolder, { recursive: true, force: true });
	return JSON.parse(output) as typeof loaded;
}

beforeAll(() => {
	published = publishedPackage();
	loaded = loadWithN8n(published.folder);
});
afterAll(() => published.remove());

describe.each(['direct', 'lazy'] as const)("n8n's %s loader", (loader) => {
	it('finds the node and the credential', () => {
		expect(loaded[loader].packageName).toBe('n8n-nodes-sats4ai');
		expect(loaded[loader].known).toEqual({
			nodes: {
				sats4Ai: { className: 'Sats4Ai', sourcePath: 'dist/nodes/Sats4Ai/Sats4Ai.node.js' },
			},
			credentials: {
				lightningWalletApi: {
					className: 'LightningWalletApi',
					sourcePath: 'dist/credentials/LightningWalletApi.credentials.js',
					supportedNodes: ['sats4Ai'],
				},
			},
		});
	});

	it('reads both descriptions', () => {
		expect(loaded[loader].types).toEqual({
			nodes: [expect.objectContaining({ name: 'sats4Ai', displayName: 'Sats4AI', version: 1 })],
			credentials: [expect.objectContaining({ name: 'lightningWalletApi' })],
		});
	});

	it('lists the node where people look for it', () => {
		const codex = loaded[loader].types.nodes[0]?.codex;
		// A node in the category AI alone is shown nowhere.
		expect(codex?.categories).toEqual(['Miscellaneous']);
		expect(codex?.alias).toEqual(
			expect.arrayContaining(['colorize', 'upscale', 'restore', 'edit', 'generate', 'lightning']),
		);
		for (const kind of ['primaryDocumentation', 'credentialDocumentation']) {
			expect(codex?.resources[kind]).toEqual([
				{
					url: expect.stringMatching(/^https:\/\/github\.com\/sats4ai\/n8n-nodes-sats4ai/),
				},
			]);
		}
	});
});

it('gives its two classes to whoever requires it by name', () => {
	expect(loaded.index.sort()).toEqual(['LightningWalletApi', 'Sats4Ai']);
});

describe.each(['nodes', 'credentials'] as const)('the icons of the %s', (kind) => {
	const theme = (name: keyof Icon) => {
		const url = loaded.direct.types[kind][0]?.iconUrl[name] ?? '';
		return published.read(url.replace('icons/n8n-nodes-sats4ai/', ''));
	};

	it('differ between the light and the dark theme', () => {
		expect(theme('light')).not.toBe(theme('dark'));
	});

	it.each(['light', 'dark'] as const)('are drawn by a browser: %s', async (name) => {
		// Without the namespace a browser shows a broken picture.
		expect(theme(name)).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
		expect(theme(name)).not.toMatch(/<script|href=|<image|<foreignObject/i);
		const { channels, isOpaque } = await sharp(Buffer.from(theme(name))).stats();
		expect(isOpaque).toBe(false);
		expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(10);
	});
});
