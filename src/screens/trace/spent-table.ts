import { formatShare } from '../../analysis/format.ts';
import { formatSpanTime, oneLine } from '../../analysis/span-words.ts';
import type { Spent, TimeSpent } from '../../analysis/time-spent.ts';
import type { TraceReading } from '../../analysis/trace-reading.ts';
import { type TraceRemark, traceRemarksOf } from '../../analysis/trace-remarks.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, padStart, widthOf } from '../../terminal/width.ts';
import type { Theme } from '../../widgets/theme.ts';

const columns = { share: 8, self: 11, count: 7, errors: 7 } as const;
const figures = columns.share + columns.self + columns.count + columns.errors;

/**
 * Where the time went, by operation, the largest part of the critical path first; then what is remarkable, and where there
 * is room left over the same by service:
 *
 *     where the time went        on path       self  spans errors
 *     payments pool.acquire       97.2 %        2 s      1    1 ✗
 *
 *     ✗ First of 5 errors: payments pool.acquire: pool timeout after 2000ms
 *     · 50 ms before payments POST: nothing recorded in orders POST /orders
 */
export function paintSpent(surface: Surface, reading: TraceReading, theme: Theme): void {
	const { spent } = reading;
	const remarks = traceRemarksOf(reading);
	const { operations, blank, told, services } = partsOf(surface.height, spent, remarks.length);
	const { width } = surface;
	const table = { spent, theme };
	paintTable(surface.within(0, 0, width, operations), 'where the time went', spent.byOperation, table);
	remarks.slice(0, told).forEach((remark, index) => {
		paintRemark(surface.within(0, operations + blank + index, width, 1), remark, theme);
	});
	if (services > 0) {
		const top = operations + blank + told + 1;
		paintTable(surface.within(0, top, width, services), 'by service', spent.byService, table);
	}
}

/** Rows of each part: the remarks get a third of what is there, and no more than they need. */
function partsOf(height: number, { byOperation, byService }: TimeSpent, remarks: number) {
	const all = byOperation.length + 1;
	const blank = remarks > 0 && all + 1 + remarks <= height ? 1 : 0;
	const told = blank === 1 ? remarks : Math.min(remarks, Math.floor((height - 1) / 3));
	const operations = Math.min(all, height - told - blank);
	const left = height - operations - blank - told - 1;
	const services = operations === all && byService.length > 1 && left > byService.length ? byService.length + 1 : 0;
	return { operations, blank, told, services };
}

type TableLook = { readonly spent: TimeSpent; readonly theme: Theme };

/** A heading and rows as far as there is room; the last row counts the others. */
function paintTable(surface: Surface, title: string, all: readonly Spent[], { spent, theme }: TableLook): void {
	const name = Math.min(surface.width - figures, 48);
	const cells = (share: string, self: string, count: string, errors: string) =>
		padStart(share, columns.share) +
		padStart(self, columns.self) +
		padStart(count, columns.count) +
		padStart(errors, columns.errors);
	surface.put(0, 0, title, theme.style('dim'));
	surface.put(name, 0, cells('on path', 'self', 'spans', 'errors'), theme.style('dim'));
	const room = surface.height - 1;
	const rows = all.length > room ? all.slice(0, room - 1) : all;
	rows.forEach((row, index) => {
		const y = index + 1;
		paintName(surface.within(0, y, name, 1), row, theme);
		const { self, critical, count, errors } = row;
		surface.put(name, y, cells(shareOf(critical, spent), formatSpanTime(self), String(count), ''));
		const failed = errors === 0 ? theme.glyph('info') : `${errors} ${theme.glyph('error')}`;
		const style = theme.style(errors === 0 ? 'dim' : 'error');
		surface.put(name + figures - widthOf(failed), y, failed, style);
	});
	const left = all.length - rows.length;
	if (left > 0) surface.put(0, surface.height - 1, `others (${left})`, theme.style('dim'));
}

function paintRemark(surface: Surface, { kind, text }: TraceRemark, theme: Theme): void {
	const role = kind === 'error' ? 'error' : kind === 'repeats' ? 'warning' : 'info';
	const x = surface.put(0, 0, theme.glyph(role), theme.style(role)) + 1;
	surface.put(x, 0, fit(text, surface.width - x, { ellipsis: theme.glyph('ellipsis') }));
}

function paintName(surface: Surface, { service, operation = '' }: Spent, theme: Theme): void {
	const x = surface.put(0, 0, service, theme.serviceStyle(service)) + 1;
	surface.put(
		x,
		0,
		fit(oneLine(operation), Math.max(0, surface.width - x), { keep: 'end', ellipsis: theme.glyph('ellipsis') }),
	);
}

const shareOf = (critical: number, { total }: TimeSpent): string =>
	total === 0 ? '0 %' : formatShare(critical / total);
