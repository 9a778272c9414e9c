// node loadWithN8n.js FOLDER: loads a package the way n8n does and prints what n8n then knows of it.
require('reflect-metadata');
const { LazyPackageDirectoryLoader, PackageDirectoryLoader } = require('n8n-core');

async function load(Loader, folder) {
	const loader = new Loader(folder, [], []);
	await loader.loadAll();
	const { known, types } = loader;
	return { packageName: loader.packageName, known, types };
}

async function main() {
	const [, , folder] = process.argv;
	const direct = await load(PackageDirectoryLoader, folder);
	const lazy = await load(LazyPackageDirectoryLoader, folder);
	process.stdout.write(JSON.stringify({ direct, lazy, index: Object.keys(require(folder)) }));
}

void main();
