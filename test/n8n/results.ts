import { table, type Result } from './table';

/** How each scenario ended in each version; what has no entry was skipped. */
export class Results {
	private readonly ended = new Map<string, Map<string, Result>>();
	private readonly missing: string[] = [];
	private readonly broken: string[] = [];
	private readonly failures: string[] = [];

	constructor(
		scenarios: readonly string[],
		private readonly versions: readonly string[],
	) {
		for (const name of scenarios) this.ended.set(name, new Map());
	}

	note(scenario: string, version: string, result: Result): void {
		this.ended.get(scenario)?.set(version, result);
	}

	/** Why a scenario failed. */
	noteFailure(scenario: string, version: string, why: string): void {
		this.failures.push(`${version}: ${scenario}\n${why}`);
	}

	/** Something this machine lacks, and what cannot be tested without it. */
	noteMissing(what: string): void {
		if (!this.missing.includes(what)) this.missing.push(what);
	}

	/** A version that does not install or start, or broke off. */
	noteBroken(version: string, why: string): void {
		this.broken.push(`n8n ${version}\n${why}`);
	}

	/** Nothing failed. What this machine lacks does not count as a failure; `toString` names it. */
	get success(): boolean {
		return this.count('failed') + this.broken.length === 0 && this.count('passed') > 0;
	}

	toString(): string {
		const lines = [
			table(this.versions, this.ended),
			'',
			...this.failures.map((what) => `failed: ${what}`),
			...this.broken.map((what) => `broken: ${what}`),
			...this.missing.map((what) => `missing: ${what}`),
			`${this.count('passed')} passed, ${this.count('failed')} failed, ${this.skipped.length} skipped`,
		];
		return `${lines.join('\n')}\n`;
	}

	/** The totals under the names that Jest gives them; what failed and what was skipped, and why. */
	toReport(): object {
		return {
			numPassedTests: this.count('passed'),
			numFailedTests: this.count('failed'),
			numRuntimeErrorTestSuites: this.broken.length,
			success: this.success,
			failures: [...this.failures, ...this.broken],
			missing: this.missing,
			skipped: this.skipped,
		};
	}

	private get skipped(): string[] {
		return [...this.ended].flatMap(([name, byVersion]) =>
			this.versions
				.filter((version) => !byVersion.has(version))
				.map((version) => `${version}: ${name}`),
		);
	}

	private count(wanted: Result): number {
		const results = [...this.ended.values()].flatMap((byVersion) => [...byVersion.values()]);
		return results.filter((result) => result === wanted).length;
	}
}
