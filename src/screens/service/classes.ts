import type { HeatPanel, Panel } from '../../investigation/service-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { Role } from '../../widgets/theme.ts';
import type { ServiceShown } from './state.ts';

type Asked = Pick<ServiceShown, 'place' | 'findings'>;

/** The rate by classes of status, when the place wants it and it is there. */
export const classesOf = ({ place, findings }: Asked): Panel | undefined =>
	place.rates === 'status' ? lastValueOf(findings.classes) : undefined;

/** The durations as a heat map, when the place wants it and it is there. */
export const heatOf = ({ place, findings }: Asked): HeatPanel | undefined =>
	place.durations === 'heat' ? lastValueOf(findings.heat) : undefined;

/** What the classes of HTTP and the status of a span mean, in the colours of their severity; others take them in turn. */
export const classRoles = ({ lines }: Panel): readonly Role[] =>
	lines.map(({ name }, index) => meanings[name] ?? meanings[name[0] ?? ''] ?? inTurn[index] ?? 'text');

const meanings: Readonly<Record<string, Role>> = {
	'2': 'ok',
	'3': 'link',
	'4': 'warning',
	'5': 'error',
	ok: 'ok',
	unset: 'link',
	error: 'error',
};
const inTurn: readonly Role[] = ['ok', 'link', 'warning', 'error'];

/** One character for each class, by which it is told from the others in ASCII: its first one, unless another has that. */
export function classMarks({ lines }: Panel): readonly string[] {
	const marks: string[] = [];
	for (const { name } of lines) {
		const free = [name.slice(0, 1), ...spareMarks].find(mark => /^[!-~]$/.test(mark) && !marks.includes(mark));
		marks.push(free ?? '*');
	}
	return marks;
}

const spareMarks = ['o', 'x', '*', '+', '#', '%'];
