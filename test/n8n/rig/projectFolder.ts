import { resolve } from 'node:path';

export const projectFolder = resolve(__dirname, '../../..');
