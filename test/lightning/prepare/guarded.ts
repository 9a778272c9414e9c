import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';

/**
 * Runs a program as long as standard input is open, and ends it after that: gently, and by force
 * after 20 seconds; at once by force where it is sent `kill`. Standard input closes when the process that started it ends, however it ends.
 */
const GUARD = `exec 3<&0
"$@" </dev/null 3<&- &
program=$!
(
	read -r word <&3
	[ "$word" = kill ] && kill -9 "$program"
	kill "$program"
	for second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		sleep 1
		kill -0 "$program" || exit 0
	done
	kill -9 "$program"
) >/dev/null 2>&1 &
watch=$!
wait "$program"
code=$?
kill "$watch"
exit "$code"`;

export interface GuardedCommand {
	readonly command: string;
	readonly args: readonly string[];
	readonly cwd?: string;
	/** Beside what this process has. */
	readonly env?: Readonly<Record<string, string>>;
	/** Of standard output and of standard error. */
	readonly output: readonly ['ignore' | 'pipe' | number, 'inherit' | 'pipe' | number];
}

/** Starts a program that does not outlive this process. Ending its standard input ends it. */
export function spawnGuarded({ command, args, cwd, env, output }: GuardedCommand): ChildProcess {
	const stdio: StdioOptions = ['pipe', ...output];
	const guard = spawn('sh', ['-c', GUARD, 'guard', command, ...args], {
		cwd,
		env: { ...process.env, ...env },
		stdio,
		// An interrupt at the terminal is for this process, which then ends the program.
		detached: true,
	});
	guard.once('exit', () => guard.stdin?.end());
	return guard;
}
