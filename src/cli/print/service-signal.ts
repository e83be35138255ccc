import { formatUnit } from '../../analysis/format-unit.ts';
import { bridged, resampled } from '../../analysis/resample.ts';
import type { AlertSignal } from '../../investigation/alerts-findings.ts';
import type { ServiceFindings } from '../../investigation/service-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { ServicePlace } from '../../model/place.ts';
import { sparkline } from '../../widgets/sparkline.ts';
import { type Block, table } from './document.ts';
import { type Json, numberJson, seriesJson, timeJson } from './json.ts';
import type { Printing } from './printer.ts';

const sparkColumns = 48;

/** What the alert's rule measures, under its own name, where nothing else is charted. */
export function signalBlocks({ findings, range, theme }: Printing<ServicePlace, ServiceFindings>): readonly Block[] {
	const signal = lastValueOf(findings.signal);
	if (signal === undefined) return [];
	const { query, value, threshold, unit, series } = signal;
	return [
		table(
			[
				{ title: "the alert's own figure" },
				{ title: 'now', align: 'right' },
				{ title: 'limit', align: 'right' },
				{ title: 'over the window' },
			],
			[
				[
					query,
					formatUnit(value, unit),
					`${threshold.operator} ${formatUnit(threshold.value, unit)}`,
					sparkline(bridged(resampled(series, range, sparkColumns), 2), theme.bars),
				],
			],
		),
	];
}

export const signalJson = (signal: AlertSignal | undefined): Json | undefined =>
	signal && {
		query: signal.query,
		unit: signal.unit,
		stepSeconds: signal.grid.step / 1000,
		value: numberJson(signal.value),
		threshold: { operator: signal.threshold.operator, value: signal.threshold.value },
		crossedAt: signal.crossedAt === undefined ? undefined : timeJson(signal.crossedAt),
		trend: signal.trend,
		series: seriesJson(signal.series),
	};
