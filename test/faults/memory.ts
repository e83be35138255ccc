import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Frees whatever nothing refers to any more, so that what is left can be weighed. */
export function collectGarbage(): void {
	setFlagsFromString('--expose-gc');
	runInNewContext('gc')();
}

/** Bytes of a process that are in memory, by the kernel (proc_pid_status(5), `VmRSS`, in kB). */
export const residentBytes = (pid: number): number =>
	1024 * Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
