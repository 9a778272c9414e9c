import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core reads these when it is loaded, and would write to the user's own ~/.n8n without them.
process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'n8n-engine-'));
process.env.N8N_ENCRYPTION_KEY ??= 'engine-without-the-app';
// It would repeat every error of a workflow on the console; whoever runs one is handed them anyway.
process.env.N8N_LOG_LEVEL ??= 'silent';
