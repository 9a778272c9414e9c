import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './root.mjs';

/** Names that say nothing about what is inside. */
const VAGUE_NAME = /^(common|generic-?functions|helpers?|misc|types|utils?)\.[cm]?[jt]s$/i;

const CODE = /\.([cm]?[jt]s)$/;
const LOCKFILE = /(^|\/)package-lock\.json$/;

const SLIPS = [
	[CODE, /eslint-(?:disable|enable)/, 'suppresses the linter'],
	[CODE, /@ts-(?:ignore|expect-error|nocheck)/, 'suppresses the compiler'],
	[/./, /prettier-(?:ignore)/, 'suppresses prettier'],
	[CODE, /\b(?:istanbul|c8|v8) ignore\b/, 'hides code from the coverage report'],
	[CODE, /\b(?:describe|it|test)\.(?:only|skip|todo)\b|\bx(?:it|describe|test)\(/, 'skips tests'],
	// In brackets, so that this line is none of what it looks for.
	[/./, /\b(?:[T]ODO|[F]IXME|[X]XX)\b:?\s/, 'leaves work undone'],
	[LOCKFILE, /"resolved": "https?:/, 'names the registry it was installed from'],
	[/./, /\b(?:registry|artifactory|nexus|verdaccio)\.[\w-]+\.[a-z]{2,}\b/, 'names a registry host'],
	// Lightning nodes usually run as a user named bitcoin.
	[
		/./,
		/(?<![\w.~-])\/(?:home\/(?!bitcoin\b)|root\/|tmp\/|Users\/|work\/)\w/,
		'names a folder of one machine',
	],
	[/./, /\b[A-Z]:\\Users\\/, 'names a folder of one machine'],
];

/** What should not be in any tracked file, as lines `file:line: what is wrong`. */
export function findSlips() {
	return trackedFiles().flatMap((file) => [
		...(VAGUE_NAME.test(basename(file)) ? [`${file}: the name does not tell what is inside`] : []),
		...slipsIn(file, readFileSync(join(root, file), 'latin1')),
	]);
}

function trackedFiles() {
	const list = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
	return list.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
}

function slipsIn(file, text) {
	if (text.includes('\0')) return [];
	const rules = SLIPS.filter(([files]) => files.test(file));
	return text
		.split('\n')
		.flatMap((line, index) =>
			rules
				.filter(([, pattern]) => pattern.test(line))
				.map(([, , wrong]) => `${file}:${index + 1}: ${wrong}: ${line.trim().slice(0, 100)}`),
		);
}
