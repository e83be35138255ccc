import type { Failure } from '../../model/failure.ts';
import type { ServiceViewName } from '../../model/place.ts';
import type { Surface } from '../../terminal/surface.ts';
import type { ScrolledText } from '../../widgets/scrolled-text.ts';
import type { Outcome } from '../screen.ts';
import type { ServiceShown, ServiceState } from './state.ts';
import type { ServiceViewProps } from './view.tsx';

/** One of the views that `tab` cycles through: what it paints, its rows, and where `enter` goes from the row under the cursor. */
export type ServiceViewPart = {
	readonly name: ServiceViewName;
	readonly paint: (surface: Surface, props: ServiceViewProps) => void;
	/** What `j` and `k` move among, by identity; none when the view has no rows. */
	readonly rows: (shown: ServiceShown) => readonly { readonly value: string }[];
	/** What `enter` does, for the footer. */
	readonly openLabel: (shown: ServiceShown) => string;
	readonly open: (shown: ServiceShown) => Outcome<ServiceState>;
	/** The state with the row under the cursor written down, where one always is. */
	readonly settle?: (shown: ServiceShown) => ServiceState;
	/** What `J` and `K` scroll, while it is on show. */
	readonly told?: (shown: ServiceShown) => ScrolledText | undefined;
	/** Why its rows are old, where it has no room for a sentence. */
	readonly whyOld?: (shown: ServiceShown) => Failure | undefined;
	/** What `y` copies; the PromQL of the panels when absent. */
	readonly copy?: (shown: ServiceShown) => Outcome<ServiceState>;
};
