import type { Home } from './home';
import type { N8nInstallation } from './n8nInstallation';
import { Service } from './service';

/** Starts n8n's editor, REST API, webhooks and triggers, and waits until they answer. */
export async function startServer(n8n: N8nInstallation, home: Home): Promise<Service> {
	return await Service.start(
		{
			program: n8n.node.program,
			args: [n8n.program, 'start'],
			cwd: home.folder,
			env: home.env,
		},
		async () =>
			await fetch(`http://127.0.0.1:${home.port}/rest/settings`)
				.then(({ ok, headers }) => ok && headers.get('content-type')?.includes('json') === true)
				.catch(() => false),
	);
}
