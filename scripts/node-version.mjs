/** The oldest Node that can load n8n's core: it needs `require` of an ES module. */
const OLDEST = [20, 19];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
	console.error(
		`This project needs Node ${OLDEST.join('.')} or newer; this is Node ${process.versions.node}.`,
	);
	process.exit(1);
}
