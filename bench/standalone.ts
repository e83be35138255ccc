import { readFileSync, statSync } from 'node:fs';
import { median } from './median.ts';
import { type Starts, startOnce } from './start.ts';

/** The size and the start of the executable that `npm run package` made for this machine. Exits with 1 over a budget. */

const executable = `dist/smokejumper-${process.platform}-${process.arch}`;
const runs = 11;
/** Megabytes, and milliseconds from the start to the first frame of the demo. */
const budgets = { size: 120, start: 300 } as const;
const [, promised = `${budgets.size}`] = /\bunder (\d+) MB\b/.exec(readFileSync('README.md', 'utf8')) ?? [];
if (Number(promised) !== budgets.size) throw new Error(`README promises under ${promised} MB, not ${budgets.size}.`);

const starts: Pick<Starts, 'frame' | 'alert'>[] = [];
for (let turn = 0; turn < runs; turn++) {
	starts.push(await startOnce(executable, ['demo'], 'ConciergeBookingErrors'));
}
const size = statSync(executable).size / 1e6;
// A busy machine makes starts slower, and none faster: the fastest tells what the program itself needs.
const fastest = Math.min(...starts.map(({ frame }) => frame));
const frame = median(starts.map(start => start.frame));
const alert = median(starts.map(start => start.alert));
console.log(`${executable}: ${size.toFixed(1)} MB (at most ${budgets.size})`);
console.log(
	`start to the first frame of the demo: ${Math.round(fastest)} ms (at most ${budgets.start}), the median ${Math.round(frame)} ms`,
);
console.log(`start to its first alert: median ${Math.round(alert)} ms of ${runs} starts`);
process.exit(size > budgets.size || fastest > budgets.start ? 1 : 0);
