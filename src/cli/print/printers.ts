import type { Panes } from '../../investigation/board.ts';
import type { Place, PlaceKind } from '../../model/place.ts';
import type { Printer } from './printer.ts';

/** One printer for each kind of place, loaded when it is first needed; the compiler refuses a place without one. */
const printers = {
	alerts: async () => (await import('./alerts.ts')).alertsPrinter,
	service: async () => (await import('./service.ts')).servicePrinter,
	logs: async () => (await import('./logs.ts')).logsPrinter,
	trace: async () => (await import('./trace.ts')).tracePrinter,
	traces: async () => (await import('./traces.ts')).tracesPrinter,
	compare: async () => (await import('./compare.ts')).comparePrinter,
	silences: async () => (await import('./silences.ts')).silencesPrinter,
	cardinality: async () => (await import('./cardinality.ts')).cardinalityPrinter,
} satisfies { [Kind in PlaceKind]: () => Promise<unknown> };

/**
 * How a place is asked and printed. A registry cannot name each printer's own findings; each is only ever handed what its
 * own investigation found.
 */
export const printerOf = async ({ kind }: Place): Promise<Printer<Place, Panes>> =>
	(await printers[kind]()) as unknown as Printer<Place, Panes>;
