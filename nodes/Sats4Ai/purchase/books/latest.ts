/** A map that forgets what was set longest ago once it holds more than `most`. */
export class Latest<Value> {
	private readonly entries = new Map<string, Value>();

	constructor(private readonly most: number) {}

	get(key: string): Value | undefined {
		return this.entries.get(key);
	}

	set(key: string, value: Value): void {
		this.entries.delete(key);
		this.entries.set(key, value);
		const oldest = this.entries.size > this.most ? this.entries.keys().next() : undefined;
		if (oldest?.done === false) this.entries.delete(oldest.value);
	}

	delete(key: string): void {
		this.entries.delete(key);
	}
}
