import { publishedPackage, type PublishedPackage } from './publishedPackage';

interface Manifest {
	readonly dependencies?: Record<string, string>;
	readonly peerDependencies: Record<string, string>;
	readonly scripts?: Record<string, string>;
	readonly keywords: readonly string[];
	readonly license: string;
	readonly main: string;
	readonly n8n: {
		readonly strict: boolean;
		readonly nodes: readonly string[];
		readonly credentials: readonly string[];
	};
}

describe('the published package', () => {
	let published: PublishedPackage;
	let manifest: Manifest;

	beforeAll(() => {
		published = publishedPackage();
		manifest = JSON.parse(published.read('package.json')) as Manifest;
	});
	afterAll(() => published.remove());

	it('holds what users need and nothing else', () => {
		expect(published.files.filter((file) => !/^dist\/.*\.svg$/.test(file))).toEqual([
			'LICENSE',
			'README.md',
			'dist/THIRD_PARTY_LICENSES.txt',
			'dist/credentials/LightningWalletApi.credentials.js',
			'dist/nodes/Sats4Ai/Sats4Ai.node.js',
			'dist/nodes/Sats4Ai/Sats4Ai.node.json',
			'dist/nodes/Sats4Ai/libraries/image-size.js',
			'dist/nodes/Sats4Ai/libraries/qr.js',
			'dist/nodes/Sats4Ai/libraries/secp256k1.js',
			'index.js',
			'package.json',
		]);
	});

	it('stays under 120 kB', () => {
		expect(published.tarballSize).toBeGreaterThan(0);
		expect(published.tarballSize).toBeLessThanOrEqual(120_000);
	});

	it('needs n8n and nothing else at run time', () => {
		expect(manifest.dependencies ?? {}).toEqual({});
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('runs nothing when it is installed', () => {
		expect(Object.keys(manifest.scripts ?? {})).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/^(pre|post)?install$|^(pre|post)?prepare$/)]),
		);
	});

	it('names only files that are in it', () => {
		const named = [manifest.main, ...manifest.n8n.nodes, ...manifest.n8n.credentials];
		expect(published.files).toEqual(expect.arrayContaining(named));
	});

	it('is what n8n calls a community node, in strict mode, under the MIT license', () => {
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.n8n.strict).toBe(true);
		expect(manifest.license).toBe('MIT');
		expect(published.read('LICENSE')).toContain('Sats4AI contributors');
	});
});
