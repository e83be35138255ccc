import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A program of that name in the folder, made of lines for the shell. */
export const writeProgram = (folder: string, name: string, script: string): void =>
	writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
