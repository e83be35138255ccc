import { type Address, formatAddress } from '../../analysis/address.ts';
import type { Investigator } from '../../app/store.ts';
import { noAlertsFindings } from '../../investigation/alerts-findings.ts';
import type { Panes } from '../../investigation/board.ts';
import { noLogsFindings } from '../../investigation/logs-findings.ts';
import { noServiceFindings } from '../../investigation/service-findings.ts';
import { noTraceFindings, noTracesFindings } from '../../investigation/trace-findings.ts';
import type { Place, PlaceKind } from '../../model/place.ts';
import { rangeOf } from '../../model/time.ts';
import { capabilitiesOf } from '../../terminal/capabilities.ts';
import { sanitizeLines } from '../../terminal/sanitize.ts';
import { createTheme } from '../../widgets/theme.ts';
import type { OpenOptions, OutputFormat } from '../command-line.ts';
import type { Connected } from '../connect.ts';
import { investigatorOf } from '../investigations.ts';
import { alertsPrinter } from './alerts.ts';
import { askOnce, exitCodeOf, type Gaps, gapSentences, gapsOf, interrupted, isCancelled } from './ask.ts';
import { type Block, heading, markdownOf, textOf } from './document.ts';
import type { Json } from './json.ts';
import { logsPrinter } from './logs.ts';
import type { Printer } from './printer.ts';
import { NoAnswer, type ReportPrinting, reportBlocks, reportJson, walkFrom } from './report.ts';
import { servicePrinter } from './service.ts';
import { tracePrinter, tracesPrinter } from './trace.ts';

/** What was printed of, ready to be said in any format. */
type Printed = {
	readonly title: string;
	readonly blocks: () => readonly Block[];
	readonly json: () => { readonly [name: string]: Json | undefined };
	readonly gaps: Gaps;
};

type AnyPrinter = { readonly printer: Printer<Place, Panes>; readonly nothing: Panes };

/** A registry cannot name each printer's own findings; each is only ever handed what its own investigation found. */
const printers = {
	alerts: { printer: alertsPrinter, nothing: noAlertsFindings },
	service: { printer: servicePrinter, nothing: noServiceFindings },
	logs: { printer: logsPrinter, nothing: noLogsFindings },
	trace: { printer: tracePrinter, nothing: noTraceFindings },
	traces: { printer: tracesPrinter, nothing: noTracesFindings },
} satisfies { [Kind in PlaceKind]: { readonly printer: unknown; readonly nothing: Panes } };

/** Prints a place, or the walk from an alert, once. Results go to stdout, what is missing to stderr. */
export async function printAddress(address: Address, connected: Connected, options: OpenOptions): Promise<number> {
	const interrupt = new AbortController();
	const stop = () => interrupt.abort();
	process.once('SIGINT', stop);
	try {
		const printed = await askAddress(address, connected, options, interrupt.signal);
		process.stdout.write(written(address, printed, options.output ?? 'text'));
		tell(printed.gaps);
		return exitCodeOf(printed.gaps);
	} catch (error) {
		if (interrupt.signal.aborted && isCancelled(error)) return interrupted;
		if (!(error instanceof NoAnswer)) throw error;
		tell(error.gaps);
		return exitCodeOf(error.gaps);
	} finally {
		process.off('SIGINT', stop);
	}
}

const tell = (gaps: Gaps): void => {
	for (const sentence of gapSentences(gaps))
		process.stderr.write(`smokejumper: ${sanitizeLines(sentence).join(' ')}\n`);
};

async function askAddress(
	address: Address,
	connected: Connected,
	options: OpenOptions,
	signal: AbortSignal,
): Promise<Printed> {
	const { now, sources } = connected;
	const investigate = investigatorOf({ sources, now });
	const printing = printingOf(now(), options);
	if (address.kind !== 'report') return askPlace(address, investigate, printing, signal);
	const alerts = { kind: 'alerts', window: address.window } as const;
	const walk = await walkFrom({ name: address.alert, alerts, investigate, signal, now });
	return {
		title: `Report on ${walk.alert.name}`,
		blocks: () => reportBlocks(walk, printing),
		json: () => reportJson(walk, printing),
		gaps: walk.gaps,
	};
}

async function askPlace(
	place: Place,
	investigate: Investigator,
	printing: ReportPrinting,
	signal: AbortSignal,
): Promise<Printed> {
	const { printer, nothing } = printers[place.kind] as unknown as AnyPrinter;
	const findings = await askOnce(place, nothing, investigate, signal);
	const all = { ...printing, place, findings, range: rangeOf(place.window, printing.now) };
	return {
		title: formatAddress(place),
		blocks: () => printer.blocks(all),
		json: () => printer.json(all),
		gaps: gapsOf(findings),
	};
}

const narrowest = 60;
const widest = 200;

function printingOf(now: number, { ascii, timeFormat }: OpenOptions): ReportPrinting {
	const { env, platform, stdout } = process;
	const { unicode } = capabilitiesOf({ env, platform, isTTY: stdout.isTTY, flags: { noColor: true, ascii } });
	const columns = stdout.isTTY ? stdout.columns : Number(env.COLUMNS) || 100;
	return {
		now,
		timeFormat,
		width: Math.max(narrowest, Math.min(widest, columns)),
		theme: createTheme('none', unicode),
	};
}

function written(address: Address, printed: Printed, format: OutputFormat): string {
	switch (format) {
		case 'json':
			return `${jsonText({ kind: address.kind, address: formatAddress(address), incomplete: gapSentences(printed.gaps), ...printed.json() })}\n`;
		case 'markdown':
			return clean(markdownOf([heading(printed.title), ...printed.blocks()]));
		case 'text':
			return clean(textOf(printed.blocks(), printWidth()));
	}
}

/** A pipe has no width: nothing is cut there. */
const printWidth = (): number => (process.stdout.isTTY ? process.stdout.columns : Number.MAX_SAFE_INTEGER);

const clean = (text: string): string => sanitizeLines(text).join('\n');

/** Control and bidi characters that JSON leaves as they are, escaped, so that a terminal shows them and obeys none. */
const jsonText = (value: Json): string =>
	JSON.stringify(value, undefined, 2).replaceAll(
		/[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
		character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
