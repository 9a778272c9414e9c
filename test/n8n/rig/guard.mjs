// Reads from its input what a process has started (`+group ID`, `+folder PATH`) and ended again
// (`-group ID`, `-folder PATH`). The input ends with that process, even where `kill -9` ended it:
// what is left then is ended and removed here.
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const left = { group: new Set(), folder: new Set() };

function endGroup(id) {
	try {
		process.kill(-Number(id), 'SIGKILL');
	} catch (cause) {
		if (cause.code !== 'ESRCH') throw cause;
	}
}

createInterface({ input: process.stdin })
	.on('line', (line) => {
		const [, sign, kind, name] = /^([+-])(group|folder) (.*)$/.exec(line) ?? [];
		if (sign === '+') left[kind].add(name);
		if (sign === '-') left[kind].delete(name);
	})
	.on('close', () => {
		for (const id of left.group) endGroup(id);
		for (const path of left.folder) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
	});
