import { expect, test } from 'vitest';
import { emptyFolder } from '../cli/folder.ts';
import { columnsOf } from '../faults/columns.ts';
import { proxiedDemo } from '../faults/proxied-demo.ts';
import { chanceOf } from '../helpers/chance.ts';
import { givenBack, startProgram } from '../helpers/program.ts';

/** Some six keys each; with `FUZZ_RUNS` that many times as many, ten thousand keys in `npm run fuzz`. */
const bursts = 160 * Number(process.env.FUZZ_RUNS ?? 1);
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Date.now() / 86_400_000));

/** Neither `q` nor `^C`, which end it, nor what saves lines in a file. */
const pieces = [
	...'abcdefghijklmnoprtuxyzABDEFGHIJKLMNOPRSTUVXYZ0123456789/?!:[]-+_<>',
	...['\r', '\x1b', '\t', ' ', '\x7f', '\x1b[A', '\x1b[B', '\x1b[C', '\x1b[D', '\x1b[5~', '\x1b[6~', '\x1b[Z'],
	...[
		'\x04',
		'\x0c',
		'\x15',
		'\x1a',
		'\x1b[I',
		'\x1b[O',
		'\x1b[',
		'\x1bO',
		'\x1b]11;rgb:0/0/0\x07',
		'\x1b[200~hostile \x1b[31m',
	],
	...[
		'\x1b[201~',
		'é',
		'漢字',
		'\x1b[M !!',
		'\x1b[<0;1;1M',
		'\x1b\x1b',
		':service concierge\r',
		':logs --service manifest\r',
	],
];

const sizes = [
	[80, 24],
	[60, 15],
	[40, 8],
	[200, 60],
	[133, 40],
] as const;

/** What the program asks of a terminal beside painting: modes, its title, the clipboard, the update mark, how slow the line is. */
const usual = /^ESC(?:\[\?(?:1049|25|7|2004|1004|2026)[hl]|\[2[23];0t|\[5n|\]2;[^\x00-\x1f]*BEL|\]52;c;[\w+/=]*BEL)$/;

/** Ends of every sort, within the time that a burst of keys takes. */
const faults = columnsOf({ now: Date.now, huge: 2 ** 20 }).map(({ fault }) => fault);

test(`random keys, sizes, suspensions and faults leave a terminal whole (seed ${seed})`, async () => {
	const chance = chanceOf(seed);
	const { proxies, args } = await proxiedDemo();
	const servers = [...proxies.values()];
	const program = startProgram({ args: ['alerts', ...args, '--timeout', '2s'], env: { HOME: emptyFolder() } });
	await program.sees('enter panels');
	for (let burst = 0; burst < bursts; burst++) {
		program.presses(Array.from({ length: 1 + chance.below(12) }, () => chance.oneOf(pieces)).join(''));
		const [columns, rows] = chance.oneOf(sizes);
		if (chance.below(4) === 0) program.resizes(columns, rows);
		if (chance.below(6) === 0) process.kill(program.pid, chance.oneOf(['SIGCONT', 'SIGWINCH', 'SIGTSTP']));
		process.kill(program.pid, 'SIGCONT');
		if (chance.below(4) === 0) await chance.oneOf(servers).breaks(chance.oneOf(faults));
		if (chance.below(4) === 0) await chance.oneOf(servers).mends();
		await new Promise(resolve => setTimeout(resolve, 20));
	}
	await Promise.all(servers.map(server => server.mends()));
	program.presses('\x1b[201~', '\x1b');
	program.resizes(100, 30);
	const clears = () => program.raw().split('\x1b[2J').length;
	/** Whether the screen is the same before and after it is painted anew; figures of a live window may come between. */
	const isWhole = async (): Promise<boolean> => {
		const [before, count] = [program.screen(), clears()];
		program.presses('ctrl+l');
		await expect.poll(clears, { timeout: 10_000, interval: 5 }).toBeGreaterThan(count);
		await program.sees(/\S/);
		return program.screen().join('\n') === before.join('\n');
	};
	await expect.poll(isWhole, { timeout: 30_000, interval: 50 }).toBe(true);
	expect(program.screen()).toHaveLength(30);
	// What is left of an escape sequence, but no range of PromQL: `[1m]`.
	expect(program.screen().join('\n')).not.toMatch(/\[\??\d+[;\d]*[mHhlJK](?!\s*\])|This screen failed/);
	expect(program.surroundings().requests.filter(request => !usual.test(request))).toEqual([]);
	program.presses('ctrl+c');
	expect(await program.exited).toBe(0);
	await expect.poll(program.modes).toEqual(givenBack);
}, 600_000);
