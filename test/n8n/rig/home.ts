import { cpSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { cacheFolder } from '../install/cacheFolder';
import { freePort } from './freePort';
import { removeFolder, usedFolders } from './leaveNothing';
import type { N8nInstallation } from './n8nInstallation';
import type { PackedPackage } from './packedPackage';

/** Everything one n8n owns: its user folder with our package in it, its ports, its environment. */
export interface Home {
	/** `N8N_USER_FOLDER`. */
	readonly folder: string;
	/** The one folder that n8n's file nodes may read and write. */
	readonly files: string;
	readonly port: number;
	readonly env: NodeJS.ProcessEnv;
	/** The package that is installed in it. */
	readonly packed: PackedPackage;
	remove(): void;
}

/**
 * A fresh n8n home with the package as n8n installs community packages.
 *
 * @param more of its environment: the way to the world outside
 */
export async function makeHome(
	n8n: N8nInstallation,
	packed: PackedPackage,
	more: NodeJS.ProcessEnv = {},
): Promise<Home> {
	const homes = cacheFolder('homes');
	mkdirSync(homes, { recursive: true });
	expectNoStrayCopy(homes);
	const folder = mkdtempSync(join(homes, `${n8n.version}-`));
	usedFolders.add(folder);
	const files = join(folder, 'files');
	mkdirSync(files);
	const modules = join(folder, '.n8n', 'nodes', 'node_modules');
	cpSync(packed.folder, join(modules, packed.name), { recursive: true });
	const port = await freePort();
	return {
		folder,
		files,
		port,
		env: { ...(await environment(n8n, folder, files, port)), ...more },
		packed,
		remove: () => removeFolder(folder),
	};
}

/**
 * A `node_modules` anywhere above would be searched before n8n's own: our errors would be made of
 * another `n8n-workflow` than n8n's, and n8n would take them for strangers.
 */
function expectNoStrayCopy(folder: string): void {
	const searched = createRequire(join(folder, 'index.js')).resolve.paths('n8n-workflow') ?? [];
	const stray = searched.map((path) => join(path, 'n8n-workflow')).find((path) => existsSync(path));
	if (stray !== undefined) throw new Error(`n8n would load ${stray} in place of its own copy`);
}

/** Nothing of the caller's environment but what a program needs: a proxy set there must not count. */
async function environment(
	n8n: N8nInstallation,
	folder: string,
	files: string,
	port: number,
): Promise<NodeJS.ProcessEnv> {
	const { PATH = '', HOME, TMPDIR } = process.env;
	return {
		PATH: `${dirname(n8n.node.program)}${delimiter}${PATH}`,
		HOME,
		...(TMPDIR === undefined ? {} : { TMPDIR }),
		NODE_ENV: 'production',
		N8N_USER_FOLDER: folder,
		N8N_ENCRYPTION_KEY: 'test',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_SECURE_COOKIE: 'false',
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
		N8N_RESTRICT_FILE_ACCESS_TO: files,
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
		// Quiet and offline.
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_DISABLED_MODULES: n8n.unusedModules.join(','),
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
	};
}
