import { redact } from '../../analysis/redact.ts';
import type { Milliseconds } from '../../model/time.ts';
import { sanitizeLines } from '../../terminal/sanitize.ts';

/** What is known of a crash, as it was thrown and heard: nothing in it is masked yet. */
export type CrashFacts = {
	readonly thrown: unknown;
	/** What the program was at; a part of a sentence. */
	readonly during: string;
	readonly at: Milliseconds;
	readonly version: string;
	/** `v22.1.0 linux x64`. */
	readonly node: string;
	/** What the environment says of the terminal, and its size. */
	readonly terminal: string;
	/** Absent outside the interface. */
	readonly address?: string;
	/** The last keys and messages, oldest first. */
	readonly recent: readonly string[];
	/** The operator's home folder, written as `~`. */
	readonly home: string;
};

const mostCauses = 3;
const mostLines = 200;
const mostLineLength = 1000;

/** The report as text: bounded, without control characters, secrets and the name of the home folder. */
export function crashReport(facts: CrashFacts): string {
	const { at, during, version, node, terminal, address, recent, home } = facts;
	const lines = [
		`smokejumper broke ${during}. Secrets are masked; read this before you pass it on.`,
		'',
		`at        ${new Date(at).toISOString()}`,
		...(address === undefined ? [] : [`address   smokejumper ${address}`]),
		`version   ${version}`,
		`node      ${node}`,
		`terminal  ${terminal}`,
		'',
		...stacksOf(facts.thrown),
		'',
		'The last keys and messages, newest last:',
		...(recent.length === 0 ? ['  none'] : recent.map(line => `  ${line}`)),
	];
	const clean = lines.slice(0, mostLines).flatMap(line => sanitizeLines(line.slice(0, mostLineLength)));
	const text = home.length > 1 ? clean.join('\n').replaceAll(home, '~') : clean.join('\n');
	return `${redact(text)}\n`;
}

/** The stack of what was thrown, and of what led to it. */
function stacksOf(thrown: unknown): readonly string[] {
	const lines: string[] = [];
	let each = thrown;
	for (let depth = 0; depth <= mostCauses && each !== undefined; depth++) {
		const text = each instanceof Error ? (each.stack ?? `${each.name}: ${each.message}`) : String(each);
		lines.push(...`${depth === 0 ? '' : 'because of '}${text}`.split('\n').slice(0, 40));
		each = each instanceof Error ? each.cause : undefined;
	}
	return lines;
}
