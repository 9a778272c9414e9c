export interface Bar {
	readonly label: string;
	readonly value: number;
	/** What is written behind the bar. */
	readonly text: string;
	readonly color: string;
}

export interface BarChart {
	readonly title: string;
	readonly groups: ReadonlyArray<{ readonly label: string; readonly bars: readonly Bar[] }>;
	/** A value to mark with a line through all bars of all groups. */
	readonly mark?: number;
	/** Groups are compared with each other; otherwise each has a scale of its own. */
	readonly sameScale: boolean;
}

const WIDTH = 760;
const LEFT = 185;
const RIGHT = 130;
const BAR = 18;
const GAP = 5;
const GROUP_HEAD = 26;
const TOP = 44;

/** Horizontal bars in groups, as an SVG picture that needs no font and no script. */
export function barChart({ title, groups, mark, sameScale }: BarChart): string {
	const longest = (bars: readonly Bar[]) => Math.max(mark ?? 0, ...bars.map(({ value }) => value));
	const most = longest(groups.flatMap(({ bars }) => bars));
	const parts: string[] = [];
	let y = TOP;
	for (const { label, bars } of groups) {
		const full = sameScale ? most : longest(bars);
		const lengthOf = (value: number) => ((WIDTH - LEFT - RIGHT) * value) / full;
		parts.push(text(12, y + 16, label, 'font-weight="bold"'));
		y += GROUP_HEAD;
		const top = y;
		for (const bar of bars) {
			const length = Math.max(1, lengthOf(bar.value)).toFixed(1);
			parts.push(
				text(LEFT - 8, y + 13, bar.label, 'text-anchor="end"'),
				`<rect x="${LEFT}" y="${y}" width="${length}" height="${BAR}" fill="${bar.color}"/>`,
				text(LEFT + Number(length) + 6, y + 13, bar.text),
			);
			y += BAR + GAP;
		}
		if (mark !== undefined) {
			const x = (LEFT + lengthOf(mark)).toFixed(1);
			parts.push(`<path d="M${x} ${top - 3}V${y}" stroke="#222" stroke-dasharray="4 3"/>`);
		}
		y += 12;
	}
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" font-family="sans-serif" font-size="13" fill="#222">`,
		`<rect width="${WIDTH}" height="${y}" fill="#fff"/>`,
		text(12, 26, title, 'font-size="16"'),
		...parts,
		'</svg>',
		'',
	].join('\n');
}

function text(x: number, y: number, content: string, more = ''): string {
	const escaped = content.replace(/&/g, '&amp;').replace(/</g, '&lt;');
	return `<text x="${x}" y="${y}" ${more}>${escaped}</text>`;
}
