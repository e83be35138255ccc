import { type Address, formatAddress } from '../../analysis/address.ts';
import { quoteWord } from '../../analysis/words.ts';
import type { Panes } from '../../investigation/board.ts';
import type { LogsPlace, Place } from '../../model/place.ts';
import { rangeOf } from '../../model/time.ts';
import { asciiText } from '../../terminal/ascii.ts';
import { capabilitiesOf } from '../../terminal/capabilities.ts';
import { createTheme } from '../../widgets/theme.ts';
import type { OpenOptions } from '../command-line.ts';
import { type Connected, worldOf } from '../connect.ts';
import { exitCodes } from '../exit-codes.ts';
import { investigatorOf } from '../investigations.ts';
import { tell, writeOut } from '../streams.ts';
import { UsageError } from '../usage-error.ts';
import { type Asked, askWith, exitCodeOf, type Gaps, gapSentences, isCancelled, NoAnswer } from './ask.ts';
import { type Block, heading, markdownOf, textOf } from './document.ts';
import { type Json, jsonText } from './json.ts';
import { withLinesUpTo } from './lines-up-to.ts';
import { printLines } from './log-lines.ts';
import { logsPrinter } from './logs.ts';
import type { Printer } from './printer.ts';
import { printerOf } from './printers.ts';
import type { ReportPrinting } from './report.ts';
import { textLineWriter } from './text-line.ts';

/** What was printed of, ready to be said in any format. */
type Printed = {
	readonly address: Address;
	readonly blocks: () => readonly Block[];
	readonly json: () => { readonly [name: string]: Json | undefined };
	/** In a format that only a trace has; `undefined` when there is none. */
	readonly only?: (format: 'svg' | 'otlp') => string | undefined;
	readonly gaps: Gaps;
};

/** Prints a place, or the walk from an alert, once. Results go to stdout, what is missing to stderr. */
export async function printAddress(address: Address, connected: Connected, options: OpenOptions): Promise<number> {
	const interrupt = new AbortController();
	const stop = () => interrupt.abort();
	process.once('SIGINT', stop);
	try {
		if (address.kind === 'logs' && isWrittenOn(address, options.output ?? 'text')) {
			return confess(await printLogs(address, connected, options, interrupt.signal));
		}
		const printed = await askAddress(address, connected, options, interrupt.signal);
		const text = written(printed, options);
		await writeOut(text);
		return confess(text === '' ? withoutResult(printed) : printed.gaps);
	} catch (error) {
		if (interrupt.signal.aborted && isCancelled(error)) return exitCodes.interrupted;
		if (error instanceof NoAnswer) return confess(error.gaps);
		throw error;
	} finally {
		process.off('SIGINT', stop);
	}
}

/** Lines of JSON, and whatever is followed, are written while they are read. A document has an end. */
function isWrittenOn({ follow }: LogsPlace, output: NonNullable<OpenOptions['output']>): boolean {
	if (follow && output === 'markdown')
		throw new UsageError('Lines that are followed are no document: --follow with -o markdown.', 'Use -o text or json.');
	return follow === true || output === 'json';
}

function confess(gaps: Gaps): number {
	for (const sentence of gapSentences(gaps)) tell(sentence);
	return exitCodeOf(gaps);
}

/** Lines may be more than a document could hold. */
async function printLogs(
	place: LogsPlace,
	connected: Connected,
	options: OpenOptions,
	signal: AbortSignal,
): Promise<Gaps> {
	const { limit, output, timeFormat } = options;
	const world = await worldOf(connected);
	const ask = askWith(investigatorOf(world), signal);
	const asking = { signal, record: () => {} };
	const text = { timeFormat, width: textWidth(options), shown: (line: string) => shownText(line, options) };
	return printLines(place, {
		world,
		ask,
		asking,
		...(limit === undefined ? {} : { limit }),
		...(output === 'json' ? {} : { write: textLineWriter(text) }),
	});
}

async function askAddress(
	address: Address,
	connected: Connected,
	options: OpenOptions,
	signal: AbortSignal,
): Promise<Printed> {
	const world = await worldOf(connected);
	const ask = askWith(investigatorOf(world), signal);
	const { now } = connected;
	const printing = printingOf(now(), options);
	if (address.kind === 'logs' && options.limit !== undefined) {
		const lines = { place: address, limit: options.limit, world, asking: { signal, record: () => {} } };
		const asked = await withLinesUpTo(await ask(address, logsPrinter), lines);
		return printedOf({ place: address, printer: await printerOf(address), printing, ...asked });
	}
	if (address.kind !== 'report') {
		const printer = await printerOf(address);
		return printedOf({ place: address, printer, printing, ...(await ask(address, printer)) });
	}
	const { reportBlocks, reportJson, walkFrom } = await import('./report.ts');
	const walk = await walkFrom({
		name: address.alert,
		start: { kind: 'alerts', window: address.window },
		ask,
		now,
	});
	return {
		address: { ...address, alert: walk.alert.name },
		blocks: () => reportBlocks(walk, printing),
		json: () => reportJson(walk, printing),
		gaps: walk.gaps,
	};
}

type ToPrint = Asked<Panes> & {
	readonly place: Place;
	readonly printer: Printer<Place, Panes>;
	readonly printing: ReportPrinting;
};

function printedOf({ place, printer, printing, findings, gaps }: ToPrint): Printed {
	const all = { ...printing, place, findings, range: rangeOf(place.window, printing.now) };
	return {
		address: place,
		blocks: () => printer.blocks(all),
		json: () => printer.json(all),
		...(printer.only && { only: format => printer.only?.(format, all) }),
		gaps,
	};
}

/** Nothing on stdout: in text it would have been told why. */
const withoutResult = ({ gaps, blocks }: Printed): Gaps =>
	gaps.failures.length > 0 ? gaps : { ...gaps, partial: [textOf(blocks(), Number.MAX_SAFE_INTEGER), ...gaps.partial] };

/** Columns of what is drawn: a chart outside a terminal is as wide as a wide page. */
const drawn = { least: 40, most: 200, outsideTerminal: 100 };

const hasUnicode = ({ ascii }: OpenOptions): boolean => {
	const { env, platform, stdout } = process;
	return capabilitiesOf({ env, platform, isTTY: stdout.isTTY, flags: { noColor: true, ascii } }).unicode;
};

/** How things are printed on this output. */
export function printingOf(now: number, options: OpenOptions): ReportPrinting {
	const { env, stdout } = process;
	const columns = (stdout.isTTY ? stdout.columns : Number(env.COLUMNS)) || drawn.outsideTerminal;
	return {
		now,
		timeFormat: options.timeFormat,
		width: options.width ?? Math.max(drawn.least, Math.min(drawn.most, columns)),
		theme: createTheme('none', hasUnicode(options)),
	};
}

function written(printed: Printed, options: OpenOptions): string {
	const file = options.file === undefined ? '' : ` --file ${quoteWord(options.file)}`;
	const address = `${formatAddress(printed.address)}${file}`;
	switch (options.output ?? 'text') {
		case 'json': {
			const incomplete = gapSentences(printed.gaps);
			return `${jsonText({ kind: printed.address.kind, address, incomplete, ...printed.json() })}\n`;
		}
		case 'markdown':
			return markdownOf([heading(address), ...printed.blocks()]);
		case 'text':
			return shownText(textOf(printed.blocks(), textWidth(options)), options);
		case 'svg':
		case 'otlp':
			return printed.only?.(options.output === 'svg' ? 'svg' : 'otlp') ?? '';
	}
}

/** A pipe has no width: nothing is cut there. */
export const textWidth = ({ width }: OpenOptions): number =>
	width ?? ((process.stdout.isTTY && process.stdout.columns) || Number.MAX_SAFE_INTEGER);

/** A text as this output can show it. */
export const shownText = (text: string, options: OpenOptions): string => (hasUnicode(options) ? text : asciiText(text));
