import { table, type Result } from './table';

/** How each scenario ended in each version; what has no entry was skipped. */
export class Results {
	private readonly ended = new Map<string, Map<string, Result>>();
	private readonly missing: string[] = [];

	constructor(
		scenarios: readonly string[],
		private readonly versions: readonly string[],
	) {
		for (const name of scenarios) this.ended.set(name, new Map());
	}

	note(scenario: string, version: string, result: Result): void {
		this.ended.get(scenario)?.set(version, result);
	}

	/** Something this machine lacks, and what cannot be tested without it. */
	noteMissing(what: string): void {
		if (!this.missing.includes(what)) this.missing.push(what);
	}

	get allPassed(): boolean {
		return this.count('passed') === this.ended.size * this.versions.length;
	}

	toString(): string {
		const skipped =
			this.ended.size * this.versions.length - this.count('passed') - this.count('failed');
		const lines = [
			table(this.versions, this.ended),
			'',
			...this.missing.map((what) => `missing: ${what}`),
			`${this.count('passed')} passed, ${this.count('failed')} failed, ${skipped} skipped`,
		];
		return `${lines.join('\n')}\n`;
	}

	private count(wanted: Result): number {
		const results = [...this.ended.values()].flatMap((byVersion) => [...byVersion.values()]);
		return results.filter((result) => result === wanted).length;
	}
}
