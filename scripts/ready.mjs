// Makes a fresh clone usable: `npm test`, `npm run demo` and the rest start with this.
// node scripts/ready.mjs [--build]
import './node-version.mjs';
import { buildIfStale } from './build.mjs';
import { install } from './install.mjs';

install();
if (process.argv.includes('--build')) buildIfStale();
