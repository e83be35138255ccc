import { statSync } from 'node:fs';
import { median } from './median.ts';
import { type Starts, startOnce } from './start.ts';

/** The size and the start of the executable that `npm run package` made for this machine. Exits with 1 over a budget. */

const executable = `dist/smokejumper-${process.platform}-${process.arch}`;
const runs = 7;
/** Megabytes, as README promises them, and milliseconds from the start to the first frame of the demo. */
const budgets = { size: 120, start: 300 } as const;

const starts: Pick<Starts, 'frame' | 'alert'>[] = [];
for (let turn = 0; turn < runs; turn++) {
	starts.push(await startOnce(executable, ['demo'], 'ConciergeBookingErrors'));
}
const size = statSync(executable).size / 1e6;
const frame = median(starts.map(start => start.frame));
const alert = median(starts.map(start => start.alert));
console.log(`${executable}: ${size.toFixed(1)} MB (at most ${budgets.size})`);
console.log(`start to the first frame of the demo: ${Math.round(frame)} ms (at most ${budgets.start})`);
console.log(`start to its first alert: ${Math.round(alert)} ms; medians of ${runs} starts`);
process.exit(size > budgets.size || frame > budgets.start ? 1 : 0);
