import { homedir } from 'node:os';
import { redact } from '../../analysis/redact.ts';
import { sanitizeLines } from '../../terminal/sanitize.ts';
import type { BlackBox } from './black-box.ts';
import { crashFolder, keepReport } from './crash-folder.ts';
import { crashReport } from './crash-report.ts';

declare const __VERSION__: string;

/** What of the environment tells one terminal from another; none of it is a secret. */
const terminalVariables = ['TERM', 'TERM_PROGRAM', 'TERM_PROGRAM_VERSION', 'COLORTERM', 'LANG', 'LC_ALL', 'NO_COLOR'];

export type Crashed = { readonly thrown: unknown; readonly during: string };

/** Writes a report of what was thrown; tells where it is, or why there is none. Never throws. */
export function reportCrash(
	{ thrown, during }: Crashed,
	{ last, lines }: Pick<BlackBox, 'last' | 'lines'>,
): { readonly path: string } | { readonly why: string } {
	const { env, platform, arch, version } = process;
	try {
		const home = homedir();
		const place = last();
		const size = place === undefined ? [] : [`${place.size.width}×${place.size.height}`];
		const told = terminalVariables.flatMap(name => (env[name] ? [`${name}=${env[name]}`] : []));
		const now = Date.now();
		const text = crashReport({
			thrown,
			during,
			at: now,
			version: __VERSION__,
			node: `${version} ${platform} ${arch}`,
			terminal: [...size, ...told, ...(env.TMUX ? ['in tmux'] : [])].join(' '),
			...(place === undefined ? {} : { address: place.address }),
			recent: lines(),
			home,
		});
		return { path: keepReport(crashFolder({ env, platform, home }), text, now) };
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : error;
		return { why: `No report could be written (${code}).` };
	}
}

/** What the program says when something that nobody has caught ends it. */
export function lastWords(thrown: unknown, box: Pick<BlackBox, 'last' | 'lines'>): string {
	const words = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
	const report = reportCrash({ thrown, during: 'and has ended' }, box);
	const told = 'why' in report ? report.why : `The report, without secrets, is ${report.path}.`;
	return `It broke and has ended (${redact(sanitizeLines(words).join(' ')).slice(0, 300)}). ${told}`;
}
