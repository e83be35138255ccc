import { formatShare } from '../../analysis/format.ts';
import { formatSpanTime, oneLine } from '../../analysis/span-words.ts';
import type { Spent, TimeSpent } from '../../analysis/time-spent.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, padStart, widthOf } from '../../terminal/width.ts';
import type { Theme } from '../../widgets/theme.ts';

const columns = { share: 8, self: 11, count: 7, errors: 7 } as const;
const figures = columns.share + columns.self + columns.count + columns.errors;

/**
 * Where the time went, by service and operation, the largest part of the critical path first:
 *
 *     where the time went        on path       self  spans errors
 *     payments pool.acquire       97.2 %        2 s      1      1
 */
export function paintSpent(surface: Surface, spent: TimeSpent, theme: Theme): void {
	const name = Math.min(surface.width - figures, 48);
	const cells = (share: string, self: string, count: string, errors: string) =>
		padStart(share, columns.share) +
		padStart(self, columns.self) +
		padStart(count, columns.count) +
		padStart(errors, columns.errors);
	surface.put(0, 0, 'where the time went', theme.style('dim'));
	surface.put(name, 0, cells('on path', 'self', 'spans', 'errors'), theme.style('dim'));
	const room = surface.height - 1;
	const rows = spent.byOperation.length > room ? spent.byOperation.slice(0, room - 1) : spent.byOperation;
	rows.forEach((row, index) => {
		const y = index + 1;
		paintName(surface.within(0, y, name, 1), row, theme);
		const { self, critical, count, errors } = row;
		surface.put(name, y, cells(shareOf(critical, spent), formatSpanTime(self), String(count), ''));
		const failed = errors === 0 ? theme.glyph('info') : `${errors} ${theme.glyph('error')}`;
		const style = theme.style(errors === 0 ? 'dim' : 'error');
		surface.put(name + figures - widthOf(failed), y, failed, style);
	});
	const left = spent.byOperation.length - rows.length;
	if (left > 0) surface.put(0, surface.height - 1, `others (${left})`, theme.style('dim'));
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
