import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { Running } from './terminal.ts';

type Process = Pick<Running, 'pid'>;

/** Resident memory in MB at this moment. */
export const residentMemory = ({ pid }: Process): number =>
	Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)])) / 1024);

/** The most that it has ever been, in MB; `undefined` where the system does not say (Linux does). */
export function peakMemory({ pid }: Process): number | undefined {
	const file = `/proc/${pid}/status`;
	const kilobytes = existsSync(file) ? /^VmHWM:\s+(\d+)/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
	return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
}

/**
 * Milliseconds of processor time that all threads of a process have used, in steps of 10; `undefined` where the system does
 * not say. `utime` and `stime` are the fields 14 and 15 of proc(5), counted behind the name, which may hold blanks.
 */
export function processorTime({ pid }: Process): number | undefined {
	const file = `/proc/${pid}/stat`;
	if (!existsSync(file)) return undefined;
	const text = readFileSync(file, 'utf8');
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) * 10;
}
