/** A picture on the page and the words under it. */
export interface Figure {
	readonly fileName: string;
	readonly title: string;
	readonly detail: string;
}

const STYLE = `
	body { margin: 2rem auto; max-width: 80rem; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
	section { display: flex; flex-wrap: wrap; gap: 1.5rem; margin-bottom: 3rem; }
	figure { margin: 0; flex: 1 1 18rem; max-width: 40rem; }
	img { display: block; width: 100%; }
	figcaption { margin-top: 0.5rem; }
	small { color: #666; overflow-wrap: anywhere; }
`;

/** A page that shows the pictures in the order in which they came, a section for each photograph. */
export function page(title: string, rows: ReadonlyArray<readonly Figure[]>): string {
	const sections = rows.map((row) => `<section>\n${row.map(figure).join('')}</section>\n`);
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
<h1>${escaped(title)}</h1>
${sections.join('')}</html>
`;
}

function figure({ fileName, title, detail }: Figure): string {
	const name = encodeURIComponent(fileName);
	return `	<figure>
		<a href="${name}"><img src="${name}" alt="${escaped(title)}"></a>
		<figcaption>${escaped(title)}<br><small>${escaped(detail)}</small></figcaption>
	</figure>
`;
}

function escaped(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
