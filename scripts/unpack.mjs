// node scripts/unpack.mjs FOLDER: what npm would publish, unpacked into FOLDER/package.
import { resolve } from 'node:path';
import { unpackPackage } from './pack.mjs';

console.log(unpackPackage(resolve(process.argv[2])));
