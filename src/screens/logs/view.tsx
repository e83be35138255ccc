import type { ReactNode } from 'react';
import { logqlLanguage } from '../../analysis/logql-syntax.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import { type Loadable, lastOf } from '../../model/loadable.ts';
import type { LogsPlace } from '../../model/place.ts';
import type { Surface } from '../../terminal/surface.ts';
import { Canvas } from '../../widgets/canvas.tsx';
import { paintPaneState } from '../../widgets/pane-state.ts';
import { paintRefusedQuery } from '../refused-query.ts';
import type { ViewProps } from '../screen.ts';
import { paintChips } from './chips.ts';
import { askedCost, paintCost, paintUnknownCost } from './cost.ts';
import { paintDetail } from './detail.ts';
import { paintEmpty } from './empty.ts';
import { type Area, layoutOf } from './layout.ts';
import { shownQuery } from './query-prompt.ts';
import { isStoppable } from './reading-on.ts';
import { paintRemark } from './remark.ts';
import { paintHeading } from './row-head.ts';
import { paintRows } from './rows.ts';
import { paintSide } from './side-pane.ts';
import { type LogsState, recordsOf, selectedRecord } from './state.ts';
import { paintSummary, paintVolume } from './summary.ts';
import { paintTail } from './tail-row.ts';

export type LogsViewProps = ViewProps<LogsPlace, LogsFindings, LogsState>;

/** Volume over time, the lines below it, and the details of one. */
export function LogsView(props: LogsViewProps): ReactNode {
	return <Canvas width={props.size.width} height={props.size.height} paint={surface => paintLogs(surface, props)} />;
}

export function paintLogs(surface: Surface, props: LogsViewProps): void {
	const { findings, theme, now } = props;
	const { volume, summary, chips, remark, tail, heading, list, detail, side } = layoutOf(props);
	const part = ({ x, y, width, height }: Area): Surface => surface.within(x, y, width, height);
	paintChips(part(chips), props);
	paintTail(part(tail), props);
	const asked = askedCost(props);
	if (asked !== undefined) {
		paintCost(part(list), asked, props);
		return;
	}
	if (lastOf(findings.records) === undefined) {
		const rows = paintPaneState(part(list), ...awaited(findings, { theme, now, isStoppable: isStoppable(props) }));
		const below = part({ ...list, y: list.y + rows + 1, height: list.height - rows - 1 });
		paintRefusedQuery(below, findings.records, { query: shownQuery(props), language: logqlLanguage, theme });
		paintUnknownCost(below, props);
		return;
	}
	if (recordsOf(props).length === 0) {
		paintEmpty(surface, props);
		return;
	}
	paintVolume(part(volume), props);
	paintSummary(part(summary), props);
	paintHeading(part(heading), props);
	paintRows(part(list), props);
	paintRemark(part(remark), props);
	paintSide(part(side), props, side.x > 0);
	const record = selectedRecord(props);
	if (record !== undefined) paintDetail(part(detail), record, props, detail.x > 0);
}

/** What the lines wait for, one after the other: where they are, what reading them would cost, the lines themselves. */
function awaited(
	{ target, cost, records }: LogsFindings,
	by: Omit<Parameters<typeof paintPaneState>[2], 'whom'>,
): readonly [Loadable<unknown>, Parameters<typeof paintPaneState>[2]] {
	const lines = { ...by, whom: 'Loki' };
	if (lastOf(target) === undefined) return [target, lines];
	const isWeighed = records.status !== 'idle' || cost.status === 'idle' || cost.status === 'loaded';
	return isWeighed ? [records, lines] : [cost, { ...by, whom: 'Loki what this would read' }];
}
