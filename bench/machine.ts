import { cpus, release, type as system } from 'node:os';

/** What the figures were taken on: without it they say nothing. */
export function machineText(): string {
	const all = cpus();
	const model = all[0]?.model.trim() || 'unknown processor';
	return `${all.length} × ${model}, ${process.arch}; ${system()} ${release()}; Node ${process.version}`;
}
