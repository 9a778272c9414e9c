import type { Session } from './session';

export interface Column {
	readonly name: string;
	readonly type: 'string' | 'number';
}

export type Row = Readonly<Record<string, string | number>> & { readonly id: number };

/** n8n 1.123 gives no more at once. */
const PAGE = 50;

let made = 0;

/** A table of n8n's own, made for one test. */
export class DataTable {
	private constructor(
		private readonly session: Session,
		private readonly tables: string,
		readonly id: string,
		readonly name: string,
	) {}

	static async make(
		session: Session,
		title: string,
		columns: readonly Column[],
	): Promise<DataTable> {
		const { id: project } = (await session.call('GET', '/rest/projects/personal')) as {
			id: string;
		};
		const tables = `/rest/projects/${project}/data-tables`;
		made += 1;
		// No two tables have the same name.
		const name = made === 1 ? title : `${title} ${made}`;
		const { id } = (await session.call('POST', tables, { name, columns })) as { id: string };
		return new DataTable(session, tables, id, name);
	}

	/** All rows, oldest first. */
	async rows(): Promise<readonly Row[]> {
		const rows: Row[] = [];
		for (;;) {
			const page = `take=${PAGE}&skip=${rows.length}&sortBy=id:asc`;
			const path = `${this.tables}/${this.id}/rows?${page}`;
			const { data } = (await this.session.call('GET', path)) as { data: Row[] };
			rows.push(...data);
			if (data.length < PAGE) return rows;
		}
	}

	/** Changes some columns of a row. */
	async change(id: number, data: Readonly<Record<string, string | number>>): Promise<void> {
		const filter = { type: 'and', filters: [{ columnName: 'id', condition: 'eq', value: id }] };
		await this.session.call('PATCH', `${this.tables}/${this.id}/rows`, { filter, data });
	}
}
