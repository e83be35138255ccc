import { alerts } from '../screens/alerts/index.ts';
import { cardinality } from '../screens/cardinality/index.ts';
import { compare } from '../screens/compare/index.ts';
import { logs } from '../screens/logs/index.ts';
import { formKeys } from '../screens/profiles/form-keys.ts';
import { listKeys } from '../screens/profiles/list-keys.ts';
import { service } from '../screens/service/index.ts';
import { silences } from '../screens/silences/index.ts';
import { trace } from '../screens/trace/index.ts';
import { traces } from '../screens/traces/index.ts';
import { globalBindings } from './global-keys.ts';

export type KeyTable = {
	readonly title: string;
	readonly rows: readonly { readonly keys: readonly string[]; readonly help: string }[];
};

/** All keys there are, for pages that list them: those that hold everywhere, then screen by screen. */
export const keyTables: readonly KeyTable[] = [
	{ title: 'Everywhere', rows: globalBindings },
	{ title: 'Alerts', rows: alerts.keys },
	{ title: 'Service', rows: service.keys },
	{ title: 'Logs', rows: logs.keys },
	{ title: 'Trace', rows: trace.keys },
	{ title: 'Traces', rows: traces.keys },
	{ title: 'Slow against usual', rows: compare.keys },
	{ title: 'Silences', rows: silences.keys },
	{ title: 'Cardinality', rows: cardinality.keys },
	{ title: 'Profiles', rows: listKeys },
	{ title: 'Form of a profile', rows: formKeys },
];
