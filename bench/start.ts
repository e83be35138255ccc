import { median } from './median.ts';
import { run } from './terminal.ts';

const runs = 15;

export type Starts = {
	/** `node -e 0`, from the start to the end. */
	readonly node: number;
	/** From the start to the first frame: header, list and keys, while the first questions are under way. */
	readonly frame: number;
	/** From the start to the first alert. */
	readonly alert: number;
};

/** Medians in milliseconds of runs that take turns, so that a busy moment of the machine meets all of them. */
export async function measureStarts(program: string, alert: string): Promise<Starts> {
	const node: number[] = [];
	const frame: number[] = [];
	const alerts: number[] = [];
	for (let turn = 0; turn < runs; turn++) {
		node.push(await run(process.execPath, ['-e', '0']).ended);
		const started = await startOnce(process.execPath, [program, 'demo'], alert);
		frame.push(started.frame);
		alerts.push(started.alert);
	}
	return { node: median(node), frame: median(frame), alert: median(alerts) };
}

/** Milliseconds of one start. */
export async function startOnce(
	command: string,
	args: readonly string[],
	alert: string,
): Promise<Pick<Starts, 'frame' | 'alert'>> {
	const started = run(command, args);
	// The hint to the help ends the last row, and every frame is one write.
	const frame = await started.writes('help');
	const shown = await started.writes(alert);
	started.kill();
	await started.ended;
	return { frame, alert: shown };
}
